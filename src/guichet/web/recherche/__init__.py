"""The search over benefits, forms, simulators and pages."""
