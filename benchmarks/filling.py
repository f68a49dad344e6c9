"""Corpora of any size, multiplied inside PostgreSQL: articles of 450 words with 40 marks and 10 relations each.

A few articles are put together here, with every mark's place; SQL makes as many of them as are asked
for, each with a last line of its own, so that no two texts are the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from annotations.native.fields import WORD, plain
from annotations.native.types import FigureAttributes

MASTERS = 20
SENTENCES = (
    "According to {A}, the port authority had {E} before {F} were counted on the quay.",
    "{A} said that {F} were moved through the customs yard, while officials {E} in silence.",
    "Records seen by investigators show {F} paid to {A}, although nobody confirmed it.",
    "In the border town {A} was said to have {E} again, and {F} went missing — “all of them”.",
)
FILLER = " Observers said the pressure along the border had grown steadily over the past year, and trade had slowed."
WORDS = {
    "A": ("Korea Daesong Trading", "the Panel of Experts", "Dandong Xinrong Textile", "the Ministry of Commerce"),
    "E": ("repatriated the workers", "sent them home", "returned the crews"),
    "F": ("300 workers", "1,240 seamen", "98 inspectors", "17,500 labourers"),
}
MARKED = {"A": ("ACTOR", "GROUP"), "E": ("EVENT", "REPATRIATE"), "F": ("FIGURE", "PEOPLE")}
SPANS, RELATIONS = 40, 10


def master(number: int, spans: int = SPANS) -> tuple[str, list[tuple[str, int, int]]]:
    """A text and its marks as (slot, start, end)."""
    chance = random.Random(number)
    text, marks = f"Synthetic article of pattern {number}\n\n", []
    while len(marks) < spans or len(text.split()) < 440:
        for piece in chance.choice(SENTENCES).split("{"):
            slot, _, rest = piece.rpartition("}")
            if slot and len(marks) < spans:
                words = chance.choice(WORDS[slot])
                marks.append((slot, len(text), len(text) + len(words)))
                text += words
            text += rest
        text += FILLER * (chance.random() < 0.4) + ("\n\n" if chance.random() < 0.3 else " ")
    return text.rstrip(), marks


SPREAD = "d.article % 50"  # which of the entities of one name an article means, as SQL
FEW = "d.article * (d.article % 10 = 0)::int"  # nine articles of ten mean the same few


@transaction.atomic
def fill(slug: str, articles: int, annotator: Any, scheme: Any, spread: str = SPREAD, spans: int = SPANS) -> Any:
    """A corpus with so many articles, each with so many marks by `annotator`. Takes about half a second for a hundred."""
    from corpus.db.running_counts import ARTICLES, recount
    from corpus.models import Corpus

    corpus = Corpus.objects.create(slug=slug, name=f"{articles} articles")
    with unchecked() as cursor:
        cursor.execute(TABLES)
        for number in range(MASTERS):
            text, marks = master(number, spans)
            cursor.execute("INSERT INTO master VALUES (%s, %s)", [number, text])
            rows = [[number, position, *mark, text[mark[1] : mark[2]]] for position, mark in enumerate(marks)]
            cursor.executemany("INSERT INTO mark VALUES (%s, %s, %s, %s, %s, %s)", rows)
        values = {
            "corpus": corpus.pk,
            "slug": slug,
            "articles": articles,
            "masters": MASTERS,
            "annotator": annotator.pk,
            "scheme": scheme.pk,
        }
        for statement in STATEMENTS:
            cursor.execute(statement.replace("SPREAD", f"({spread.replace('%', '%%')})"), values)
        cursor.execute("DROP TABLE master, mark, made")
    recount([ARTICLES])
    return corpus


@contextmanager
def unchecked() -> Iterator[Any]:
    """A cursor that writes without foreign keys and triggers, which cost three quarters of the time: keys are checked at the end, as
    one join each, and the evidence log says nothing of the rows."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL work_mem = '64MB'")
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # a corpus made just now still has a check to come, and no table with one can change
        cursor.execute(KEYS, [list(FILLED)])
        keys = cursor.fetchall()
        for table, name, _ in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for table in FILLED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in FILLED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        for table, name, definition in keys:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


@transaction.atomic
def fill_log(corpus: Any) -> None:
    """The change log of such a corpus: each mark was made by whose assignment it is in."""
    with unchecked() as cursor:
        cursor.execute(LOG, {"corpus": corpus.pk})
        cursor.execute("ANALYZE annotations_change")


KEYS = """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)"""
FILLED = (
    "corpus_article", "corpus_raw", "corpus_document", "corpus_segment", "annotations_assignment", "registry_entity",
    "annotations_event", "annotations_span", "annotations_figure", "annotations_argument", "annotations_link", "annotations_change",
    "annotations_claim", "registry_relation",
)  # fmt: skip
LOG = """INSERT INTO annotations_change (id, assignment_id, revision, position, op, kind, object_id, after, digest, user_id, at)
    SELECT gen_random_uuid(), m.assignment_id, 1, row_number() OVER (PARTITION BY m.assignment_id ORDER BY m.start) - 1, 'create', 'span',
        m.id, jsonb_build_object('id', m.id, 'key', '', 'layer', y.code, 'label', l.code, 'start', m.start, 'end', m."end",
            'quote', m.quote, 'discontinuous', false, 'fragments', jsonb_build_array(jsonb_build_object('start', m.start, 'end', m."end",
            'quote', m.quote)), 'event', m.event_id, 'revision', 1, 'attributes', CASE m.kind WHEN 'actor' THEN jsonb_build_object(
            'mention_type', m.mention_type, 'entity', m.entity_id) ELSE '{}' END), '', a.annotator_id, a.created
    FROM annotations_span m JOIN annotations_label l ON l.id = m.label_id JOIN annotations_layer y ON y.id = l.layer_id
    JOIN annotations_assignment a ON a.id = m.assignment_id JOIN corpus_document d ON d.id = a.document_id
    WHERE d.corpus_id = %(corpus)s"""
TABLES = """
CREATE TEMP TABLE master (n int, text text);
CREATE TEMP TABLE mark (n int, place int, slot text, first int, last int, quote text);
CREATE TEMP TABLE made (article int, n int, text text, document uuid, work uuid)"""


def key(kind: str, place: str = "k.place") -> str:
    """The id of a thing follows from where it is, so that others can point at it."""
    return f"md5(d.work::text || '{kind}' || ({place})::text)::uuid"


MARKS = "made d JOIN mark k ON k.n = d.n"
LABEL = """(SELECT l.id FROM annotations_label l JOIN annotations_layer y ON y.id = l.layer_id
    WHERE y.scheme_id = %(scheme)s AND y.code = '{}' AND l.code = '{}')"""
LABELS = " ".join(f"WHEN '{slot}' THEN {LABEL.format(*named)}" for slot, named in MARKED.items())
ENTITY = "md5(%(slug)s || '/entity/' || k.quote || SPREAD)::uuid"
FIGURE_WORDS = dict.fromkeys(plain(FigureAttributes, WORD), "") | {"comparator": "eq", "statistic": "total", "use": "count"}
STATEMENTS = (
    """INSERT INTO made SELECT a, a %% %(masters)s, m.text || E'\n\nThis is article ' || a || '.',
        md5(%(slug)s || '/document/' || a)::uuid, md5(%(slug)s || '/assignment/' || a)::uuid
    FROM generate_series(1, %(articles)s) a JOIN master m ON m.n = a %% %(masters)s""",
    """INSERT INTO corpus_article (id, key, title, url, url_basis, source_file, language, published_edtf, published_earliest,
        published_latest, published_basis, practice, created, corpus_id, copy_decided, outlet_basis, claimed_url, claimed_outlet, claimed_by)
    SELECT md5(document::text)::uuid, '', 'Synthetic article ' || article, 'https://news.example/' || %(slug)s || '/' || article, '', '', 'en', '2017-09-04',
        '2017-09-04', '2017-09-04', 'stated', false, now() + article * interval '1 millisecond', %(corpus)s, false, '', '', '', ''
    FROM made""",
    """INSERT INTO corpus_raw (sha256, storage, content, corpus_id)
    SELECT encode(sha256(convert_to(text, 'UTF8')), 'hex'), 'row', convert_to(text, 'UTF8'), %(corpus)s FROM made""",
    """INSERT INTO corpus_document (id, version, text, sha256, raw_length, encoding, encoding_basis, source_map, extractor,
        extractor_version, retrieved, retrieved_from, article_id, corpus_id, raw_id)
    SELECT d.document, 1, d.text, r.sha256, length(d.text), 'utf-8', '', jsonb_build_array(jsonb_build_object('clean_start', 0,
        'clean_end', length(d.text), 'raw_start', 0, 'raw_end', length(d.text), 'op', 'copy')), 'text', '1', now(), '',
        md5(d.document::text)::uuid, %(corpus)s, r.id
    FROM made d JOIN corpus_raw r ON r.corpus_id = %(corpus)s AND r.sha256 = encode(sha256(convert_to(d.text, 'UTF8')), 'hex')""",
    """INSERT INTO corpus_segment (position, code, kind, start, "end", document_id)
    SELECT 0, 'p1', 'paragraph', 0, length(text), document FROM made""",
    """INSERT INTO annotations_assignment (id, role, status, revision, created, suggesting, annotator_id, document_id, scheme_id)
    SELECT work, 'annotation', 'open', 1, now(), true, %(annotator)s, document, %(scheme)s FROM made""",
    f"""INSERT INTO registry_entity (id, key, type, name, countries, reference, anonymous, screening, note, revision, corpus_id)
    SELECT DISTINCT {ENTITY}, '', 'GROUP', k.quote || ' ' || SPREAD, '{{}}'::text[], 'specific', false, 'not_screened', '', 1, %(corpus)s::bigint
    FROM {MARKS} WHERE k.slot = 'A'""",
    f"""INSERT INTO annotations_event (id, key, status, polarity, certainty, attributes, has_time, time_basis, time_note, note, read,
        revision, assignment_id, label_id)
    SELECT {key("event")}, '', 'happened', 'positive', 'certain', '{{}}', false, '', '', '', '{{}}', 1, d.work, {LABEL.format("EVENT", "REPATRIATE")}
    FROM {MARKS} WHERE k.slot = 'E'""",
    f"""INSERT INTO annotations_span (id, key, kind, fragments, quote, mention_type, extra, revision, assignment_id, entity_id, event_id, label_id)
    SELECT {key("span")}, '', CASE k.slot WHEN 'A' THEN 'actor' WHEN 'E' THEN 'event' ELSE 'figure' END, ARRAY[ARRAY[k.first, k.last]], k.quote,
        CASE k.slot WHEN 'A' THEN 'NAM' ELSE '' END, '{{}}', 1, d.work, CASE k.slot WHEN 'A' THEN {ENTITY} END,
        CASE k.slot WHEN 'E' THEN {key("event")} END, CASE k.slot {LABELS} END
    FROM {MARKS}""",
    f"""INSERT INTO annotations_figure (span_id, low, high, approximate, vague, {", ".join(FIGURE_WORDS)}, assignment_id)
    SELECT {key("span")}, regexp_replace(k.quote, '[^0-9]', '', 'g')::numeric, regexp_replace(k.quote, '[^0-9]', '', 'g')::numeric,
        false, false, {", ".join(f"'{word}'" for word in FIGURE_WORDS.values())}, d.work
    FROM {MARKS} WHERE k.slot = 'F'""",
    f"""INSERT INTO annotations_argument (position, event_id, assignment_id, role_id, span_id)
    SELECT 0, {key("event")}, d.work, (SELECT r.id FROM annotations_role r JOIN annotations_label l ON l.id = r.label_id
        JOIN annotations_layer y ON y.id = l.layer_id WHERE y.scheme_id = %(scheme)s AND l.code = 'REPATRIATE' AND r.code = 'people'),
        (SELECT md5(d.work::text || 'span' || f.place::text)::uuid FROM mark f WHERE f.n = k.n AND f.slot = 'A' ORDER BY f.place LIMIT 1)
    FROM {MARKS} WHERE k.slot = 'E'""",
    f"""INSERT INTO annotations_link (id, type, revision, assignment_id, source_span_id, target_span_id)
    SELECT {key("link")}, 'part_of', 1, d.work, {key("span")}, {key("span", "k.next")}
    FROM made d JOIN (SELECT n, place, lead(place) OVER figures AS next, row_number() OVER figures AS nth FROM mark WHERE slot = 'F'
        WINDOW figures AS (PARTITION BY n ORDER BY place)) k ON k.n = d.n WHERE k.next IS NOT NULL AND k.nth <= {RELATIONS}""",
    "ANALYZE",
)
