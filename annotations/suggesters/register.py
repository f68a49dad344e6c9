"""Names that the corpus knows: those of its named entities, as far as what the reading may rest on says them.

An entity counts that a mark of `sources` or of the reading itself means, that is linked to the shared register, or that nobody made while
reading. A further name that somebody gave while reading counts where that reading may be rested on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from annotations.models import Assignment
from annotations.queries.entity_candidates import UNNAMED
from annotations.suggesters.sources import sources
from annotations.suggesters.suggestion import ScannedText, Suggestion
from corpus.words.tokens import each_token, is_character
from registry.naming import CURLED

KINDS = ("span",)
VERSION = "1"
CODE = "register"
MOST_WORDS, MOST_CHARACTERS = 8, 16
SHORTEST = 2  # characters of a name in a script without spaces; letters of any other
NAMED, SEVERAL = 0.9, 0.5  # one entity has the name; several have it
SPACES = re.compile(r"\s+")

FOUND = f"""
WITH RECURSIVE wanted AS (SELECT unnest(%(words)s::text[]) AS plain),
found AS (
    SELECT e.id, w.plain, e.name FROM registry_entity e JOIN wanted w ON w.plain = e.plain
    WHERE e.corpus_id = %(corpus)s AND NOT ({UNNAMED})
    UNION SELECT e.id, w.plain, n.name FROM wanted w JOIN registry_entityname n ON n.plain = w.plain
    JOIN registry_entity e ON e.id = n.entity_id WHERE e.corpus_id = %(corpus)s AND NOT ({UNNAMED})
    UNION SELECT e.id, w.plain, b.name FROM wanted w JOIN registry_basename b ON b.plain = w.plain
    JOIN registry_entity e ON e.same_as_id = b.entity_id WHERE e.corpus_id = %(corpus)s AND NOT ({UNNAMED})
),
allowed AS (SELECT id FROM annotations_assignment WHERE id = ANY(%(allowed)s::uuid[])),
merged (kept, gone) AS (
    SELECT id, id FROM found UNION SELECT g.kept, m.gone FROM merged g JOIN annotations_merge m ON m.kept = g.gone AND m.undone_at IS NULL
),
given AS (
    SELECT g.kept, c.assignment_id IN (SELECT id FROM allowed) AS is_allowed, said.name
    FROM merged g JOIN annotations_change c ON c.object_id = g.gone AND c.kind = 'entity' AND c.after IS NOT NULL
    CROSS JOIN LATERAL (
        SELECT c.after ->> 'name' UNION SELECT jsonb_array_elements_text(coalesce(c.after -> 'aliases', '[]'))
        EXCEPT SELECT c.before ->> 'name' EXCEPT SELECT jsonb_array_elements_text(coalesce(c.before -> 'aliases', '[]'))
    ) said(name)
)
SELECT f.plain, f.name, e.id, e.type, e.name,
    EXISTS (SELECT FROM annotations_span s WHERE s.entity_id = e.id AND s.assignment_id IN (SELECT id FROM allowed))
        OR EXISTS (SELECT FROM annotations_claim s WHERE s.source_entity_id = e.id AND s.assignment_id IN (SELECT id FROM allowed))
        OR EXISTS (SELECT FROM annotations_argument s WHERE s.entity_id = e.id AND s.assignment_id IN (SELECT id FROM allowed)),
    e.same_as_id IS NOT NULL
        OR NOT EXISTS (SELECT FROM annotations_span s WHERE s.entity_id = e.id)
        AND NOT EXISTS (SELECT FROM annotations_claim s WHERE s.source_entity_id = e.id)
        AND NOT EXISTS (SELECT FROM annotations_argument s WHERE s.entity_id = e.id)
        AND NOT EXISTS (SELECT FROM annotations_change c WHERE c.object_id = e.id AND c.kind = 'entity' AND c.op = 'create'),
    f.name = ANY(coalesce((SELECT array_agg(b.name) FROM registry_basename b WHERE b.entity_id = e.same_as_id), '{{}}')),
    (SELECT bool_or(g.is_allowed) FROM given g WHERE g.kept = e.id AND g.name = f.name)
FROM found f JOIN registry_entity e ON e.id = f.id ORDER BY f.plain, e.id
"""  # noqa: S608 - of our own words


class KnownName(NamedTuple):
    """`is_meant`: a mark that may be rested on means the entity; `is_open`: it is known apart from any reading; `is_shared`: the shared
    register has the name; `is_given`: whether a reading that gave the name may be rested on, None where none gave it."""

    plain: str
    name: str
    entity: UUID
    type: str
    entity_name: str
    is_meant: bool
    is_open: bool
    is_shared: bool
    is_given: bool | None

    @property
    def may_be_offered(self) -> bool:
        if not (self.is_meant or self.is_open):
            return False
        if self.is_shared or self.is_given is not False:
            return True
        return self.is_meant and self.name == self.entity_name


def offered(reading: Assignment, read: ScannedText) -> Iterator[Suggestion]:
    """The longest name first where several begin or overlap, from left to right."""
    layer = next((str(each["code"]) for each in read.scheme.layers_of("actor")), None)
    places = words_of(read)
    if layer is None or not places:
        return
    known: dict[str, list[KnownName]] = defaultdict(list)
    for each in names(reading.document.corpus_id, [*places], [reading.pk, *sources(reading).values_list("pk", flat=True)]):
        if each.may_be_offered and read.scheme.has_label(layer, each.type):
            known[each.plain].append(each)
    hits = [(start, end, plain) for plain in known for start, end in places[plain]]
    behind = 0
    for start, end, plain in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        fitting = [each for each in known[plain] if is_written_so(read.text[start:end], each.name)]
        if start < behind or not fitting:
            continue
        behind = end
        yield offer(layer, start, end, fitting)


def offer(layer: str, start: int, end: int, fitting: list[KnownName]) -> Suggestion:
    first, entities = fitting[0], {each.entity for each in fitting}
    alone = len(entities) == 1
    why = f"a name of {first.entity_name}" if alone else f"a name of {len(entities)} entities of the corpus"
    fields = {"attributes": {"entity": str(first.entity)}} if alone else {}
    return Suggestion("span", layer, first.type, ((start, end),), CODE, VERSION, NAMED if alone else SEVERAL, why[:300], fields)


def names(corpus: int, words: list[str], allowed: list[Any]) -> list[KnownName]:
    with connection.cursor() as cursor:
        cursor.execute(FOUND, {"corpus": corpus, "words": words, "allowed": allowed})
        return [KnownName(*row) for row in cursor.fetchall()]


def words_of(read: ScannedText) -> dict[str, list[tuple[int, int]]]:
    """Words of the text as names are compared → where they are: all runs of up to MOST_WORDS in a segment."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for segment in read.segments or [{"start": 0, "end": len(read.text)}]:
        row = list(each_token(read.text, segment["start"], segment["end"]))
        for first, token in enumerate(row):
            most = MOST_CHARACTERS if is_character(token.text) else MOST_WORDS
            for last in row[first : first + most]:
                if last.end - token.start >= SHORTEST:
                    for end in ends(read.text, last.end):
                        places[compared(read.text[token.start : end])].append((token.start, end))
    return places


def ends(text: str, end: int) -> Iterable[int]:
    """Behind the last word, and behind the point of an abbreviation."""
    return (end, end + 1) if text[end : end + 1] == "." else (end,)


def compared(words: str) -> str:
    """As `registry.naming.plain` has it, without an article in front, which no run of words here begins with."""
    return SPACES.sub(" ", words.translate(CURLED)).lower()


def is_written_so(words: str, name: str) -> bool:
    """Whether words that are but letters of a name are written as one: US is not us, and May is not may."""
    if name.isupper() and len(name) <= 5:
        return words == name
    return not name[:1].isupper() or words[:1].isupper() or words[:1] == name[:1]
