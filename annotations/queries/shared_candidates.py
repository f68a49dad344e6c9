"""What the shared register offers for words: entries that no entity of the corpus is linked to. Only a person links one.

Where the corpus has an entity of that very name, `known` is that entity: to accept the offer is to link it, and not to make a second one.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection

from annotations.kinds import entity
from annotations.kinds.write_context import Object
from annotations.queries.entity_candidates import MATCHES, SHORT_WORDS, patterns
from annotations.queries.withheld_entities import NOTHING, Withheld

MOST = 5
PART = "{0}.plain LIKE %(part)s"
# A name by which an entity may be the same; an adjective is the name of many.
OWN_NAMES = "'name', 'alias', 'abbreviation', 'original'"


@dataclass(frozen=True)
class SharedProposal:
    """`match` is one of MATCHES, `matched` the name by which the entry was found, of which kind."""

    match: str
    matched: str
    kind: str
    code: str
    type: str
    name: str
    countries: list[str]
    identifiers: list[Object]
    source: str
    licence: str
    known: Object | None

    def native(self) -> Object:
        return asdict(self)


OFFERED = """
WITH ranked AS (
    SELECT b.entity_id, b.name, b.plain, b.kind, CASE WHEN b.plain = %(asked)s THEN 0 WHEN starts_with(b.plain, %(asked)s) THEN 1
        WHEN strpos(b.plain, ' ' || %(asked)s) > 0 THEN 2 ELSE 3 END AS tier
    FROM registry_basename b JOIN registry_baseentity r ON r.code = b.entity_id
    WHERE ({fits}) AND (%(types)s::text[] = '{{}}' OR r.type = ANY(%(types)s))
    AND NOT EXISTS (SELECT FROM registry_entity e WHERE e.corpus_id = %(corpus)s AND e.same_as_id = r.code)
), best AS (
    SELECT DISTINCT ON (entity_id) * FROM ranked ORDER BY entity_id, tier, length(plain), name
), few AS (
    SELECT * FROM best ORDER BY tier, length(plain), plain, entity_id LIMIT %(most)s
)
SELECT few.tier, few.name, few.kind, r.code, r.type, r.name, r.countries, r.identifiers::json, r.source, r.licence, ({known})
FROM few JOIN registry_baseentity r ON r.code = few.entity_id ORDER BY few.tier, length(few.plain), few.plain, few.entity_id
"""
OF_ENTRY = f"(SELECT plain FROM registry_basename WHERE entity_id = r.code AND kind IN ({OWN_NAMES}))"  # noqa: S608 - of our own words
KNOWN = f"""m.id = (SELECT e.id FROM registry_entity e WHERE e.corpus_id = %(corpus)s AND e.type = r.type AND e.same_as_id IS NULL
    AND e.id <> ALL(%(withheld)s::uuid[]) AND e.anonymous IS NOT TRUE AND (e.plain IN {OF_ENTRY} OR EXISTS (
        SELECT FROM registry_entityname n WHERE n.entity_id = e.id AND n.plain IN {OF_ENTRY})) ORDER BY e.id LIMIT 1)"""  # noqa: S608 - likewise


def shared_proposals(corpus: Any, types: list[str], withheld: Withheld = NOTHING) -> list[SharedProposal]:
    """Entries for the words of `corpus` (one of `entity_candidates.asking`), the best first."""
    if not corpus.asked:
        return []
    fits = (SHORT_WORDS if corpus.asked.isascii() else PART).format("b")
    query = OFFERED.format(fits=fits, known=entity.SELECT.replace("{where}", KNOWN))
    with connection.cursor() as cursor:
        values = {"corpus": corpus.pk, "types": types, "most": MOST, "withheld": withheld.entities}
        cursor.execute(query, values | patterns(corpus.asked))
        return [SharedProposal(MATCHES[tier], *rest) for tier, *rest in cursor.fetchall()]
