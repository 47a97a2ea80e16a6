"""What we ask: questions declared as data. Forms, checks, summaries and schemas derive from the declarations."""
