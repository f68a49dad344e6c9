"""Label Studio's tasks."""
