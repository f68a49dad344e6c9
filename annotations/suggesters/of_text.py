"""What suggesters that only read a text find in it: read once for each version of them, and kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from annotations.models import Assignment, SuggestionSet
from annotations.suggesters import claims, figures, triggers
from annotations.suggesters.suggestion import ScannedText, Suggestion, kept

RULES: tuple[ModuleType, ...] = (figures, claims, triggers)


def of_text(reading: Assignment, read: ScannedText) -> Iterator[Suggestion]:
    there = {row.suggester: row for row in SuggestionSet.objects.filter(document=reading.document_id, scheme=reading.scheme_id)}
    missing = [rule for rule in RULES if rule.CODE not in there or there[rule.CODE].version != rule.VERSION]
    there |= {row.suggester: row for row in fresh(reading, read, missing)}
    for rule in RULES:
        row = there[rule.CODE]
        yield from (suggestion_of(item, row) for item in row.items)


def fresh(reading: Assignment, read: ScannedText, rules: Iterable[ModuleType]) -> list[SuggestionSet]:
    rows = []
    for rule in rules:
        good, dropped = kept(rule.suggest(read), read)
        items = [item_of(each) for each in good]
        owner = {"document_id": reading.document_id, "scheme_id": reading.scheme_id}
        rows.append(SuggestionSet(suggester=rule.CODE, version=rule.VERSION, items=items, dropped=dropped, **owner))
    if rows:
        fields = ["version", "items", "dropped", "made"]
        unique = ["document", "scheme", "suggester"]
        SuggestionSet.objects.bulk_create(rows, update_conflicts=True, update_fields=fields, unique_fields=unique)
    return rows


def item_of(each: Suggestion) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "layer": each.layer,
        "label": each.label,
        "ranges": each.ranges,
        "score": each.score,
        "why": each.why,
        "fields": each.fields,
    }


def suggestion_of(item: dict[str, Any], row: SuggestionSet) -> Suggestion:
    ranges = tuple((start, end) for start, end in item["ranges"])
    return Suggestion(**(item | {"ranges": ranges}), suggester=row.suggester, version=row.version)
