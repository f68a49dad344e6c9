"""Questions to an annotated corpus: ledgers of figures and events across articles, words in their sentences, and what is new in them."""
