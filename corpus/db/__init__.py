"""What the other rooms share of PostgreSQL."""
