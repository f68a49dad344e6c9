"""A seal that was kept elsewhere says whether what it covers still stands, even where all hashes were made anew."""

import re
import threading
import time
from importlib import import_module

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, connections, transaction
from procrastinate.contrib.django import app

from annotations.queries.integrity import faults
from annotations.write.apply import apply_changes
from corpus.models import EvidenceLog, Seal
from corpus.seals import seal, unsealed
from tests import factories
from tests.annotations.conftest import change, new
from tests.annotations.queries.test_planted_changes import lines, plant

pytestmark = pytest.mark.django_db

# What somebody does who owns the database: the log is changed, and every hash of its chains made anew.
FORGED = """
UPDATE annotations_change SET after = jsonb_set(after, '{text}', '"Nobody."') WHERE revision = 1;
UPDATE annotations_note SET text = 'Nobody.';
UPDATE corpus_evidencelog e SET state = jsonb_set(e.state, '{sha256}', to_jsonb(b.digest)) FROM (
    SELECT assignment_id, revision, encode(sha256(string_agg(attest_change(id, position, op, kind, object_id, digest, user_id, number,
        at, before, after), ''::bytea ORDER BY position)), 'hex') AS digest FROM annotations_change GROUP BY 1, 2) b
WHERE e.chain = 'assignment/' || b.assignment_id AND e.kind = 'changes' AND e.state ->> 'revision' = b.revision::text;
UPDATE corpus_evidencelog e SET hash = l.hash FROM (
    SELECT number, attest_chain(attest_entry(chain, position, kind, op, at, state)) OVER (PARTITION BY chain ORDER BY position) AS hash
    FROM corpus_evidencelog) l WHERE l.number = e.number;
"""


@pytest.fixture
def note(write):
    return write(("create", "note", {"id": new(), "text": "The year is inferred."})).changes[0]["object"]


def disable(*tables):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def test_a_seal_covers_what_was_recorded_since_the_last_one(note):
    first = seal()
    assert (first.number, first.entries, unsealed()) == (1, EvidenceLog.objects.count(), 0)
    assert seal() is None
    factories.article(factories.corpus())
    assert unsealed() == 1
    second = seal()
    assert (second.number, second.entries) == (2, 1)
    assert list(faults()) == []


def test_the_command_prints_the_seal_and_knows_it_again(note, write, capsys):
    call_command("check_integrity")
    digest = re.search(r"Seal 1 of .*: ([0-9a-f]{64})", capsys.readouterr().out)[1]
    write(("create", "note", {"id": new(), "text": "Another one."}))
    call_command("check_integrity", seal=digest)
    assert "no fault" in capsys.readouterr().out
    with pytest.raises(CommandError, match="1 faults: 1 seal"):
        call_command("check_integrity", seal="0" * 64)


def test_a_log_whose_chains_were_made_anew_no_longer_fits_its_seal(note, capsys):
    kept = seal().hash
    plant(FORGED, past_guards=True)
    found = lines(capsys)
    assert re.fullmatch(r"seal 1 of .*: its hash does not match what it covers: .*\n", found)
    assert lines(capsys, seal=kept) == found


def test_where_the_seals_were_made_anew_too_the_kept_one_is_missed(note, capsys):
    kept = seal().hash
    disable("corpus_seal")
    plant(FORGED + "DELETE FROM corpus_seal", past_guards=True)
    call_command("check_integrity")  # nothing in the database tells it any more
    assert f"seal {kept}: is not a seal of this history" in lines(capsys, seal=kept)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("DELETE FROM corpus_evidencelog WHERE kind = 'changes'", "entries, but states"),
        ("UPDATE corpus_seal SET at = at - interval '1 day'", "its hash does not match what it covers"),
        ("DELETE FROM corpus_seal WHERE number = 1", "the seal before it is missing"),
    ],
)
def test_what_is_taken_from_the_seals_or_from_under_them_is_found(sql, said, note, capsys):
    seal()
    factories.article(factories.corpus())
    seal()
    disable("corpus_seal")
    plant(sql, past_guards=True)
    assert said in lines(capsys)


@pytest.mark.parametrize("sql", ["UPDATE corpus_seal SET upto = 0", "DELETE FROM corpus_evidencelog", "TRUNCATE corpus_seal"])
def test_the_database_refuses_to_change_them(sql, note):
    seal()
    with pytest.raises(Error, match="only grows"), transaction.atomic():
        plant(sql, past_guards=False)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_seal_and_it_leaves_out_what_is_still_being_written(document, assignment, annotator):
    """Two write, one after the other, and the one that began first ends last."""
    writing, sealed = threading.Event(), threading.Event()

    def slowly():
        with transaction.atomic():
            factories.article(document.corpus, "slow")
            writing.set()
            sealed.wait(300)
        connections.close_all()

    other = threading.Thread(target=slowly)
    other.start()
    writing.wait(300)
    began = time.monotonic()
    apply_changes(assignment, annotator, 0, [change("create", "note", {"id": new(), "text": "while it writes"})])
    first = seal()
    assert time.monotonic() - began < 200
    sealed.set()
    other.join()
    assert first is None or first.entries < EvidenceLog.objects.count() - 1
    assert seal() is not None
    assert (unsealed(), list(faults())) == (0, [])
    assert sum(Seal.objects.values_list("entries", flat=True)) == EvidenceLog.objects.count()


def test_an_export_carries_the_seal_and_check_export_shows_it(note, corpus, tmp_path, capsysbinary):
    kept = seal().hash
    call_command("export", corpus=corpus.slug, format="native", drafts=True, end=True)
    path = tmp_path / "marks.jsonl"
    path.write_bytes(capsysbinary.readouterr().out)
    call_command("check_export", str(path))
    assert f"seal {kept} of ".encode() in capsysbinary.readouterr().out


def test_the_worker_seals_every_minute(note):
    (found,) = [one for one in app.periodic_registry.periodic_tasks.values() if one.task.name == "seal"]
    assert found.cron == "* * * * *"
    found.task.func(timestamp=0)
    assert (Seal.objects.count(), unsealed()) == (1, 0)


def test_what_was_there_is_chained_by_the_migrations_and_said_to_be(note, write, capsys):
    """The log is thrown away, and the migrations that make it run once more on what is there."""
    write(("update", "note", {"id": note["id"], "text": "The year is stated."}))
    names = "corpus.migrations.0012_evidence_log registry.migrations.0004_recorded registry.migrations.0029_candidates_recorded"
    corpus, *registry, annotations = map(import_module, [*names.split(), "annotations.migrations.0010_chained"])
    again = [*corpus.RECORDED, *(pair for each in registry for pair in each.RECORDED), annotations.ASSIGNMENT]
    again.append((annotations.CHANGE + annotations.BEFORE + annotations.TRIGGER, annotations.UNDO))
    plant("DELETE FROM corpus_evidencelog", past_guards=True)
    with connection.cursor() as cursor:
        for forth, back in again:
            cursor.execute(back + forth)
    call_command("check_integrity")
    assert re.search(
        r"The evidence log starts at .* earlier changes cannot be checked\.\nSeal 1 of .*\nno faults\n", capsys.readouterr().out
    )
    write(("update", "note", {"id": note["id"], "text": "Somebody doubts it."}))
    assert list(faults()) == []
    plant("UPDATE annotations_change SET at = at - interval '1 day' WHERE revision = 1", past_guards=True)
    assert "revision 1 of" in lines(capsys)
