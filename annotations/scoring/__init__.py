"""Agreement in the database: which pairs of readings there are, their counts, and what they sum up to."""
