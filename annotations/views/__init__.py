"""Pages of the work: corpora, articles, the annotator, the queue, and what marks point at."""
