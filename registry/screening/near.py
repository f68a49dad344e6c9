"""Which names of a list have the most in common with others, by their keys.

Names have to have more in common than one word: see `word_keys`. A key that very many names have counts only for a name without any other key.
A rare key says more: registry.names.keys.key_points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations_with_replacement
from typing import NamedTuple

from django.db import connection

from registry.names import key_points
from registry.screening.word_keys import is_enough

AskedKey = tuple[int, int, int]  # number of what is asked for, key, bits of its words

BEST, MOST_NAMES = 150, 4_000  # names of each list to compare for each; names that a key may have
NEAR = 4 * BEST  # names of all versions of a list, before those that are asked for are taken
# The names of a key that very many have stay in the database: most of what is asked for has other keys.
POSTED = """
SELECT key, of_list, weight, cardinality(names), CASE WHEN cardinality(names) <= %(most)s THEN names END
FROM registry_listednamekey WHERE key = ANY(%(keys)s) AND of_list = ANY(%(lists)s)
"""
FIRST_OF_MANY = """
SELECT key, of_list, weight, cardinality(names), names[1:%(most)s]
FROM registry_listednamekey WHERE key = ANY(%(keys)s) AND of_list = ANY(%(lists)s) AND cardinality(names) > %(most)s
"""


class KeyPosting(NamedTuple):
    """The names of a list that have a key; None for very many."""

    list_id: int
    points: int
    names: tuple[int, ...] | None


class NearNames(NamedTuple):
    """Of what is asked for, by its number, the names of a list, best first."""

    number: int
    list_id: int
    names: list[int]


def nearest(asked: Iterable[AskedKey], lists: Sequence[int]) -> list[NearNames]:
    keys_of: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, key, word in asked:
        keys_of[number].append((key, word))
    posted = postings(POSTED, {key for keys in keys_of.values() for key, _ in keys}, lists)
    telling = {number for number, keys in keys_of.items() if any(each.names for key, _ in keys for each in posted.get(key, ()))}
    others = {key for number, keys in keys_of.items() if number not in telling for key, _ in keys}
    many = postings(FIRST_OF_MANY, others, lists) if others else {}
    return [
        NearNames(number, list_id, of_list(keys, posted if number in telling else many, list_id))
        for number, keys in keys_of.items()
        for list_id in lists
    ]


def postings(statement: str, keys: Collection[int], lists: Sequence[int]) -> dict[int, list[KeyPosting]]:
    rows: dict[int, list[KeyPosting]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"keys": list(keys), "lists": list(lists), "most": MOST_NAMES})
        for key, list_id, weight, count, names in cursor.fetchall():
            rows[key].append(KeyPosting(list_id, key_points(weight, count), names and tuple(names)))
    return rows


def of_list(keys: Sequence[tuple[int, int]], posted: Mapping[int, Sequence[KeyPosting]], list_id: int) -> list[int]:
    """The names of a list that have enough in common, best first."""
    points: dict[tuple[int, ...], int] = defaultdict(int)
    words: dict[tuple[int, ...], int] = defaultdict(int)
    for key, word in keys:
        for each in posted.get(key, ()):
            if (
                each.list_id == list_id and each.names
            ):  # often several keys of a word have the same names: they are gone through once
                points[each.names] += each.points
                words[each.names] |= word
    names_of: dict[int, set[int]] = defaultdict(set)  # by bits of words
    for names, word in words.items():
        names_of[word].update(names)
    enough = in_common(names_of)
    shared = dict.fromkeys(enough, 0)
    for names, more in points.items():
        for name in filter(enough.__contains__, names):
            shared[name] += more
    return by_points(shared)[:NEAR]


def in_common(names_of: Mapping[int, set[int]]) -> set[int]:
    """Names with words in common that are enough: sets of few words, each of very many names."""
    enough: set[int] = set()
    for (words, names), (other_words, others) in combinations_with_replacement(names_of.items(), 2):
        if is_enough(words | other_words):
            enough |= names & others
    return enough


def by_points(shared: Mapping[int, int]) -> list[int]:
    """Best first, of equal points the first one. Two sorts by one value each take less than one by both."""
    return sorted(sorted(shared), key=shared.__getitem__, reverse=True)
