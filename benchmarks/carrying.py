"""A reading of a long text carried to a newer one with edits all over it, the limit two seconds.

The edits are made: a word in one paragraph of ten, one paragraph of forty wholly new, two that change places.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from django.db import transaction

from benchmarks.host import Host
from benchmarks.report import Row, times
from benchmarks.teams import repeated
from benchmarks.texts import ARTICLES, Article, stored

LONG = next(article for article in ARTICLES if article.characters == 500_000)
LIMIT = 2_000  # ms


def measure(host: Host, rounds: int) -> Iterator[Row]:
    del host  # all of it happens in this process and in PostgreSQL
    yield from carried(LONG, min(rounds, 3))


def carried(article: Article, rounds: int) -> Iterator[Row]:
    from annotations.write.carry import carry
    from tests import factories

    source = stored(article)
    source.revision = 1
    source.save(update_fields=["revision"])
    newer = factories.document(edited(source.document.text), of=source.document.article)

    def whole() -> None:
        with transaction.atomic():
            carry(source, newer, source.annotator)
            transaction.set_rollback(True)

    seconds = repeated(whole, rounds)
    yield times(f"carry a reading: {article.name}", seconds, limit=LIMIT)


def edited(text: str, seed: int = 2) -> str:
    dice = random.Random(seed)
    paragraphs = text.split("\n\n")
    numbers = range(1, len(paragraphs))
    for number in dice.sample(numbers, len(paragraphs) // 10):
        words = paragraphs[number].split(" ")
        words[dice.randrange(len(words))] = dice.choice(["edited", "four", "paper"])
        paragraphs[number] = " ".join(words)
    for number in dice.sample(numbers, len(paragraphs) // 40):
        paragraphs[number] = f"A paragraph that stood nowhere before, number {number}."
    one, other = dice.sample(numbers, 2)
    paragraphs[one], paragraphs[other] = paragraphs[other], paragraphs[one]
    return "\n\n".join(paragraphs)
