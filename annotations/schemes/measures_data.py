"""The register of legal measures in the shape of a scheme file's `measures`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from corpus.db.compiled_queries import prepared
from corpus.db.round_trip import Rows, Statement, round_trip
from registry.models import Measure, Paragraph

Object = dict[str, Any]
OF_MEASURE = ("symbol", "issuer", "adopted", "regime", "aliases")
OF_PARAGRAPH = ("topic", "effect", "summary", "deadline", "report_dates")


def seed_measures(entries: Iterable[Object]) -> None:
    """Add the measures that the register does not have yet; what people edited there stays.

    `loaded` tells `load_measures` which values nobody has edited since.
    """
    known = set(Measure.objects.values_list("code", flat=True))
    for entry in entries:
        if entry["code"] in known:
            continue
        columns = {name: entry[name] for name in OF_MEASURE if name in entry}
        measure = Measure.objects.create(code=entry["code"], **columns, loaded=columns)
        Paragraph.objects.bulk_create(paragraph_of(measure, row) for row in entry.get("provisions", []))


def paragraph_of(measure: Measure, entry: Object) -> Paragraph:
    columns = {name: entry[name] for name in OF_PARAGRAPH if name in entry}
    return Paragraph(measure=measure, number=entry["paragraph"], **columns, loaded=columns)


MEASURES = """
SELECT coalesce(json_agg(json_build_object(
    'code', m.code, 'symbol', m.symbol, 'issuer', m.issuer, 'adopted', m.adopted, 'regime', m.regime,
    'aliases', m.aliases, 'provisions', coalesce(p.items, '[]')) ORDER BY m.adopted, m.code), '[]')
FROM registry_measure m LEFT JOIN (
    SELECT measure_id, json_agg(json_build_object(
        'paragraph', number, 'topic', topic, 'effect', effect, 'summary', summary, 'deadline', deadline,
        'report_dates', report_dates) ORDER BY id) AS items
    FROM registry_paragraph GROUP BY measure_id) p ON p.measure_id = m.id
"""


def measures_data() -> list[Object]:
    """The register in the shape of the file's `measures`; read at every request, so built where it lies."""
    return read(MEASURES)


# What checks read beside the file's shape: since when and until when, what is verified, and what came later.
DATED = """
SELECT coalesce(json_agg(json_build_object(
    'code', m.code, 'symbol', m.symbol, 'adopted', m.adopted, 'adopted_verified', m.adopted_verified,
    'in_force_from', m.in_force_from, 'in_force_to', m.in_force_to, 'countries', m.countries, 'provisions', coalesce(p.items, '[]')) ORDER BY m.adopted, m.code), '[]')::text
FROM registry_measure m LEFT JOIN (
    SELECT measure_id, json_agg(json_build_object(
        'paragraph', number, 'effect', effect, 'deadline', deadline, 'content_verified', content_verified,
        'number_verified', number_verified, 'deadline_verified', coalesce(deadline_verified, content_verified), 'in_force_from', in_force_from,
        'in_force_to', in_force_to, 'replaced_by', replaced_by, 'limits', limits, 'applies_to', applies_to,
        'exceptions', exceptions, 'does', does, 'requires', requires) ORDER BY id) AS items
    FROM registry_paragraph LEFT JOIN (SELECT code, does, requires FROM registry_paragrapheffect) x ON x.code = effect
    GROUP BY measure_id) p ON p.measure_id = m.id
"""


# To be sent with others; `register_of` reads its rows.
DATED_STATEMENT: Statement = (DATED, ())


def dated_measures() -> list[Object]:
    """The register as checks read it."""
    return register_of(round_trip([DATED_STATEMENT])[0])


def register_of(rows: Rows) -> list[Object]:
    """The same list as before, as long as nobody has edited the register."""
    ((register,),) = rows
    return register_from(register)


@lru_cache(maxsize=4)
def register_from(register: str) -> list[Object]:
    measures: list[Object] = json.loads(register)
    return measures


def read(query: str) -> list[Object]:
    with prepared() as cursor:
        cursor.execute(query)
        body: list[Object] = (cursor.fetchone() or ([],))[0]
        return body
