"""Django's PostgreSQL, with a cheaper look whether a connection is still there."""
