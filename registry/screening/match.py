"""Subjects held against lists: the entries that may be them, each with its best name and why. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from registry.names import Match, NameFacts, analyse, compare_analysed, within_reach
from registry.names.bound import Analyser
from registry.names.parts import AnalysedName
from registry.screening.lookup import KeyIndex, ListedRow, ListScope, by_identifiers, by_keys
from registry.screening.subjects import Subject, identifiers_of, years
from registry.screening.word_keys import telling_keys

MOST_ANALYSED = 100_000  # listed names
analyse_anew = analyse.__wrapped__


class EntryMatch(NamedTuple):
    """An entry that may be the subject, by the name of it that is most alike."""

    listed: ListedRow
    match: Match

    @property
    def score(self) -> int:
        return self.match.score

    def explanation(self) -> dict[str, Any]:
        """As it is stored, sent and shown."""
        return self.match.as_dict() | {"listed_kind": self.listed.name_kind}


def entry_matches(
    subjects: Sequence[Subject],
    scopes: Collection[ListScope],
    threshold: int,
    index: KeyIndex | None = None,
    analysed: Analyser = analyse,
    known: Mapping[Any, Sequence[ListedRow]] | None = None,
    check: Callable[[], None] = lambda: None,
) -> list[list[EntryMatch]]:
    """For each subject the entries from the threshold on, and those with an equal identifier, best first. `index`: only its entries;
    `analysed`: how listed names are analysed; `known`: by the key of a subject, names that it is compared with in any case;
    `check`: called before each step, and ends them by raising."""
    names = [(of_subject, name) for of_subject, subject in enumerate(subjects) for name in subject.names]
    ours, asked = [], list[tuple[int, int, int]]()
    for number, (of_subject, text) in enumerate(names):
        check()
        ours.append(analyse(text, subjects[of_subject].kind))
        asked += [(number, *key) for key in telling_keys(ours[number])]
    rows = index.look_up(asked) if index else by_keys(asked, scopes)
    best: list[dict[int, EntryMatch]] = [{} for _ in subjects]
    for number, (of_subject, _) in enumerate(names):
        check()
        near = rows.get(number, [])
        within = within_reach(ours[number], [(row.text, row.kind) for row in near], threshold, analysed)
        rows_within = [near[position] for position in within]
        keep_best(
            best[of_subject], ours[number], subjects[of_subject], [*rows_within, *known_rows(known, subjects[of_subject], index)]
        )
    for subject, of_entry in zip(subjects, best, strict=True):
        with_identifiers(of_entry, subject, scopes, index)
    return [sorted(candidates(of_entry, threshold), key=rank) for of_entry in best]


def known_rows(known: Mapping[Any, Sequence[ListedRow]] | None, subject: Subject, index: KeyIndex | None) -> Iterable[ListedRow]:
    rows = known.get(subject.key, ()) if known else ()
    return (row for row in rows if index is None or row.entry_id in index.entries)


def with_identifiers(
    of_entry: dict[int, EntryMatch], subject: Subject, scopes: Collection[ListScope], index: KeyIndex | None
) -> None:
    """Entries with an equal identifier, whatever their names are."""
    if not (identifiers := subject.identifiers):
        return
    facts = NameFacts(subject.facts.births, subject.facts.countries, identifiers)
    rows = [row for row in by_identifiers(identifiers, scopes) if index is None or row.entry_id in index.entries]
    for name in subject.names:
        keep_best(of_entry, analyse(name, subject.kind), Subject(subject.key, subject.kind, subject.names, facts), rows)


def keep_best(of_entry: dict[int, EntryMatch], name: Any, subject: Subject, rows: Sequence[ListedRow]) -> None:
    for row in rows:
        listed = analyse(row.text, row.kind)
        match = compare_analysed(name, listed, (subject.facts, facts_of(row)))
        kept = of_entry.get(row.entry_id)
        if kept is None or strength(match) > strength(kept.match):
            of_entry[row.entry_id] = EntryMatch(row, match)


def facts_of(row: ListedRow) -> NameFacts:
    return facts_from(tuple(row.births), tuple(row.countries), tuple(map(tuple, row.identifiers)))


@lru_cache(maxsize=MOST_ANALYSED)
def analysed_for_run(text: str, kind: str) -> AnalysedName:
    """A run meets most names of a list a dozen times: all of them stay analysed until it ends, in some 100 MB."""
    return analyse_anew(text, kind)


@lru_cache(maxsize=5_000)
def facts_from(births: tuple[str, ...], countries: tuple[str, ...], identifiers: tuple[tuple[str, str], ...]) -> NameFacts:
    return NameFacts(years(births), countries, identifiers_of(identifiers))


def strength(match: Match) -> tuple[bool, int]:
    return has_equal_identifier(match), match.score


def has_equal_identifier(match: Match) -> bool:
    return any(fact.name == "identifier" and fact.says == "same" for fact in match.facts)


def candidates(of_entry: dict[int, EntryMatch], threshold: int) -> list[EntryMatch]:
    return [each for each in of_entry.values() if each.score >= threshold or has_equal_identifier(each.match)]


def rank(each: EntryMatch) -> tuple[int, int, str]:
    return -each.score, each.listed.list_id, each.listed.ref
