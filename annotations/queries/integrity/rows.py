"""Rows of evidence against the evidence log: what their entries come to, and what the tables say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from annotations.queries.integrity.chains import rows_of
from annotations.queries.integrity.fault import Fault, called, differing, person
from corpus.db.evidence_triggers import state_of
from corpus.models import Corpus
from corpus.models.evidence import Recorded, recorded_models

ROWS = """
WITH said AS (
    SELECT e.chain, r.key AS pk, attest_state(r.value ORDER BY e.position) AS state,
        count(*) FILTER (WHERE e.op IN ('insert', 'start')) - count(*) FILTER (WHERE e.op = 'delete') AS made
    FROM corpus_evidencelog e, jsonb_each(e.state) r WHERE e.kind = '{kind}' AND {of_chain} GROUP BY e.chain, r.key
), present AS (
    SELECT '{root}/' || r."{owner}" AS chain, r.id::text AS pk, {state} AS state FROM {table} r WHERE {of_row}
)
SELECT chain, pk, said.state::text, present.state::text, made FROM said FULL JOIN present USING (chain, pk)
WHERE said.state IS DISTINCT FROM present.state OR made > 1"""

# What is in no such chain is compared in all corpora. By root: the condition on a row `r` of its table, by its own id or that of its root; on the first entry of a chain.
OWNERS = {
    **dict.fromkeys(
        ("outlet", "article", "raw", "document", "entity", "relation", "judgement"),
        "SELECT id FROM {table} WHERE corpus_id = %(corpus)s",
    ),
    "assignment": """SELECT a.id FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id
        WHERE d.corpus_id = %(corpus)s""",
}
OF_CORPUS = """e.chain IN (SELECT f.chain FROM corpus_evidencelog f, jsonb_each(f.state) s WHERE f.kind = '{root}'
    AND (s.value ->> 'corpus_id' = %(corpus)s::text OR s.value ->> 'document_id' IN
        (SELECT id::text FROM corpus_document WHERE corpus_id = %(corpus)s)))"""
PEOPLE = ("annotator", "reviewer", "by", "undone_by", "user", "holder", "previous_holder")


def faults(corpus: Corpus | None) -> Iterator[Fault]:
    tables = {model.recorded_as.kind: model._meta.db_table for model in recorded_models()}
    for model in recorded_models():
        query = ROWS.format(**parts(model, tables, limited=corpus is not None))
        for chain, pk, logged, present, made in rows_of(query, {"corpus": corpus.pk} if corpus else None):
            detail = words(logged and json.loads(logged), present and json.loads(present), made)
            if detail:
                yield Fault(model.recorded_as.kind, subject_of(model.recorded_as.kind, chain, pk), detail)


def parts(model: type[Recorded], tables: dict[str, str], *, limited: bool) -> dict[str, str]:
    own = model.recorded_as
    limited = limited and own.root in OWNERS
    owners = OWNERS[own.root].format(table=tables[own.root]) if limited else ""
    return {
        "kind": own.kind,
        "root": own.root,
        "owner": own.owner,
        "table": model._meta.db_table,
        "state": state_of(own.columns(model), own.digests),
        "of_row": f'r."{own.owner}" IN ({owners})' if limited else "true",
        "of_chain": OF_CORPUS.format(root=own.root) if limited else "true",
    }


def subject_of(kind: str, chain: str, pk: str) -> str:
    whole = called(chain)
    return whole if chain.endswith(f"/{pk}") else f"{kind} {pk} of {whole}"


def words(logged: dict[str, Any] | None, present: dict[str, Any] | None, made: int | None) -> str:
    """What does not agree; empty where a column only came to the table after the row was recorded."""
    if made is not None and made > 1:
        return f"it was created {made} times"
    if present is None:
        return f"it does not exist, but the log has {json.dumps(logged, ensure_ascii=False)[:300]}"
    if logged is None:
        return "it exists, but was deleted according to the log" if made is not None else "it exists, but is not in the log"
    return differing(readable({name: present.get(name) for name in logged}), readable(logged))


def readable(row: dict[str, Any]) -> dict[str, Any]:
    """Columns as people call them."""
    plain = {name.removesuffix("_id"): value for name, value in row.items()}
    return {name: person(value) if name in PEOPLE and value else value for name, value in plain.items()}
