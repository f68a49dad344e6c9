"""Whoever loads a list, screens or decides is killed again and again: the old version serves or the new one whole, and all is done once."""

import subprocess
import sys

import psycopg
import pytest

from config.environment import ROOT

NAMES, KILLS = 60, 2
BEGUN = """
from django.contrib.auth import get_user_model
from registry.list_versions import load, submit
from registry.models import SanctionsList, ScreenedBy
from tests import factories
corpus = factories.corpus("killed")
factories.adopt(corpus)
factories.membership(corpus, get_user_model().objects.get(username="manager"), "manager")
killed = SanctionsList.objects.create(code="KILLED", name="Killed")
load.load(submit.submit(killed, b"K-0; Muster Handel; type: body"))
ScreenedBy.objects.create(corpus=corpus, list=killed)
"""
# Each act goes on where the one before was killed, and says after each step that it got on.
START = """
from config.start import prepare
prepare()
import django
django.setup()
def step():
    print("on", flush=True)
"""
LOADS = f"""
from registry.list_versions import load, rows, submit
from registry.models import ListVersion, SanctionsList
rows.AT_ONCE, load.got_on = 2, step
lines = "".join(f"K-{{number}}; Muster Handel {{number}}; type: body\\n" for number in range({NAMES}))
of = SanctionsList.objects.get(code="KILLED")
version = of.versions.filter(state="loading").first() or submit.submit(of, lines.encode())
load.load(version)
"""
SCREENS = f"""
from annotations.queries.listable import listable_types
from corpus.models import Corpus
from registry.models import Entity
from registry.screening import run
run.ENTITIES, run.got_on = 1, step
corpus = Corpus.objects.get(slug="killed")
if not Entity.objects.filter(corpus=corpus).exists():
    for number in range({NAMES}):
        Entity.objects.create(corpus=corpus, type="COMPANY", name=f"Muster Handel {{number}}")
types = listable_types(corpus)
begun = run.begin(corpus, "person", types)
while not run.take_turn(begun, types):
    pass
"""
DECIDES = """
import uuid
from django.contrib.auth import get_user_model
from annotations.write.decide_candidate import decide_candidate
from registry.models import ListCandidate
manager = get_user_model().objects.get(username="manager")
for row in ListCandidate.objects.filter(entity__corpus__slug="killed").select_related("entity__corpus", "list").order_by("pk"):
    id = uuid.uuid5(uuid.NAMESPACE_OID, str(row.pk))
    decide_candidate(row, manager, {"id": str(id), "match": "rejected", "entry": row.entry_digest}, "api")
    step()
"""
ENTRIES = """SELECT v.number, count(*) FROM registry_listversion v JOIN registry_sanctionslist l ON l.id = v.list_id AND l.code = 'KILLED'
    JOIN registry_listentry e ON e.list_id = l.id AND e.versions @> v.number::int WHERE v.state = 'current' GROUP BY v.number"""
SCREENED = """SELECT count(*), count(DISTINCT s.entity_id), (SELECT array_agg(done) FROM registry_screeningrun r WHERE r.corpus_id = c.id),
    (SELECT count(*) FROM registry_listcandidate o JOIN registry_entity e ON e.id = o.entity_id WHERE e.corpus_id = c.id)
    FROM registry_screened s JOIN registry_entity e ON e.id = s.entity_id JOIN corpus_corpus c ON c.id = e.corpus_id AND c.slug = 'killed'
    GROUP BY c.id"""
DECIDED = """SELECT (SELECT count(*) FROM registry_decision d WHERE d.corpus_id = c.id), count(*), count(DISTINCT o.entity_id)
    FROM registry_listlink o JOIN registry_entity e ON e.id = o.entity_id JOIN corpus_corpus c ON c.id = e.corpus_id AND c.slug = 'killed'
    GROUP BY c.id"""


@pytest.fixture(scope="module")
def killed(at):
    at.stop()
    at.manage("shell", "--no-imports", "-c", BEGUN)
    return at


def asked(at, query):
    with psycopg.connect(at.environment["DATABASE_URL"]) as connection:
        return connection.execute(query).fetchall()


def kill_some(at, act, steps):
    """It dies in the step that follows so many: by then it has not said that it is done."""
    for number in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", START + act], cwd=ROOT, env=at.environment, stdout=subprocess.PIPE
        ) as process:
            assert [process.stdout.readline() for _ in range(steps + number)] == [b"on\n"] * (steps + number)
            process.kill()
        yield


def whole(at, act):
    subprocess.run([sys.executable, "-c", START + act], cwd=ROOT, env=at.environment, check=True, stdout=subprocess.DEVNULL)


def test_a_list_that_is_loaded_serves_as_it_was_or_whole(killed):
    for _ in kill_some(killed, LOADS, 5):
        assert asked(killed, ENTRIES) == [(1, 1)]
    whole(killed, LOADS)
    assert asked(killed, ENTRIES) == [(2, NAMES)]
    assert "no fault" in killed.manage("check_integrity")


@pytest.fixture
def loaded(killed):
    """Another process may have run the test before this one."""
    if asked(killed, ENTRIES) == [(1, 1)]:
        whole(killed, LOADS)
    return killed


def test_each_entity_is_screened_once_and_each_candidate_decided_once(loaded):
    for _ in kill_some(loaded, SCREENS, 7):
        assert 0 < asked(loaded, SCREENED)[0][0] < NAMES
    whole(loaded, SCREENS)
    assert asked(loaded, SCREENED) == [(NAMES, NAMES, [NAMES], NAMES)]
    for _ in kill_some(loaded, DECIDES, 12):
        assert 0 < asked(loaded, DECIDED)[0][0] < NAMES
    whole(loaded, DECIDES)
    assert asked(loaded, DECIDED) == [(NAMES, NAMES, NAMES)]
    assert "no fault" in loaded.manage("check_integrity")
