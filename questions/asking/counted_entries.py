"""Which entries an answer counts, so that PostgreSQL reads as many of them as it can out of indexes alone.

An entry has 800 bytes, and all of two million marks are a gigabyte. What nearly all entries need to be counted is in indexes of a few
bytes for each; but an index alone is read only where a statement speaks of nothing else. So the few that may be copies or later tellings
are asked for by themselves, and what the index is behind with is not left out of the many, but taken off afterwards.
"""

from __future__ import annotations

from questions.asking.answer import IndexAnswer
from questions.asking.condition import EVERY, Condition, both, either
from questions.asking.source import CountedEntries

NONE = Condition("false")
TOLD_ONCE = Condition("{e}.copy_of IS NULL AND {e}.story IS NULL")
RETOLD = Condition("{e}.copy_of IS NOT NULL OR {e}.story IS NOT NULL")


def plain(answer: IndexAnswer, simple: Condition = EVERY) -> list[CountedEntries]:
    """The entries that are not told twice, so far as they are `simple`."""
    return answer.source.added_up(alone(answer, simple))


def alone(answer: IndexAnswer, simple: Condition) -> Condition:
    """Which entries these are, wherever they are read."""
    once = [] if answer.asker.question.is_on("copies") else [TOLD_ONCE]
    return both([answer.few or answer.there, simple, *once])


def apart(answer: IndexAnswer, simple: Condition, others: Condition) -> list[tuple[str, Condition]]:
    """Of what all originals are put together: tables, and which of their entries. None is in two of them, and so nothing is taken off.

    `simple`: what an index knows of those that it has; `others`: what it leaves out.
    """
    several = [(table, both([alone(answer, simple), own])) for table, own in answer.source.apart]
    return [*several, (answer.source.table, rest(answer, others))]


def rest(answer: IndexAnswer, others: Condition = NONE) -> Condition:
    """All further originals. `others`: what `simple` leaves out."""
    retold = [] if answer.asker.question.is_on("copies") else [RETOLD]
    return both([answer.originals, either([*retold, others])])
