"""English verbs, and the patterns of clauses that a scheme writes its sentences with. Pure."""
