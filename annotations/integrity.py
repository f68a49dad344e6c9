"""Is everything in the database still what it says? Asked at any time, and after every drill.

Each check is one query that gives a line for each fault. The constraints of the tables make most
faults impossible; these look for what only a damaged disk, a restored half or a hand at the SQL
prompt can do, and for what spans two apps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Fault:
    """`check` names what does not hold, `row` the row, `detail` what was found there."""

    check: str
    row: str
    detail: str

    def __str__(self) -> str:
        return f"{self.check}: {self.row}: {self.detail}"


QUOTES = """
SELECT m.id, m.quote FROM annotations_{table} m
JOIN annotations_assignment a ON a.id = m.assignment_id
JOIN corpus_document d ON d.id = a.document_id
WHERE m.quote IS DISTINCT FROM (
    SELECT string_agg(substr(d.text, m.{column}[n][1] + 1, m.{column}[n][2] - m.{column}[n][1]), ' … ' ORDER BY n)
    FROM generate_subscripts(m.{column}, 1) AS n)
"""

CHECKS = {
    "the text of a document has its hash": (
        "SELECT id, sha256 FROM corpus_document WHERE sha256 <> encode(sha256(convert_to(text, 'UTF8')), 'hex')"
    ),
    "raw bytes have their hash": ("SELECT id, sha256 FROM corpus_raw WHERE sha256 <> encode(sha256(content), 'hex')"),
    "segments and zones lie in their text": (
        'SELECT p.id, p.kind FROM (SELECT id, kind, "end", document_id FROM corpus_segment '
        'UNION ALL SELECT id, kind, "end", document_id FROM corpus_zone) p '
        'JOIN corpus_document d ON d.id = p.document_id WHERE p."end" > length(d.text)'
    ),
    "a document belongs to its article's corpus": (
        "SELECT d.id, a.title FROM corpus_document d JOIN corpus_article a ON a.id = d.article_id "
        "WHERE d.corpus_id <> a.corpus_id"
    ),
    "the quote of a mark is what the text says": QUOTES.format(table="span", column="fragments"),
    "the quote of a claim is what the text says": QUOTES.format(table="claim", column="content"),
    "the quote of a citation is what the text says": QUOTES.format(table="citation", column="fragments"),
    "a mark's label is of its assignment's scheme": (
        "SELECT s.id, l.code FROM annotations_span s "
        "JOIN annotations_label l ON l.id = s.label_id "
        "JOIN annotations_layer y ON y.id = l.layer_id "
        "JOIN annotations_assignment a ON a.id = s.assignment_id "
        "WHERE y.scheme_id <> a.scheme_id OR y.kind <> s.kind"
    ),
    "every figure mark has its values, and only those": (
        "SELECT s.id, s.quote FROM annotations_span s "
        "LEFT JOIN annotations_figure f ON f.span_id = s.id "
        "WHERE (s.kind = 'figure') <> (f.span_id IS NOT NULL)"
    ),
    "an entity is of the corpus in which it is marked": (
        "SELECT s.id, e.name FROM annotations_span s JOIN registry_entity e ON e.id = s.entity_id "
        "JOIN annotations_assignment a ON a.id = s.assignment_id "
        "JOIN corpus_document d ON d.id = a.document_id WHERE e.corpus_id <> d.corpus_id"
    ),
    "a relation joins entities of its own corpus": (
        "SELECT r.id, r.type FROM registry_relation r "
        "JOIN registry_entity s ON s.id = r.source_id JOIN registry_entity t ON t.id = r.target_id "
        "WHERE r.corpus_id <> s.corpus_id OR r.corpus_id <> t.corpus_id"
    ),
    "an assignment's revision is that of its last change": (
        "SELECT a.id, a.revision::text FROM annotations_assignment a "
        "WHERE a.revision <> coalesce("
        "(SELECT max(c.revision) FROM annotations_change c WHERE c.assignment_id = a.id), 0)"
    ),
    "revisions follow each other without a gap": (
        "SELECT c.assignment_id, 'gap after ' || min(c.revision) FROM ("
        "SELECT assignment_id, revision, lead(revision) OVER w AS following "
        "FROM annotations_change WINDOW w AS (PARTITION BY assignment_id ORDER BY revision, position)"
        ") c WHERE c.following > c.revision + 1 GROUP BY c.assignment_id"
    ),
    "every mark stands in the log as it is": (
        "SELECT s.id, s.quote FROM annotations_span s LEFT JOIN LATERAL ("
        "SELECT c.after, c.revision FROM annotations_change c WHERE c.object_id = s.id "
        "ORDER BY c.revision DESC, c.position DESC LIMIT 1) c ON true "
        "WHERE c.after IS NULL OR c.revision <> s.revision OR c.after->>'quote' <> s.quote"
    ),
    "what the log says was marked is there": (
        "SELECT c.object_id, c.kind FROM ("
        "SELECT DISTINCT ON (object_id) object_id, kind, op FROM annotations_change "
        "WHERE kind = 'span' ORDER BY object_id, revision DESC, position DESC) c "
        "LEFT JOIN annotations_span s ON s.id = c.object_id "
        "WHERE (c.op = 'delete') <> (s.id IS NULL)"
    ),
}


def faults() -> Iterator[Fault]:
    """Everything that does not hold, check by check."""
    with connection.cursor() as cursor:
        for check, query in CHECKS.items():
            cursor.execute(query)
            for row, detail in cursor.fetchall():
                yield Fault(check, str(row), str(detail)[:200])
