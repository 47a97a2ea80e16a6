"""Getting in: the login, the first access, a forgotten password, the second factor, the sessions of an account."""
