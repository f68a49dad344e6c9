"""Tallies: the work of readers by week, counted from the change log, and how often each uses which label."""
