"""The use cases: what web, API, command line and jobs all call."""
