"""Practice and test articles: chosen by managers, read by newcomers first, and scored against the gold on submitting."""
