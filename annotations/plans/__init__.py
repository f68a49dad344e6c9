"""Plans: which texts are read how often and by whom, the next one of a person, and readings that lapse."""
