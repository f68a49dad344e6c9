"""Values that stand at a default of their own scheme version and that nobody has touched since: a person may never have said them.

Up to scheme 1.1.0 what nobody chose was stored at the scheme's default. The log tells whether a change has altered the value later; whether
the person who made the object stated it, no log tells.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotations.queries.integrity.chains import rows_of
from annotations.queries.integrity.fault import Fault
from annotations.unstated.earlier import STATE_OF_WORK
from corpus.models import Corpus

# Of a figure the words were read for these, and an answer was written even where they are silent.
READ_FROM_WORDS = ["comparator", "approximate", "vague", "statistic", "currency_basis"]

# Where the log has the value of an attribute: kind of object, its layer and label where only some have it, inside `attributes` or beside it.
UNTOUCHED = """
WITH stated AS MATERIALIZED (
    SELECT t.scheme_id, t.code, t."default" AS value, y.code AS layer, b.code AS label,
        CASE WHEN t.section = 'ATTRIBUTION' THEN 'claim' WHEN t.section = 'MEASURE_REF' THEN 'citation' WHEN t.section <> '' THEN 'entity'
            WHEN coalesce(y.kind, l.kind) = 'event' THEN 'event' ELSE 'span' END AS kind,
        t.label_id IS NOT NULL OR y.kind IN ('actor', 'figure') AS is_inside
    FROM annotations_attribute t
    LEFT JOIN annotations_layer y ON y.id = t.layer_id
    LEFT JOIN annotations_label b ON b.id = t.label_id LEFT JOIN annotations_layer l ON l.id = b.layer_id
    WHERE t."default" IS NOT NULL AND t."default" <> 'null' AND t.code <> %(work)s
        AND NOT (y.kind IS NOT DISTINCT FROM 'figure' AND t.code = ANY(%(read)s))
)
SELECT o.slug, x.title, p.username, c.kind, c.object_id, d.code, d.value #>> '{}'
FROM annotations_loggedchange c
JOIN annotations_assignment a ON a.id = c.assignment_id
JOIN corpus_document t ON t.id = a.document_id JOIN corpus_article x ON x.id = t.article_id JOIN corpus_corpus o ON o.id = t.corpus_id
JOIN auth_user p ON p.id = a.annotator_id
JOIN stated d ON d.scheme_id = a.scheme_id AND d.kind = c.kind
    AND (c.kind <> 'span' OR d.layer = c.after ->> 'layer')
    AND (d.label IS NULL OR d.label = c.after ->> 'type')
WHERE c.op = 'create' AND (%(corpus)s::bigint IS NULL OR t.corpus_id = %(corpus)s)
    AND CASE WHEN d.is_inside THEN c.after -> 'attributes' -> d.code ELSE c.after -> d.code END = d.value
    AND NOT EXISTS (
        SELECT FROM annotations_change u WHERE u.object_id = c.object_id AND (
            u.op <> 'update' AND u.number > c.number
            OR u.op = 'update' AND CASE WHEN d.is_inside THEN u.before -> 'attributes' -> d.code ELSE u.before -> d.code END
                IS DISTINCT FROM CASE WHEN d.is_inside THEN u.after -> 'attributes' -> d.code ELSE u.after -> d.code END))
ORDER BY o.slug, x.title, p.username, c.number, d.code"""


def untouched(corpus: Corpus | None) -> Iterator[Fault]:
    """Each value, in one corpus or in all. An entity is told with the article in which it was made."""
    values = {"corpus": corpus and corpus.pk, "work": STATE_OF_WORK, "read": READ_FROM_WORDS}
    for slug, title, annotator, kind, pk, code, value in rows_of(UNTOUCHED, values):
        yield Fault("untouched default", f"{slug}: “{title}” by {annotator}: {kind} {pk}", f"{code} is {value}")
