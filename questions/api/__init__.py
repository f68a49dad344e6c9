"""Questions by API."""
