"""The law recorded: what OpenFisca does for one kind of question, as a list of NumPy operations (docs/programs.md)."""
