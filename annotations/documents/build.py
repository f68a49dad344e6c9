"""What is known of an assignment or of a few: native documents, and what the annotator's page begins with. Many leave by `stream`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from psycopg.types.json import Jsonb

from annotations.documents.related_entities import scheme_row
from annotations.documents.sql import KNOWN, PAGE
from annotations.kinds import span
from annotations.models import Assignment
from annotations.schemes.stored import compiled
from corpus.db.round_trip import Statement, round_trip
from corpus.models.document import parts_of

Object = dict[str, Any]

# Each takes as long to plan as to carry out, and longer still to compile. The plan of one assignment is as good for any others.
PLANNED_ONCE: Statement = ("SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('jit', 'off', true)", ())


def document(assignment: Assignment) -> Object:
    """Everything that was said in an assignment, in the native shape, with the ids of the database and without derived values."""
    [(whole, _)] = documents([assignment])
    return whole


def documents(assignments: Sequence[Assignment], statement: str = KNOWN) -> list[tuple[Object, str]]:
    """The `document` of each assignment and its text, in their order. So few of them that all have room in memory."""
    return documents_of(rows(statement, assignments))


def documents_of(answers: Iterable[Sequence[Any]]) -> list[tuple[Object, str]]:
    return [(json.loads(whole), text) for whole, text in answers]


def page_data(assignment: Assignment) -> str:
    """An assignment as JSON for the page that goes on from there: the facts that it shows, and all objects as they
    are stored, without what can be worked out. Fragments are pairs of offsets in code points; of a mark's attributes those that
    are not empty, and `blank` says for each layer what all of them are; `extra` lies beside them."""
    [(facts, objects)] = rows(PAGE, [assignment])
    facts = json.loads(facts)
    scheme = compiled(assignment.scheme).view
    facts["zones"] = parts_of(assignment.document_id)["zones"]
    facts["blank"] = {layer["code"]: span.BLANK[scheme.kind(layer["code"])] for layer in scheme.layers}
    return f'{{"said": {json.dumps(facts, ensure_ascii=False)}, "objects": {objects}}}'


def rows(statement: str, assignments: Sequence[Assignment]) -> Sequence[Any]:
    """What a statement of `sql` says of assignments, in their order."""
    _, answers = round_trip([PLANNED_ONCE, documents_statement(assignments, statement)])
    return answers


def documents_statement(assignments: Sequence[Assignment], statement: str) -> Statement:
    """A statement of `sql` with these assignments, to be sent with others behind PLANNED_ONCE."""
    schemes = {assignment.scheme_id: assignment.scheme for assignment in assignments}
    return statement, [[assignment.pk for assignment in assignments], Jsonb([scheme_row(scheme) for scheme in schemes.values()])]
