"""What the law grants. The only room that knows OpenFisca."""
