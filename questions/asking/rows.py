"""The rows of a page with all that they show: values with who says them, ties, sources counted, copies and later tellings.

Each kind of thing is read once for all rows of the page, so that the number of queries stays the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from annotations.formats.evidence.seals import seal_name
from annotations.models import Claim, Event, Link, Span
from annotations.queries.entity_graph import doubtful_under
from corpus.models import Article
from questions.asking.answer import Head, IndexAnswer
from questions.asking.condition import Condition, both
from questions.asking.derived import of_row, worked_out
from questions.asking.places import ties
from questions.asking.row_addresses import row_addresses
from questions.asking.row_values import amount_of, value_of
from questions.asking.source_pairs import SourcePairs, Suppositions
from questions.index.entries_sql import COLUMNS
from questions.values.extents import Value, ValueRelation, compare, is_disputed
from registry.models import Entity

Object = dict[str, Any]
SAME = "possible_same_as"


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
    def members(self) -> dict[UUID, list[Object]]:
        """By the id of a row, the entries of it, the one that stands for it first; `fits`: whether it is what was asked.

        Without those of copies that say what their originals say, unless the row has no others or copies are asked for.
        """
        condition = "(e.id = ANY(%(heads)s::uuid[]) OR e.linked = ANY(%(linked)s::uuid[]))"
        members = self.read(condition, {"heads": [head.id for head in self.heads], "linked": [head.row for head in self.heads]})
        rows: dict[UUID, list[Object]] = {head.row: [] for head in self.heads}
        for entry in members:
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
    def tellings(self) -> dict[UUID, list[Object]]:
        """By the id of a row, what later articles of the same story say again."""
        if self.answer.asker.question.is_on("copies"):
            return {}
        by_story: dict[int, list[tuple[UUID, Object]]] = defaultdict(list)
        for row, entries in self.members.items():
            for entry in entries:
                if entry["story"]:
                    by_story[entry["story"]].append((row, entry))
        own = [entry["id"] for entries in self.members.values() for entry in entries]
        # What is linked to an event that is a row belongs to that one, on whichever page it is.
        linked = Condition(f"{{e}}.linked IS NULL OR NOT {self.answer.original_linked()}").of("e")
        condition = f"e.story = ANY(%(stories)s) AND e.id <> ALL(%(own)s::uuid[]) AND {linked}"
        later = self.read(condition, {"stories": list(by_story), "own": own}) if by_story else []
        repeats: dict[UUID, list[Object]] = defaultdict(list)
        for entry in later:
            repeated = next(
                (row for row, before in by_story[entry["story"]] if entry["fits"] and says_again(entry, before)), None
            )
            if repeated:
                repeats[repeated].append(entry)
        return repeats

    def read(self, condition: str, values: Object) -> list[Object]:
        fitting, scope = self.answer.there, self.answer.scope
        names = ", ".join(f"e.{name}" for name in COLUMNS)
        repeated = f"NOT ({self.answer.not_copied.of('e')})"
        sql = f"""SELECT {names}, {self.answer.part.of("e")}, {fitting.of("e")}, {repeated} FROM {self.answer.source.table} e
            WHERE {scope.of("e")} AND {condition} ORDER BY e.created, e.document_id, e.start, e.id"""  # noqa: S608 - of our own words
        rows = self.answer.rows(sql, both([fitting, scope, self.answer.part]).values | values)
        return [dict(zip((*COLUMNS, "part", "fits", "is_repeated"), row, strict=True)) for row in rows]

    @cached_property
    def entries(self) -> list[Object]:
        return [entry for row in self.members for entry in self.of_row(row)]

    def of_row(self, row: UUID) -> list[Object]:
        return [*self.members[row], *self.tellings.get(row, [])]

    @cached_property
    def figures(self) -> dict[UUID, Object]:
        """The entries of the figures of all rows."""
        ids = {pk for entry in self.entries for pk in entry["figures"]}
        sql = f"SELECT {', '.join(COLUMNS)} FROM {self.answer.source.table} e WHERE e.id = ANY(%(figures)s::uuid[])"  # noqa: S608
        entries = (dict(zip(COLUMNS, row, strict=True)) for row in self.answer.rows(sql, {"figures": list(ids)}))
        return {entry["id"]: entry for entry in entries}

    @cached_property
    def derived(self) -> dict[UUID, list[Object]]:
        return worked_out(self.answer, self.figures)

    @cached_property
    def spans(self) -> dict[UUID, Span]:
        """The marks of figures and triggers."""
        events = [entry["event"] for entry in self.entries if entry["kind"] == "event"]
        rows = Span.objects.filter(Q(pk__in=self.figures) | Q(event__in=events)).select_related("figure", "label")
        return {span.pk: span for span in rows}

    @cached_property
    def triggers(self) -> dict[UUID, list[Span]]:
        triggers: dict[UUID, list[Span]] = defaultdict(list)
        for span in sorted(self.spans.values(), key=lambda span: (span.start, span.end, span.pk)):
            if span.event_id:
                triggers[span.event_id].append(span)
        return triggers

    @cached_property
    def events(self) -> dict[UUID, Event]:
        """The words and the basis of times: the index has their days alone."""
        rows = Event.objects.filter(pk__in={entry["event"] for entry in self.entries if entry["event"]})
        return {event.pk: event for event in rows.only("key", "time_text", "time_edtf", "time_part_of_day", "time_basis")}

    @cached_property
    def claims(self) -> dict[UUID, Claim]:
        ids = {pk for entry in [*self.entries, *self.figures.values()] for pk in entry["claims"]}
        return {claim.pk: claim for claim in Claim.objects.filter(pk__in=ids).select_related("source_span")}

    @cached_property
    def entities(self) -> dict[UUID, Entity]:
        entries = [*self.entries, *self.figures.values()]
        ids = {pk for entry in entries for name in ("sources", "places", "people", "counted") for pk in entry[name]}
        return {entity.pk: entity for entity in Entity.objects.filter(pk__in=ids)}

    @cached_property
    def articles(self) -> dict[UUID, Any]:
        """With how many copies each of them has."""
        rows = Article.objects.filter(pk__in={entry["article_id"] for entry in self.entries}).select_related("outlet")
        return {article.pk: article for article in rows.annotate(number_of_copies=Count("copies"))}

    @cached_property
    def dependent(self) -> dict[Any, set[Any]]:
        """Who may be whom, of the sources."""
        sources = {pk for entry in self.entries for pk in entry["sources"]} | self.sources_of_figures
        return doubtful_under(self.answer.asker.scheme, list(sources))

    @property
    def sources_of_figures(self) -> set[UUID]:
        return {pk for entry in self.figures.values() for pk in entry["sources"]}

    @cached_property
    def same(self) -> dict[UUID, list[UUID]]:
        """By event, those that an annotator called possibly the same."""
        events = [entry["event"] for entry in self.entries if entry["event"]]
        links = Link.objects.filter(Q(source_event__in=events) | Q(target_event__in=events), type=SAME)
        same: dict[UUID, list[UUID]] = defaultdict(list)
        for one, other in links.values_list("source_event", "target_event"):
            same[one].append(other)
            same[other].append(one)
        return same

    # What a row says

    def row(self, head: Head) -> Object:
        entries = self.of_row(head.row)
        first = entries[0]
        articles = {entry["article_id"] for entry in entries}
        numbers = [self.figures[pk] for entry in entries for pk in entry["figures"] if pk in self.figures]
        return {
            "id": self.addresses.get(head.row, head.row),
            "part": head.part,
            "type": first["type"],
            "status": first["status"],
            "polarity": first["polarity"],
            "certainty": first["certainty"],
            "time": self.time(first),
            "ties": self.ties(first),
            "values": self.values(numbers),
            "disputed": is_disputed(self.value(number) for number in numbers),
            "derived": of_row(self.derived, numbers),
            "independent": self.independent(entries),
            "copies": sum(self.articles[article].number_of_copies for article in articles),
            "tellings": len(self.tellings.get(head.row, [])),
            "possible_same_as": sorted({other for entry in entries for other in self.same.get(entry["event"], [])}),
            "entries": [self.entry(entry) for entry in entries],
        }

    def ties(self, entry: Object) -> list[Object]:
        return [each | {"name": self.name(each["entity"])} for each in ties(self.answer.asker, entry)]

    def time(self, entry: Object) -> Object:
        """Stated days; where there are none, on which side of the publication it was."""
        undated = entry["earliest"] is None and entry["latest"] is None
        event = self.events.get(entry["event"])
        return {
            "earliest": entry["earliest"],
            "latest": entry["latest"],
            "undated": undated,
            "words": event.time_text or "" if event else "",
            "edtf": event.time_edtf or "" if event else "",
            "part_of_day": event.time_part_of_day or "" if event else "",
            "basis": event.time_basis if event else "",
            "possible_from": entry["possible"].lower,
            "possible_before": entry["possible"].upper,
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
        return amount_of(number, self.spans[number["id"]].figure)

    def value(self, number: Object) -> Value:
        return value_of(number, self.spans[number["id"]].figure)

    def figure(self, number: Object) -> Object:
        span = self.spans[number["id"]]
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
        article = self.articles[entry["article_id"]]
        marks = [self.spans[entry["id"]]] if entry["kind"] == "figure" else self.triggers[entry["id"]]
        return {
            "event": entry["event"],
            "fits": entry["fits"],
            "status": entry["status"],
            "time": self.time(entry),
            "ties": self.ties(entry),
            "only_in_copy": entry["copy_of"] is not None and not entry["is_repeated"],
            "article": article.pk,
            "title": article.title,
            "outlet": article.outlet.name if article.outlet else "",
            "published": article.published_edtf,
            "document": entry["document_id"],
            "assignment": entry["assignment_id"],
            "triggers": [{"id": span.pk, "quote": span.quote, "fragments": span.fragments} for span in marks],
            "figures": list(entry["figures"]),
            "lines": self.lines(entry),
            "claims": [self.claim(self.claims[pk]) for pk in entry["claims"] if pk in self.claims],
            "narrated": entry["is_narrated"],
            "sources": [self.called(pk) for pk in entry["sources"]],
            "href": f"/annotate/{entry['assignment_id']}/#mark={marks[0].pk}"
            if marks
            else f"/annotate/{entry['assignment_id']}/",
        }

    def lines(self, entry: Object) -> list[str]:
        """Its lines in an evidence table, by the ids that files have: one for each figure, or one for the event where it has none."""
        figures = [entry["id"]] if entry["kind"] == "figure" else entry["figures"]
        records = [self.spans[pk] for pk in figures if pk in self.spans] or [self.events[entry["event"]]]
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
        }

    def called(self, pk: UUID) -> Object:
        entity = self.entities.get(pk)
        return {"entity": pk, "name": entity.name if entity else "", "unnamed": entity.anonymous if entity else None}

    def name(self, pk: UUID) -> str:
        return self.entities[pk].name if pk in self.entities else ""

    # Sources

    def independent(self, entries: Iterable[Object]) -> Object:
        """How many independent sources say it, at the fewest and at the most."""
        count = SourcePairs(entries, self.dependent).counted(self.supposed)
        return {"fewest": count.fewest, "most": count.most, "exact": count.is_exact}

    def doubts(self) -> list[Object]:
        """Of the sources of all rows the pairs that may be one, and what is supposed of each."""
        pairs = {frozenset(pair): pair for row in self.members for pair in SourcePairs(self.of_row(row), self.dependent).doubts()}
        return [
            {"one": self.called(one), "other": self.called(other), "supposed": self.supposed.get(pair)}
            for pair, (one, other) in pairs.items()
        ]


def says_again(entry: Object, before: Object) -> bool:
    """Whether it has a value of the same people that an article before it has, in an event of the same type and part."""
    is_later = (entry["created"], entry["article_id"]) > (before["created"], before["article_id"])
    same = (entry["type"], entry["part"]) == (before["type"], before["part"])
    return is_later and same and not set(entry["value_keys"]).isdisjoint(before["value_keys"])
