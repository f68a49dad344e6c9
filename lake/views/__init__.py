"""Pages of lakes: which there are, what lies in one, and promotions out of it."""
