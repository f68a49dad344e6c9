"""What constraints make impossible, and what spans two apps: each check is one query with a line for each fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotations.queries.integrity.chains import rows_of
from annotations.queries.integrity.fault import Fault
from corpus.models import Corpus

# Rows: what it is, its id, what is found there, its corpus.
CHECKS = {
    "the text of each document matches its hash": (
        "SELECT 'text', id, 'sha256 is ' || sha256, corpus_id FROM corpus_document "
        "WHERE sha256 <> encode(sha256(convert_to(text, 'UTF8')), 'hex')"
    ),
    "raw bytes match their hash": (
        "SELECT 'raw', id, 'sha256 is ' || sha256, corpus_id FROM corpus_raw WHERE sha256 <> encode(sha256(content), 'hex')"
    ),
    "segments and zones are inside their text": (
        "SELECT p.what, p.id, p.kind || ' ends at ' || p.\"end\", d.corpus_id FROM ("
        "SELECT 'segment' AS what, id, kind, \"end\", document_id FROM corpus_segment "
        "UNION ALL SELECT 'zone', id, kind, \"end\", document_id FROM corpus_zone) p "
        'JOIN corpus_document d ON d.id = p.document_id WHERE p."end" > d.length'
    ),
    "each document belongs to the corpus of its article": (
        "SELECT 'text', d.id, 'of “' || a.title || '”', d.corpus_id FROM corpus_document d "
        "JOIN corpus_article a ON a.id = d.article_id WHERE d.corpus_id <> a.corpus_id"
    ),
    "the label of each mark belongs to the scheme of its assignment": (
        "SELECT 'mark', s.id, l.code, d.corpus_id FROM annotations_span s "
        "JOIN annotations_label l ON l.id = s.label_id JOIN annotations_layer y ON y.id = l.layer_id "
        "JOIN annotations_assignment a ON a.id = s.assignment_id JOIN corpus_document d ON d.id = a.document_id "
        "WHERE y.scheme_id <> a.scheme_id OR y.kind <> s.kind"
    ),
    "each figure mark has a value, and only figure marks have one": (
        "SELECT 'mark', s.id, s.quote, d.corpus_id FROM annotations_span s "
        "LEFT JOIN annotations_figure f ON f.span_id = s.id "
        "JOIN annotations_assignment a ON a.id = s.assignment_id JOIN corpus_document d ON d.id = a.document_id "
        "WHERE (s.kind = 'figure') <> (f.span_id IS NOT NULL)"
    ),
    "each entity belongs to the corpus in which it is annotated": (
        "SELECT 'mark', s.id, e.name, d.corpus_id FROM annotations_span s JOIN registry_entity e ON e.id = s.entity_id "
        "JOIN annotations_assignment a ON a.id = s.assignment_id "
        "JOIN corpus_document d ON d.id = a.document_id WHERE e.corpus_id <> d.corpus_id"
    ),
    "each relation connects entities of its corpus": (
        "SELECT 'relation', r.id, r.type, r.corpus_id FROM registry_relation r "
        "JOIN registry_entity s ON s.id = r.source_id JOIN registry_entity t ON t.id = r.target_id "
        "WHERE r.corpus_id <> s.corpus_id OR r.corpus_id <> t.corpus_id"
    ),
    "the revision of each assignment is that of its last change": (
        "SELECT 'assignment', a.id, 'revision is ' || a.revision || ', the log says ' || coalesce(c.revision, 0), d.corpus_id "
        "FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id LEFT JOIN ("
        "SELECT assignment_id, max(revision) AS revision FROM annotations_change GROUP BY assignment_id) c ON c.assignment_id = a.id "
        "WHERE a.revision <> coalesce(c.revision, 0)"
    ),
    "the readings of each text of a plan are counted": (
        "SELECT 'text of a plan', p.id, 'counted are ' || p.live || ', there are ' || count(a.id), min(d.corpus_id) "
        "FROM annotations_planarticle p JOIN corpus_document d ON d.id = p.document_id "
        "LEFT JOIN annotations_assignment a ON a.document_id = d.id AND a.role = 'annotation' AND a.status IN ('open', 'submitted') "
        "GROUP BY p.id HAVING p.live <> count(a.id)"
    ),
    "what is in the bin is there by a deletion of it": (
        "SELECT 'article', a.id::text, d.kind || ' ' || d.label, a.corpus_id FROM corpus_article a "
        "JOIN corpus_deletion d ON d.id = a.deletion_id WHERE d.restored_at IS NOT NULL OR (d.kind, d.object) <> ('article', a.id::text) "
        "UNION ALL SELECT 'assignment', a.id::text, d.kind || ' ' || d.label, t.corpus_id FROM annotations_assignment a "
        "JOIN corpus_document t ON t.id = a.document_id JOIN corpus_deletion d ON d.id = a.deletion_id WHERE d.restored_at IS NOT NULL "
        "OR (d.kind, d.object) NOT IN (('reading', a.id::text), ('article', t.article_id::text)) "
        "UNION ALL SELECT 'corpus', o.id::text, d.kind || ' ' || d.label, o.id FROM corpus_corpus o "
        "JOIN corpus_deletion d ON d.id = o.deletion_id WHERE d.restored_at IS NOT NULL OR (d.kind, d.object) <> ('corpus', o.id::text) "
        "UNION ALL SELECT 'deletion', d.id::text, d.kind || ' ' || d.label, d.corpus_id FROM corpus_deletion d "
        "WHERE d.restored_at IS NULL AND d.purged_at IS NULL AND NOT EXISTS (SELECT FROM corpus_article a WHERE a.deletion_id = d.id) "
        "AND NOT EXISTS (SELECT FROM annotations_assignment a WHERE a.deletion_id = d.id) "
        "AND NOT EXISTS (SELECT FROM corpus_corpus o WHERE o.deletion_id = d.id)"
    ),
    "revisions are consecutive": (
        "SELECT 'assignment', c.assignment_id, 'gap after revision ' || min(c.revision), min(d.corpus_id) FROM ("
        "SELECT assignment_id, revision, lead(revision) OVER w AS following "
        "FROM annotations_change WINDOW w AS (PARTITION BY assignment_id ORDER BY revision, position)) c "
        "JOIN annotations_assignment a ON a.id = c.assignment_id JOIN corpus_document d ON d.id = a.document_id "
        "WHERE c.following > c.revision + 1 GROUP BY c.assignment_id"
    ),
}


def faults(corpus: Corpus | None, checks: Mapping[str, str] = CHECKS) -> Iterator[Fault]:
    for check, query in checks.items():
        for what, pk, detail, of in rows_of(query):
            if corpus is None or of == corpus.pk:
                yield Fault(check, f"{what} {pk}", f"{check}: {str(detail)[:200]}")
