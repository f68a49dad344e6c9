"""Approval: verdicts of reviewers on submitted readings, and gold made of approved ones."""
