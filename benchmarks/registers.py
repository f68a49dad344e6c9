"""Screening: entities of a corpus against the names of a list, beside `token_sort_ratio` of rapidfuzz over every pair; offers in texts; a decision.

ENTITIES and NAMES in the environment: other numbers; `ENTITIES=10000 NAMES=100000` are those that the limits are meant for.
"""

from __future__ import annotations

import os
import random
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from itertools import batched
from typing import Any

from benchmarks.host import Host
from benchmarks.report import Row, single, times
from config.environment import ROOT

ENTITIES, NAMES = int(os.environ.get("ENTITIES", "1000")), int(os.environ.get("NAMES", "10000"))
FAMILIES = "Kim Pak Ri Choe Jong Kang Han Yun Jang Im O So Sin Kwon Hwang An Song Ryu Hong Jon".split()
SYLLABLES = "chol su yong ho mun kil song hui myong il nam jin hyok gwang un sok jun tae won gyu".split()
SECOND = "Trading Shipping Mining Textile Fishery Machinery Metals Chemical Electronics Construction Marine Energy".split()
FORMS = ["Corporation", "Co Ltd", "Company", "General Bureau", "LLC", "Group", ""]
SECONDS_FOR_ALL = 60.0  # 10,000 entities and 100,000 names


def measure(host: Host, rounds: int) -> Iterator[Row]:
    del host
    chance = random.Random(1)
    corpus, listed = made_corpus(chance), made_list(chance)
    yield from screened(corpus, listed)
    yield from difference(corpus, listed, chance)
    yield from one_entity(corpus, listed, rounds)
    yield from texts_with_offers(listed, rounds)
    yield from decided(corpus, rounds)


def some_words(count: int) -> list[str]:
    """Invented words that can be said: real lists have far more of them than anybody would write down here."""
    chance = random.Random(2)
    parts = [
        f"{consonant}{vowel}{end}" for consonant in "bdfghklmnprstvz" for vowel in "aeiou" for end in ("", "n", "r", "s", "l")
    ]
    return ["".join(chance.choices(parts, k=chance.choice((2, 2, 3)))).capitalize() for _ in range(count)]


WORDS = some_words(6_000)


def a_name(chance: random.Random) -> tuple[str, str]:
    """A name and its kind: a tenth Korean persons, four tenths other persons, the rest bodies."""
    share = chance.random()
    if share < 0.1:
        return f"{chance.choice(FAMILIES)} {''.join(chance.sample(SYLLABLES, 2)).capitalize()}", "person"
    if share < 0.5:
        return " ".join(chance.sample(WORDS, chance.choice((2, 2, 3)))), "person"
    number = chance.choice(["", "", "", "", str(chance.randrange(2, 99))])
    words = [*chance.sample(WORDS, chance.choice((1, 2))), chance.choice(SECOND), number, chance.choice(FORMS)]
    return " ".join(word for word in words if word), "body"


def made_corpus(chance: random.Random) -> Any:
    from corpus.models import Corpus
    from registry.models import Entity

    corpus, _ = Corpus.objects.get_or_create(slug=f"registers-{ENTITIES}", defaults={"name": "Registers"})
    names = [a_name(chance) for _ in range(ENTITIES)]
    types = {"person": "PERSON", "body": "COMPANY"}
    Entity.objects.bulk_create(Entity(corpus=corpus, name=name, type=types[kind]) for name, kind in names)
    return corpus


def made_list(chance: random.Random) -> Any:
    from registry.models import ListVersion, SanctionsList

    listed = SanctionsList.objects.create(code=f"BENCH-{uuid.uuid4().hex[:8]}", name="Invented")
    version = next_version(listed, 1)
    add_entries(version, [a_name(chance) for _ in range(NAMES)], 0)
    ListVersion.objects.filter(pk=version.pk).update(state="current")
    return listed


def next_version(listed: Any, number: int) -> Any:
    from registry.models import ListFile, ListVersion

    content = f"{listed.code} {number}".encode()
    file = ListFile.objects.create(list=listed, content=content, sha256=sha256(content).hexdigest(), size=len(content))
    return ListVersion.objects.create(list=listed, number=number, file=file, published=date(2024, 5, 15), state="loading")


def add_entries(version: Any, names: list[tuple[str, str]], first: int) -> None:
    from django.db import connection, transaction

    from registry.list_versions import name_keys
    from registry.list_versions.load import PATIENT
    from registry.list_versions.rows import AT_ONCE, add
    from registry.lists.record import EntryRecord, NameRecord
    from registry.models import ListEntry

    records = [
        EntryRecord(f"B-{first + number}", kind, (NameRecord(name, "primary"),)) for number, (name, kind) in enumerate(names)
    ]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(PATIENT)
        for some in batched(records, AT_ONCE):
            add(version, [(record, sha256(record.names[0].text.encode()).hexdigest()) for record in some])
        name_keys.add(version.list_id)
        entries = ListEntry.objects.filter(list=version.list, versions__startswith=version.number)
        entries.update(versions=(version.number, 99))  # they stand in the versions that come
    analyse_tables()


def analyse_tables() -> None:
    """As autovacuum does it by and by."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) registry_listednamekey, registry_listedname, registry_listentry, registry_entity")


# What is measured


def screened(corpus: Any, listed: Any) -> Iterator[Row]:
    from rapidfuzz.fuzz import token_sort_ratio

    from registry.models import Entity, ListedName, ScreenedBy

    ours = [name.casefold() for name in Entity.objects.filter(corpus=corpus).values_list("name", flat=True)]
    theirs = [name.casefold() for name in ListedName.objects.filter(entry__list=listed).values_list("text", flat=True)]
    sample = ours[:20]
    brute = timed(lambda: [token_sort_ratio(name, other) for name in sample for other in theirs]) * len(ours) / len(sample)
    ScreenedBy.objects.get_or_create(corpus=corpus, list=listed)
    processor = time.process_time()
    took = run_all(corpus)
    processor = time.process_time() - processor
    limit = SECONDS_FOR_ALL if (ENTITIES, NAMES) == (10_000, 100_000) else None
    yield single(f"screen {ENTITIES:,} entities × {NAMES:,} names", took, "s", limit=limit, yardstick=brute)
    yield single("  processor time of the worker", processor, "s", yardstick=brute)
    yield single("  keys in the database", size_of_keys(), "MB", limit=100.0 if NAMES == 100_000 else None)


def size_of_keys() -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('registry_listednamekey') / 1e6")
        return float(cursor.fetchone()[0])


def run_all(corpus: Any) -> float:
    from annotations.queries.listable import listable_types
    from registry.screening.run import begin, take_turn

    types = listable_types(corpus)
    run = begin(corpus, "person", types)
    began = time.perf_counter()
    while not take_turn(run, types):
        pass
    return time.perf_counter() - began


def difference(corpus: Any, listed: Any, chance: random.Random) -> Iterator[Row]:
    """38 entries more, 181 gone, 44 with other names."""
    from registry.models import ListEntry, ListVersion

    version = next_version(listed, 2)
    entries = list(ListEntry.objects.filter(list=listed).order_by("pk")[:225])
    ListEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(versions=(1, 2))
    add_entries(version, [a_name(chance) for _ in range(38)], NAMES)
    add_entries(version, [a_name(chance) for _ in range(44)], 181)
    ListVersion.objects.filter(list=listed, number=1).update(state="past")
    ListVersion.objects.filter(pk=version.pk).update(state="current")
    yield single("  again after +38 −181 ~44", run_all(corpus), "s", limit=3.0 if ENTITIES <= 10_000 else None)


def one_entity(corpus: Any, listed: Any, rounds: int) -> Iterator[Row]:
    from registry.models import Entity
    from registry.screening.lookup import current_scopes
    from registry.screening.match import entry_matches
    from registry.screening.subjects import subject_of

    scopes = current_scopes([listed.pk])
    entities = Entity.objects.filter(corpus=corpus).prefetch_related("names", "identifiers")[: max(20, rounds // 4)]
    subjects = [subject_of(each) for each in entities]
    took = [timed(lambda each=each: entry_matches([each], scopes, 72)) for each in subjects]
    yield times("one entity", took, limit=20)


def texts_with_offers(listed: Any, rounds: int) -> Iterator[Row]:
    from registry.screening.lookup import current_scopes
    from registry.screening.texts import offers

    scopes = current_scopes([listed.pk])
    article = (ROOT / "domain" / "gold_seed.txt").read_text("utf-8")
    long = (article + "\n\n") * (100_000 // len(article) + 1)
    for name, text, limit, count in (
        ("offers in the seed article", article, 15, 20),
        ("  in 100,000 characters", long[:100_000], 200, 5),
    ):
        took = [timed(lambda text=text: offers(text, scopes)) for _ in range(min(rounds, count))]
        yield times(name, took, limit=limit)


def decided(corpus: Any, rounds: int) -> Iterator[Row]:
    from annotations.write.decide_candidate import decide_candidate
    from benchmarks.growth import somebody
    from corpus.models import Membership
    from registry.models import ListCandidate

    person, _ = somebody()
    Membership.objects.get_or_create(corpus=corpus, user=person, defaults={"role": "reviewer"})
    rows = ListCandidate.objects.filter(entity__corpus=corpus, state="open").select_related("entity__corpus", "list")
    took = []
    for row in rows[: min(rounds, 100)]:
        row.entity.refresh_from_db(fields=["revision"])
        body = {"id": str(uuid.uuid4()), "match": "rejected", "entry": row.entry_digest}
        took.append(timed(lambda row=row, body=body: decide_candidate(row, person, body, "api")))
    if took:
        yield times("a decision", took, limit=8)


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
