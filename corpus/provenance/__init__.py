"""Where a text came from, and what is only claimed of it."""
