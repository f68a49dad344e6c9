"""Whom a mark may mean: the entities of a corpus whose names fit its words, the best first.

Exactly that name before beginnings, before words inside, before what is only written alike; among
equals what more marks mean, then the shorter name. "North" finds North Korea, since "the North" is
a name of it and articles do not count.

An entity that somebody linked to the shared register (`same_as`) is found by the names there, too.

An unnamed particular (“local source”, “North Korean workers”: `anonymous`, and no class) is left out
unless it is asked for: in another article it is somebody else until a person says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import TextField, Value

from annotations.kinds import entity
from annotations.kinds.write_context import Object
from annotations.queries.withheld_entities import NOTHING, Withheld
from registry.naming import SQUEEZED, folded, plain

MATCHES = ("exact", "begins", "word", "part", "similar", "sounds")
MOST = 20
# So many candidates are compared by how often they are meant, each up to so many marks.
COMPARED, COUNTED = 40, 1000
# So many names that have the words in them are looked at for one that is the same.
LOOKED_AT = 500
# Below three characters there is no trigram: only beginnings of names and of their words are found.
SHORT = 3


@dataclass(frozen=True)
class Proposal:
    """`match` is one of MATCHES, `matched` the name by which it was found, of which kind, `entity` the native object."""

    match: str
    matched: str
    kind: str
    entity: Object
    unnamed: bool

    def native(self) -> Object:
        return {
            "match": self.match,
            "matched": self.matched,
            "kind": self.kind or None,
            "unnamed": self.unnamed,
            "entity": self.entity,
        }


CANDIDATES = """
WITH named AS (
    SELECT e.id, e.name, e.plain, '' AS kind FROM registry_entity e WHERE {of_entity} AND ({fits_e})
    UNION ALL
    SELECT e.id, n.name, n.plain, n.kind FROM registry_entityname n JOIN registry_entity e ON e.id = n.entity_id
    WHERE {of_entity} AND ({fits_n})
    UNION ALL
    SELECT e.id, b.name, b.plain, b.kind FROM registry_basename b JOIN registry_entity e ON e.same_as_id = b.entity_id
    WHERE {of_entity} AND ({fits_b})
), ranked AS (
    SELECT *, CASE WHEN plain = %(asked)s THEN 0 WHEN starts_with(plain, %(asked)s) THEN 1
        WHEN strpos(plain, ' ' || %(asked)s) > 0 THEN 2 WHEN strpos(plain, %(asked)s) > 0 THEN 3 ELSE 4 END AS tier
    FROM named
), best AS (
    SELECT DISTINCT ON (id) * FROM ranked ORDER BY id, tier, length(plain)
), few AS (
    SELECT * FROM best ORDER BY tier, length(plain), plain, id LIMIT %(compared)s
)
SELECT few.tier, few.name, few.kind, ({whole}), ({unnamed})
FROM few JOIN registry_entity e ON e.id = few.id CROSS JOIN LATERAL (
    SELECT count(*) AS uses FROM (SELECT 1 FROM annotations_span s WHERE s.entity_id = few.id
        AND s.assignment_id <> ALL(%(withheld_assignments)s::uuid[]) LIMIT %(counted)s) each
) used
ORDER BY few.tier, used.uses DESC, length(few.plain), few.plain, few.id LIMIT %(most)s
"""
LONG_WORDS = "{0}.plain LIKE %(part)s OR {0}.plain %%> %(asked)s"
SHORT_WORDS = "{0}.plain LIKE %(beginning)s OR {0}.plain LIKE %(word)s"
# What has the words of the name in it may be the same but for case, punctuation and legal form.
SAME = f"strpos({SQUEEZED.format('{0}.plain')}, %(folded)s) > 0"
UNNAMED = "coalesce(e.anonymous, false) AND e.reference <> 'generic'"


def proposals(
    corpus: Any, types: list[str], withheld: Withheld = NOTHING, *, unnamed: bool = False, same: bool = False
) -> list[Proposal]:
    """Entities of `corpus` (one of `asking`) for the words asked; of every type where `types` is empty.

    `withheld` are not offered, nor counted. `unnamed`: those too that have no name; `same`: only those of this very name, as
    `registry.naming.folded` compares.
    """
    parameters, core = corpus.asked, folded(corpus.words)
    if not parameters or (same and not core):
        return []
    values = {
        "corpus": corpus.pk,
        "types": types,
        "folded": core,
        **patterns(parameters),
        "compared": LOOKED_AT if same else COMPARED,
        "counted": COUNTED,
        "most": LOOKED_AT if same else MOST,
        "withheld": withheld.entities,
        "withheld_assignments": withheld.assignments,
    }
    with connection.cursor() as cursor:
        fits = SAME if same else SHORT_WORDS if is_short(parameters) else LONG_WORDS
        cursor.execute(statement(fits, typed=bool(types), unnamed=unnamed), values)
        candidates = [Proposal(MATCHES[tier], *rest) for tier, *rest in cursor.fetchall()]
    return [x for x in candidates if folded(x.matched) == core][:MOST] if same else candidates


def patterns(asked: str) -> dict[str, str]:
    """The words as they are, and where they may stand in a name."""
    escaped = asked.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {"asked": asked, "beginning": f"{escaped}%", "word": f"% {escaped}%", "part": f"%{escaped}%"}


def is_short(asked: str) -> bool:
    return len(asked) < SHORT and asked.isascii()


def statement(fits: str, *, typed: bool, unnamed: bool) -> str:
    of_entity = "e.corpus_id = %(corpus)s AND e.id <> ALL(%(withheld)s::uuid[])" + (
        " AND e.type = ANY(%(types)s)" if typed else ""
    )
    of_entity += "" if unnamed else f" AND NOT ({UNNAMED})"
    select_entity = entity.SELECT.replace("{where}", "m.id = few.id")
    return CANDIDATES.format(
        of_entity=of_entity,
        fits_e=fits.format("e"),
        fits_n=fits.format("n"),
        fits_b=fits.format("b"),
        whole=select_entity,
        unnamed=UNNAMED,
    )


def asking(rows: Any, words: str) -> Any:
    """Corpora, each with `words`, and `words_value`: these in the form in which names are compared."""
    words_value = Value(words, output_field=TextField())
    return rows.annotate(words=words_value, asked=plain(words_value))
