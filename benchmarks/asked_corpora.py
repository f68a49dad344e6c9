"""Corpora to ask questions of: those of `benchmarks.filling` with who says what, when and where; and short texts to find words in."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import batched
from typing import Any

from django.db import connection, transaction

from benchmarks.filling import STATEMENTS, TABLES, fill, unchecked

PROVINCES, TOWNS = 15, 100  # of the one country
RARE_ARTICLES = 60  # have the rare word
WORDS_EACH, VOCABULARY = 45, 5_000
SEED = 7
# What is put into so many of the short texts. The CJK words stand in a sentence without spaces.
PLANTED = {
    "workers": 0.5,
    "repatriated": 0.05,
    "repatriation": 0.05,
    "were sent home": 0.05,
    "朝鲜工人被遣返回国。": 0.2,
}
SYLLABLES = ("ba", "co", "di", "fu", "ga", "he", "ki", "lo", "mu", "na", "po", "ri", "sa", "te", "vo", "zu")


def marked_corpus(slug: str, articles: int, annotator: Any, scheme: Any) -> Any:
    """Submitted readings with two types of events, their days, places, actors and figures, and with claims; one event of 50 is linked."""
    corpus = fill(slug, articles, annotator, scheme)
    with transaction.atomic(), unchecked() as cursor:
        values = {"corpus": corpus.pk, "slug": slug, "annotator": annotator.pk, "provinces": PROVINCES, "towns": TOWNS}
        for statement in SAID:
            cursor.execute(statement, values)
    return corpus


@transaction.atomic
def short_texts(slug: str, articles: int) -> Any:
    """Articles of 45 words whose words are not indexed yet."""
    from corpus.db.running_counts import ARTICLES, recount
    from corpus.models import Corpus

    corpus = Corpus.objects.create(slug=slug, name=f"{articles} short articles")
    values = {"corpus": corpus.pk, "slug": slug}
    with unchecked() as cursor:
        cursor.execute(TABLES)
        for rows in batched(enumerate(texts(articles), 1), 5_000):
            numbers, written = zip(*rows, strict=True)
            cursor.execute(MADE, values | {"numbers": list(numbers), "texts": list(written)})
        for statement in STATEMENTS[1:5]:
            cursor.execute(statement, values)
        cursor.execute("DROP TABLE master, mark, made")
        cursor.execute(
            "INSERT INTO corpus_unindexedarticle (article_id, corpus_id) SELECT id, corpus_id FROM corpus_article"
            " WHERE corpus_id = %(corpus)s",
            values,
        )
    recount([ARTICLES])
    return corpus


def texts(articles: int) -> Iterator[str]:
    """Few words are in most of them, most words in few; one word is in 60."""
    chance = random.Random(SEED)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(VOCABULARY)]
    weights = [1 / (rank + 10) for rank in range(VOCABULARY)]
    for number in range(articles):
        chosen = chance.choices(words, weights, k=WORDS_EACH)
        planted = [each for each, share in PLANTED.items() if chance.random() < share]
        if number % max(1, articles // RARE_ARTICLES) == 0:
            planted.append("zymurgy")
        for each in planted:
            chosen.insert(chance.randrange(len(chosen)), each)
        yield " ".join(chosen) + f" {number}."


def analyse() -> None:
    """What PostgreSQL does by itself after a while."""
    connection.close()  # what it has planned so far, it has planned for another size
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")
    connection.close()


MADE = """INSERT INTO made SELECT number, 0, text, md5(%(slug)s || '/document/' || number)::uuid, NULL
    FROM unnest(%(numbers)s::int[], %(texts)s::text[]) given(number, text)"""
OWN = "annotations_assignment a JOIN corpus_document d ON d.id = a.document_id AND d.corpus_id = %(corpus)s"
CHANCE = "abs(hashtext(e.id::text))"
EVENTS = f"(SELECT e.*, {CHANCE} AS chance FROM annotations_event e JOIN {OWN} ON a.id = e.assignment_id) e"
LABEL = """(SELECT l.id FROM annotations_label l JOIN annotations_layer y ON y.id = l.layer_id
    WHERE l.code = '{}' AND y.scheme_id = (SELECT max(scheme_id) FROM annotations_assignment a JOIN corpus_document d
        ON d.id = a.document_id WHERE d.corpus_id = %(corpus)s))"""
DISPATCH = LABEL.format("DISPATCH")
GROUPS = "(SELECT array_agg(id ORDER BY id) AS ids FROM registry_entity WHERE corpus_id = %(corpus)s AND type = 'GROUP') g"
TERRITORY = "md5(%(slug)s || '/territory/' || {})::uuid"
PROVINCE, TOWN = TERRITORY.format("'province ' || n"), TERRITORY.format("'town ' || n")
A_TOWN = TERRITORY.format("'town ' || e.chance / 7 %% (%(provinces)s * %(towns)s)")
ENTITY = """INSERT INTO registry_entity (id, key, type, name, countries, reference, anonymous, screening, note, revision, corpus_id)
    SELECT {id}, '', 'TERRITORY', {name}, '{{}}'::text[], 'specific', false, 'not_screened', '', 1, %(corpus)s
    FROM generate_series(0, {last}) n"""
LIES_IN = """INSERT INTO registry_relation (id, corpus_id, source_id, target_id, type, basis, note, revision)
    SELECT gen_random_uuid(), %(corpus)s, {one}, {other}, 'located_in', 'stated', '', 1 FROM generate_series(0, {last}) n"""
FILLS = (
    """INSERT INTO annotations_argument (position, event_id, assignment_id, role_id, {column})
    SELECT {position}, e.id, e.assignment_id, r.id, {filler} FROM """
    + EVENTS
    + """
    JOIN annotations_role r ON r.label_id = e.label_id AND r.code IN ({roles}) {further} WHERE e.chance %% {share} > 0"""
)
LAST_PROVINCE, LAST_TOWN = "%(provinces)s - 1", "%(provinces)s * %(towns)s - 1"
SAID = (
    f"UPDATE annotations_assignment SET status = 'submitted', submitted = now() WHERE id IN (SELECT a.id FROM {OWN})",
    f"UPDATE annotations_figure SET use = 'reported' WHERE assignment_id IN (SELECT a.id FROM {OWN})",
    # Every fourth event is of another type, with its trigger and who fills its role.
    f"UPDATE annotations_event e SET label_id = {DISPATCH} FROM {OWN} WHERE a.id = e.assignment_id AND {CHANCE} %% 4 = 0",
    "UPDATE annotations_span s SET label_id = e.label_id FROM annotations_event e WHERE e.id = s.event_id AND s.label_id <> e.label_id",
    """UPDATE annotations_argument g SET role_id = r.id FROM annotations_event e, annotations_role r
    WHERE e.id = g.event_id AND r.label_id = e.label_id AND r.code = 'people' AND g.role_id <> r.id""",
    f"""UPDATE annotations_event e SET has_time = true, time_earliest = f.day, time_latest = f.day + f.chance %% 3, time_basis = 'stated',
        time_edtf = to_char(f.day, 'YYYY-MM-DD') || CASE WHEN f.chance %% 3 > 0 THEN to_char(f.day + f.chance %% 3, '/YYYY-MM-DD') ELSE '' END
    FROM (SELECT e.id, e.chance, date '2016-01-01' + e.chance / 11 %% 900 AS day FROM {EVENTS} WHERE e.chance %% 5 > 0) f WHERE f.id = e.id""",
    f"""UPDATE annotations_event e SET status = (ARRAY['happened', 'happened', 'happened', 'ongoing', 'expected', 'unrealised'])[1 + f.chance / 13 %% 6]
    FROM {EVENTS.removesuffix(" e")} f WHERE f.id = e.id""",
    ENTITY.format(id=TERRITORY.format("'country'"), name="'The country'", last="0"),
    ENTITY.format(id=PROVINCE, name="'Province ' || n", last=LAST_PROVINCE),
    ENTITY.format(id=TOWN, name="'Town ' || n", last=LAST_TOWN),
    LIES_IN.format(one=PROVINCE, other=TERRITORY.format("'country'"), last=LAST_PROVINCE),
    LIES_IN.format(one=TOWN, other=TERRITORY.format("'province ' || n / %(towns)s"), last=LAST_TOWN),
    FILLS.format(column="entity_id", position=1, filler=A_TOWN, roles="'origin'", further="", share=3),
    FILLS.format(
        column="entity_id", position=2, filler="g.ids[1 + e.chance / 17 %% cardinality(g.ids)]", roles="'agent', 'sender'",
        further=f"CROSS JOIN {GROUPS}", share=7,
    ),
    FILLS.format(
        column="span_id", position=3, filler="f.id", roles="'count'", share=4,
        further="""JOIN annotations_span t ON t.event_id = e.id CROSS JOIN LATERAL (SELECT s.id FROM annotations_span s
            WHERE s.assignment_id = e.assignment_id AND s.kind = 'figure' AND s.start > t.start ORDER BY s.start LIMIT 1) f""",
    ),
    # Each quarter of a text but the last is what somebody says.
    f"""INSERT INTO annotations_claim (id, key, source_basis, cue, content, quote, mode, modality, evidence, reliability, credibility,
        rating_note, note, read, revision, assignment_id, source_entity_id)
    SELECT gen_random_uuid(), '', 'stated', '{{}}', ARRAY[ARRAY[part.first, part.last]], substr(d.text, part.first + 1, part.last - part.first),
        'direct', 'asserted', 'testimony', (ARRAY['A', 'B', 'C', 'D'])[1 + c.chance %% 4], (ARRAY['1', '2', '3'])[1 + c.chance %% 3], '', '',
        '{{}}', 1, a.id, g.ids[1 + c.chance / 5 %% cardinality(g.ids)]
    FROM {OWN} CROSS JOIN generate_series(0, 2) n CROSS JOIN {GROUPS}
    CROSS JOIN LATERAL (SELECT n * length(d.text) / 4 AS first, (n + 1) * length(d.text) / 4 AS last) part
    CROSS JOIN LATERAL (SELECT abs(hashtext(a.id::text || n)) AS chance) c""",
    # Pairs in the order of their ids.
    f"""WITH pairs AS (SELECT id AS one, lead(id) OVER (ORDER BY id) AS other, row_number() OVER (ORDER BY id) AS number FROM {EVENTS}),
    linked AS (SELECT one, other FROM pairs WHERE number %% 100 = 0 AND other IS NOT NULL),
    judged AS (INSERT INTO questions_judgement (id, corpus_id, one, other, verdict, note, by_id)
        SELECT gen_random_uuid(), %(corpus)s, one, other, 'same', '', %(annotator)s FROM linked)
    INSERT INTO questions_linkedevent (event, linked) SELECT one, one FROM linked UNION ALL SELECT other, one FROM linked""",
)  # fmt: skip
