"""The bin: managers delete readings, articles and corpora, and restore them."""
