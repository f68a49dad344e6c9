"""The admin of articles and texts, people and access. One module for each group of tables."""

from corpus.admin import (
    accounts,
    articles,
    corpora,
    feeds,
    intakes,
    jobs,
    known,
    links,
    logs,
    search,
    stories,
    texts,
    tokens,
)

__all__ = [
    "accounts",
    "articles",
    "corpora",
    "feeds",
    "intakes",
    "jobs",
    "known",
    "links",
    "logs",
    "search",
    "stories",
    "texts",
    "tokens",
]
