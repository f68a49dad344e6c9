"""Agreement of readings of one text: pairs of their marks, counts that add up over articles, and the measures of these."""
