"""The rows of a page with all that they show: values with who says them, ties, sources counted, copies and later tellings.

Each kind of thing is read once for all rows of the page, so that the number of queries stays the same.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from annotations.formats.evidence.seals import seal_name
from annotations.models import Claim, Span
from annotations.statements.needs import missing_among
from questions.asking.answer import Head, IndexAnswer
from questions.asking.condition import Condition, both
from questions.asking.derived import of_row
from questions.asking.filters import WHO
from questions.asking.places import ties
from questions.asking.row_addresses import row_addresses
from questions.asking.row_details import RowDetails, read_details
from questions.asking.row_values import amount_of, possible_days, value_of
from questions.asking.source_pairs import SourcePairs, Suppositions
from questions.index.entries_sql import COLUMNS, REPORTED_USE
from questions.values.extents import Value, ValueRelation, compare, is_disputed

Object = dict[str, Any]


class ReadEntries(NamedTuple):
    """`figures`: by id, those that the entries have, and those of their figures."""

    entries: list[Object]
    figures: dict[UUID, Object]


@dataclass(frozen=True)
class LedgerRows:
    """What is read for the rows of a page. `supposed`: what somebody wants to know the answer for, of sources that may be one."""

    answer: IndexAnswer
    heads: Sequence[Head]
    supposed: Suppositions = field(default_factory=dict)

    def listed(self) -> list[Object]:
        return [self.row(head) for head in self.heads]

    # What is read

    @cached_property
    def own(self) -> ReadEntries:
        condition = "(e.id = ANY(%(heads)s::uuid[]) OR e.linked = ANY(%(linked)s::uuid[]))"
        return self.read(condition, {"heads": [head.id for head in self.heads], "linked": [head.row for head in self.heads]})

    @cached_property
    def members(self) -> dict[UUID, list[Object]]:
        """By the id of a row, the entries of it, the one that stands for it first; `fits`: whether it is what was asked.

        Without those of copies that say what their originals say, unless the row has no others or copies are asked for.
        """
        rows: dict[UUID, list[Object]] = {head.row: [] for head in self.heads}
        for entry in self.own.entries:
            rows[entry["linked"] or entry["id"]].append(entry)
        if not self.answer.asker.question.is_on("copies"):
            rows = {row: [entry for entry in entries if not entry["is_repeated"]] or entries for row, entries in rows.items()}
        first = {head.row: head.id for head in self.heads}
        return {row: sorted(entries, key=lambda entry: entry["id"] != first[row]) for row, entries in rows.items()}

    @cached_property
    def addresses(self) -> dict[UUID, UUID]:
        linked = [entries[0]["linked"] for entries in self.members.values() if entries[0]["linked"]]
        return row_addresses(self.answer.asker, linked)

    @cached_property
    def by_story(self) -> dict[int, list[tuple[UUID, Object]]]:
        by_story: dict[int, list[tuple[UUID, Object]]] = defaultdict(list)
        for row, entries in self.members.items():
            for entry in entries:
                if entry["story"]:
                    by_story[entry["story"]].append((row, entry))
        return by_story

    @cached_property
    def later(self) -> ReadEntries:
        """Entries of articles of the same stories."""
        if self.answer.asker.question.is_on("copies") or not self.by_story:
            return ReadEntries([], {})
        own = [entry["id"] for entries in self.members.values() for entry in entries]
        # What is linked to an event that is a row belongs to that one, on whichever page it is.
        linked = Condition(f"{{e}}.linked IS NULL OR NOT {self.answer.original_linked()}").of("e")
        condition = f"e.story = ANY(%(stories)s) AND e.id <> ALL(%(own)s::uuid[]) AND {linked}"
        return self.read(condition, self.answer.originals.values | {"stories": list(self.by_story), "own": own})

    @cached_property
    def tellings(self) -> dict[UUID, list[Object]]:
        """By the id of a row, what later articles of the same story say again."""
        repeats: dict[UUID, list[Object]] = defaultdict(list)
        for entry in self.later.entries:
            before = self.by_story[entry["story"]]
            repeated = next((row for row, each in before if entry["fits"] and says_again(entry, each)), None)
            if repeated:
                repeats[repeated].append(entry)
        return repeats

    def read(self, condition: str, values: Object) -> ReadEntries:
        """Entries with those of their figures, in one statement."""
        fitting, scope, table = self.answer.there, self.answer.scope, self.answer.source.table
        names = ", ".join(f"e.{name}" for name in COLUMNS)
        repeated = f"NOT ({self.answer.not_copied.of('e')})"
        sql = f"""SELECT {names}, {self.answer.part.of("e")} AS part, {fitting.of("e")} AS fits, {repeated} AS is_repeated
            FROM {table} e WHERE {scope.of("e")} AND {condition}"""  # noqa: S608 - of our own words
        read = f"""SELECT * FROM chosen UNION ALL SELECT {names}, NULL, NULL, NULL FROM {table} e
            WHERE e.id = ANY(ARRAY(SELECT unnest(figures) FROM chosen)) ORDER BY created, document_id, start, id"""  # noqa: S608
        rows = self.answer.rows(read, both([fitting, scope, self.answer.part]).values | values, f"chosen AS MATERIALIZED ({sql})")
        entries = [dict(zip((*COLUMNS, "part", "fits", "is_repeated"), row, strict=True)) for row in rows]
        for entry in entries:
            entry["attributes"] = json.loads(entry["attributes"])
        figures = [entry for entry in entries if entry["kind"] == "figure"]
        return ReadEntries([entry for entry in entries if entry["part"] is not None], {entry["id"]: entry for entry in figures})

    @cached_property
    def entries(self) -> list[Object]:
        return [entry for row in self.members for entry in self.of_row(row)]

    def of_row(self, row: UUID) -> list[Object]:
        return [*self.members[row], *self.tellings.get(row, [])]

    @cached_property
    def figures(self) -> dict[UUID, Object]:
        """The entries of the figures of all rows."""
        return self.own.figures | self.later.figures

    @cached_property
    def details(self) -> RowDetails:
        return read_details(self.answer, self.entries, self.figures)

    @cached_property
    def triggers(self) -> dict[UUID, list[Span]]:
        triggers: dict[UUID, list[Span]] = defaultdict(list)
        for span in sorted(self.details.spans.values(), key=lambda span: (span.start, span.end, span.pk)):
            if span.event_id:
                triggers[span.event_id].append(span)
        return triggers

    # What a row says

    def row(self, head: Head) -> Object:
        entries = self.of_row(head.row)
        first, articles = entries[0], {entry["article_id"] for entry in entries}
        numbers = [self.figures[pk] for entry in entries for pk in entry["figures"] if pk in self.figures]
        return {
            "id": self.addresses.get(head.row, head.row),
            "part": head.part,
            "type": first["type"],
            "status": first["status"],
            "polarity": first["polarity"],
            "certainty": first["certainty"],
            "unrealised_as": first["attributes"].get("unrealised_as") or "",
            "missing": self.missing(first) if all(self.missing(entry) for entry in entries) else "",
            "time": self.time(first),
            "participants": self.details.participants.get(first["event"], []),
            "ties": self.ties(first),
            "values": self.values(numbers),
            "disputed": is_disputed(self.value(number) for number in numbers if number["use"] == REPORTED_USE),
            "derived": of_row(self.details.derived, numbers),
            "independent": self.independent(entries),
            "copies": sum(self.details.copies.get(article, 0) for article in articles),
            "tellings": len(self.tellings.get(head.row, [])),
            "possible_same_as": sorted({other for entry in entries for other in self.details.alike.get(entry["event"], {})}),
            "maybe": self.is_maybe(entries),
            "alike": self.alike(entries),
            "entries": [self.entry(entry) for entry in entries],
        }

    @cached_property
    def asked_for(self) -> dict[str, set[UUID]]:
        """By column, the entities that a question names, where it finds what may be the same, too."""
        asker = self.answer.asker
        is_asked = asker.question.is_on("maybe")
        return {column: set(asker.with_parts(name)) for name, column in WHO.items() if is_asked and asker.question[name]}

    def is_maybe(self, entries: Iterable[Object]) -> bool:
        """Whether what fits has entities that may be those that are asked for, and nothing has these."""
        fitting = [entry for entry in entries if entry["fits"]]
        asked = self.asked_for.items()
        return bool(fitting) and not any(all(not ids.isdisjoint(entry[column]) for column, ids in asked) for entry in fitting)

    def alike(self, entries: Iterable[Object]) -> list[Object]:
        """Of `possible_same_as`, each with the words that name it, and `of`: the event of the row."""
        return [
            {"of": entry["event"], "event": other, "words": words}
            for entry in entries
            for other, words in self.details.alike.get(entry["event"], {}).items()
        ]

    def ties(self, entry: Object) -> list[Object]:
        return [each | {"name": self.name(each["entity"])} for each in ties(self.answer.asker, entry)]

    def time(self, entry: Object) -> Object:
        """Stated days; where there are none, on which side of the publication it was."""
        undated = entry["earliest"] is None and entry["latest"] is None
        event = self.details.events.get(entry["event"])
        return {
            "earliest": entry["earliest"],
            "latest": entry["latest"],
            "undated": undated,
            "words": event.time_text or "" if event else "",
            "edtf": event.time_edtf or "" if event else "",
            "part_of_day": event.time_part_of_day or "" if event else "",
            "basis": event.time_basis if event else "",
            **possible_days(entry, event, undated),
        }

    def values(self, numbers: Iterable[Object]) -> list[Object]:
        """Each value once, with the figures that say it and how many independent sources they have."""
        groups: list[list[Object]] = []
        for number in numbers:
            group = next((group for group in groups if self.is_equal(group[0], number)), None)
            groups.append([number]) if group is None else group.append(number)
        return [
            self.amount(group[0]) | {"independent": self.independent(group), "figures": [self.figure(each) for each in group]}
            for group in groups
        ]

    def is_equal(self, one: Object, other: Object) -> bool:
        return compare(self.value(one), self.value(other)) is ValueRelation.EQUAL

    def amount(self, number: Object) -> Object:
        return amount_of(number, self.details.spans[number["id"]].figure)

    def value(self, number: Object) -> Value:
        return value_of(number, self.details.spans[number["id"]].figure)

    def figure(self, number: Object) -> Object:
        span = self.details.spans[number["id"]]
        return {
            "id": span.pk,
            "article": number["article_id"],
            "quote": span.quote,
            "fragments": span.fragments,
            "use": number["use"],
            "counted": [self.called(pk) for pk in number["counted"]],
            "sources": [self.called(pk) for pk in number["sources"]],
        }

    def entry(self, entry: Object) -> Object:
        article = self.details.articles[entry["article_id"]]
        annotator, is_gold = self.details.readings[entry["assignment_id"]]
        marks = [self.details.spans[entry["id"]]] if entry["kind"] == "figure" else self.triggers[entry["id"]]
        return {
            "event": entry["event"],
            "fits": entry["fits"],
            "status": entry["status"],
            "missing": self.missing(entry),
            "time": self.time(entry),
            "ties": self.ties(entry),
            "only_in_copy": entry["copy_of"] is not None and not entry["is_repeated"],
            "article": article.pk,
            "title": article.title,
            "outlet": article.outlet.name if article.outlet else "",
            "published": article.published_edtf,
            "document": entry["document_id"],
            "assignment": entry["assignment_id"],
            "annotator": annotator,
            "gold": is_gold,
            "other_readings": max(0, self.details.number_of_readings.get(article.pk, 1) - 1),
            "segment": self.details.segments.get((entry["document_id"], entry["start"]), ""),
            "triggers": [{"id": span.pk, "quote": span.quote, "fragments": span.fragments} for span in marks],
            "figures": list(entry["figures"]),
            "lines": self.lines(entry),
            "claims": [self.claim(claim) for claim in self.claims_of(entry)],
            "narrated": entry["is_narrated"],
            "sources": [self.called(pk) for pk in entry["sources"]],
            "around": [self.called(pk) for pk in entry["around"]],
            "href": f"/annotate/{entry['assignment_id']}/#mark={marks[0].pk}"
            if marks
            else f"/annotate/{entry['assignment_id']}/",
        }

    def missing(self, entry: Object) -> str:
        """What is asked of an event without a participant that its type needs: then none of its lines can be chosen."""
        if not entry["event"]:
            return ""
        return missing_among(
            self.answer.asker.scheme, entry["type"], self.details.filled.get(entry["event"], ()), entry["attributes"]
        )

    def claims_of(self, entry: Object) -> list[Claim]:
        """In the order of the text."""
        claims = [self.details.claims[pk] for pk in entry["claims"] if pk in self.details.claims]
        return sorted(claims, key=lambda claim: (claim.content, claim.pk))

    def lines(self, entry: Object) -> list[str]:
        """Its lines in an evidence table, by the ids that files have: one for each figure, or one for the event where it has none."""
        figures = [entry["id"]] if entry["kind"] == "figure" else entry["figures"]
        valued = [pk for pk in figures if pk in self.figures and self.figures[pk]["extent"] is not None]
        records: list[Any] = [self.details.spans[pk] for pk in valued if pk in self.details.spans]
        records = records or [self.details.events[entry["event"]] if entry["event"] else self.details.spans[entry["id"]]]
        return [seal_name(str(entry["assignment_id"]), record.key or str(record.pk)) for record in records]

    def claim(self, claim: Claim) -> Object:
        return {
            "id": claim.pk,
            "source": self.called(claim.source_entity_id) if claim.source_entity_id else None,
            "described": claim.source_span.quote if claim.source_span else "",
            "mode": claim.mode,
            "modality": claim.modality,
            "evidence": claim.evidence,
            "reliability": claim.reliability,
            "credibility": claim.credibility,
            "chain": self.details.chains.get(claim.pk, []),
        }

    def called(self, pk: UUID) -> Object:
        entity = self.details.entities.get(pk)
        return {"entity": pk, "name": entity.name if entity else "", "unnamed": entity.anonymous if entity else None}

    def name(self, pk: UUID) -> str:
        return self.details.entities[pk].name if pk in self.details.entities else ""

    # Sources

    def independent(self, entries: Iterable[Object]) -> Object:
        """How many independent sources say it, at the fewest and at the most."""
        count = SourcePairs(entries, self.details.dependent).counted(self.supposed)
        return {"fewest": count.fewest, "most": count.most, "exact": count.is_exact}

    def doubts(self) -> list[Object]:
        """Of the sources of all rows the pairs that may be one, and what is supposed of each."""
        pairs = {
            frozenset(pair): pair
            for row in self.members
            for pair in SourcePairs(self.of_row(row), self.details.dependent).doubts()
        }
        return [
            {"one": self.called(one), "other": self.called(other), "supposed": self.supposed.get(pair)}
            for pair, (one, other) in pairs.items()
        ]


def says_again(entry: Object, before: Object) -> bool:
    """Whether it has a value of the same people that an article before it has, in an event of the same type and part."""
    is_later = (entry["created"], entry["article_id"]) > (before["created"], before["article_id"])
    is_same = entry["type"] == before["type"] and entry["part"] == before["part"]
    return is_later and is_same and not set(entry["value_keys"]).isdisjoint(before["value_keys"])
