"""The simulators: the pages of a journey, its summary, its result."""
