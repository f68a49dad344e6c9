"""Near-duplicates: articles whose words were published before, and articles of one story."""
