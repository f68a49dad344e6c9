"""Guidelines: their versions, who has read them, and how their Markdown becomes a page."""
