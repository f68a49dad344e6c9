"""Pages of an account, and of articles on their way in."""
