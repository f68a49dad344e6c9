"""What was marked, as tables."""
