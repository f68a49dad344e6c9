"""Large raw bytes outside the database: put before their row, compared whenever they are read, swept when no row names them."""

import os
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from annotations.queries.integrity import objects as integrity
from corpus.intake import ingest as intake
from corpus.models import Document, Raw
from corpus.objects import sweeping
from corpus.objects.folder import ObjectFolder, digest
from corpus.objects.raws import DamagedObject, bytes_of, key_of
from tests import factories

pytestmark = pytest.mark.django_db
LARGE = b"The ministry said that workers had been sent home, all of them and on one day.\n"
SMALL = b"A short text of few words.\n"
DAY = 86_400


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.OBJECTS, settings.OBJECTS_FROM = tmp_path, len(LARGE)
    return tmp_path


@pytest.fixture
def reports():
    return factories.corpus("reports")


def bring(corpus, *contents):
    intake.ingest(corpus, [(f"{number}.txt", content) for number, content in enumerate(contents)], door="api")
    return {raw.size: raw for raw in Raw.objects.filter(corpus=corpus)}


def path_of(folder, raw):
    return folder / key_of(raw.corpus_id, raw.sha256)


@pytest.fixture
def large(reports):
    return bring(reports, LARGE)[len(LARGE)]


@pytest.fixture
def person(large):
    person = factories.user("reader")
    factories.membership(large.corpus, person, "viewer")
    return person


@pytest.fixture
def fetch(client, large, person):
    client.force_login(person)

    def act(**headers):
        return client.get(f"/documents/{Document.objects.get().pk}/raw/", headers=headers)

    return act


def test_large_bytes_lie_in_the_folder_and_small_ones_in_their_row(reports, folder):
    raws = bring(reports, LARGE, SMALL)
    large, small = raws[len(LARGE)], raws[len(SMALL)]
    assert (large.storage, large.content, path_of(folder, large).read_bytes()) == ("object", None, LARGE)
    assert (small.storage, bytes(small.content), path_of(folder, small).exists()) == ("row", SMALL, False)
    assert [bytes_of(each) for each in (large, small)] == [LARGE, SMALL]
    assert bring(reports, LARGE, SMALL) == raws


def test_marks_bring_their_large_texts_too(reports, folder):
    from corpus.db.row_writer import Copies
    from corpus.intake.verbatim import ExistingTexts, VerbatimText
    from corpus.models import Intake

    text = VerbatimText(digest(LARGE), LARGE.decode())
    with transaction.atomic():
        texts, out = ExistingTexts(reports, [text], "text", factories.user()), Copies()
        texts.put(texts.find(text), text, out, Intake.objects.create(corpus=reports, door="api"))
        out.send()
    assert path_of(folder, Raw.objects.get()).read_bytes() == LARGE


def test_what_fails_after_the_put_leaves_an_object_and_no_row(reports, folder, monkeypatch):
    def broken(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(intake, "write", broken)
    with pytest.raises(KeyboardInterrupt):
        bring(reports, LARGE)
    assert not Raw.objects.exists()
    assert path_of(folder, Raw(corpus=reports, sha256=digest(LARGE))).exists()


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ({"storage": "row"}, "raw_in_one_place"),
        ({"storage": "object"}, "raw_in_one_place"),
        ({"storage": "object", "size": 7, "content": LARGE}, "raw_in_one_place"),
        ({"storage": "object", "size": 7, "sha256": "../../etc/passwd"}, "raw_in_one_place"),
        ({"storage": "elsewhere", "content": LARGE}, "raw_in_one_place"),
        ({"storage": "row", "size": 7, "content": LARGE}, "raw_size_is_of_content"),
        ({"storage": "row", "sha256": "0" * 64, "content": LARGE}, "raw_sha256_is_of_content"),
    ],
)
def test_the_database_holds_that_bytes_lie_in_one_place(reports, columns, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Raw.objects.create(**{"corpus": reports, "sha256": digest(LARGE)} | columns)


@pytest.mark.parametrize("key", ["raw/1/../2/" + "0" * 64, "raw/1/" + "0" * 63, "/etc/passwd", "raw/0/" + "0" * 64, ""])
def test_what_is_no_key_leads_nowhere(tmp_path, key):
    with pytest.raises(ValueError, match="no key of an object"):
        ObjectFolder(tmp_path).put(key, b"")


# Reading


@pytest.mark.parametrize(
    ("header", "status", "part", "content_range"),
    [
        ("", 200, LARGE, None),
        ("bytes=0-3", 206, LARGE[:4], f"bytes 0-3/{len(LARGE)}"),
        ("bytes=4-", 206, LARGE[4:], f"bytes 4-{len(LARGE) - 1}/{len(LARGE)}"),
        ("bytes=-4", 206, LARGE[-4:], f"bytes {len(LARGE) - 4}-{len(LARGE) - 1}/{len(LARGE)}"),
        ("bytes=-4000", 206, LARGE, f"bytes 0-{len(LARGE) - 1}/{len(LARGE)}"),
        ("bytes=9000-", 416, b"", f"bytes */{len(LARGE)}"),
        ("bytes=5-4", 416, b"", f"bytes */{len(LARGE)}"),
        ("bytes=-0", 416, b"", f"bytes */{len(LARGE)}"),
        ("bytes=0-1,3-4", 200, LARGE, None),
        ("bytes=-", 200, LARGE, None),
    ],
)
def test_a_range_is_sent(fetch, header, status, part, content_range):
    answer = fetch(range=header) if header else fetch()
    assert (answer.status_code, answer.content, answer.headers.get("Content-Range")) == (status, part, content_range)


def test_strangers_get_nothing(fetch, client):
    client.force_login(factories.user("stranger"))
    assert fetch().status_code == 404


def test_a_missing_or_changed_object_is_told_and_never_sent(fetch, large, folder):
    path = path_of(folder, large)
    path.write_bytes(LARGE.replace(b"home", b"away"))
    answer = fetch()
    assert answer.status_code == 500
    assert b"away" not in answer.content
    assert f"no longer has the SHA-256 {large.sha256}" in answer.content.decode()
    path.unlink()
    assert "cannot be read: No such file" in fetch().content.decode()
    with pytest.raises(DamagedObject, match="Restore raw/"):
        bytes_of(large)


def test_the_same_bytes_brought_again_repair_a_damaged_object(large, folder):
    path_of(folder, large).write_bytes(b"damaged")
    assert bytes_of(bring(factories.corpus("other"), LARGE)[len(LARGE)]) == LARGE
    ObjectFolder(folder).put(key_of(large.corpus_id, large.sha256), LARGE)
    assert bytes_of(large) == LARGE


def test_integrity_reads_objects(large, folder, monkeypatch):
    assert not list(integrity.faults())
    path_of(folder, large).unlink()
    assert ["cannot be read" in str(fault) for fault in integrity.faults(large.corpus)] == [True]
    assert not list(integrity.faults(factories.corpus("other")))
    monkeypatch.setattr(integrity, "SAMPLE", 0)
    assert not list(integrity.faults())
    assert len(list(integrity.faults(whole=True))) == 1


# Moving out of rows


@pytest.fixture
def old(reports, settings):
    """Stored when there were no objects."""
    settings.OBJECTS_FROM = 10**6
    raws = bring(reports, LARGE, SMALL)
    settings.OBJECTS_FROM = len(LARGE)
    return raws[len(LARGE)]


def test_large_bytes_leave_their_rows_and_are_the_same(old, folder, capsys):
    call_command("move_originals")
    assert f"1 original files moved to {folder}: {len(LARGE)} bytes" in capsys.readouterr().out
    old.refresh_from_db()
    assert (old.storage, old.content, old.size, bytes_of(old), path_of(folder, old).exists()) == (
        "object",
        None,
        len(LARGE),
        LARGE,
        True,
    )
    call_command("move_originals")
    assert "0 original files" in capsys.readouterr().out
    call_command("check_integrity", "--all")


def test_a_folder_that_takes_nothing_leaves_the_row_as_it_is(old, settings, tmp_path):
    settings.OBJECTS = tmp_path / "file"
    settings.OBJECTS.write_text("no folder")
    with pytest.raises(CommandError, match="What was moved before stays"):
        call_command("move_originals")
    old.refresh_from_db()
    assert bytes(old.content) == LARGE


@pytest.mark.parametrize(
    ("flag", "changed"),
    [
        ("", {"storage": "object", "content": None, "size": len(LARGE)}),
        ("on", {"storage": "object", "content": None, "size": 7}),
        ("on", {"sha256": "0" * 64, "storage": "object", "content": None, "size": len(LARGE)}),
        ("on", {"size": None}),
    ],
)
def test_nothing_else_of_a_raw_file_changes(old, flag, changed):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('attest.moves_bytes', %s, true)", [flag])
    with pytest.raises(IntegrityError, match="cannot be changed"), transaction.atomic():
        Raw.objects.filter(pk=old.pk).update(**changed)


# Sweeping


def aged(path, days):
    then = time.time() - days * DAY
    os.utime(path.with_name(path.name + ".orphan"), (then, then))


@pytest.fixture
def orphan(folder, reports):
    key = key_of(reports.pk, digest(SMALL))
    ObjectFolder(folder).put(key, SMALL)
    return folder / key


def test_an_orphan_goes_a_week_after_it_was_seen_and_what_a_row_names_stays(large, folder, orphan):
    assert sweeping.sweep() == (2, 1, 0)
    aged(orphan, 6.9)
    assert sweeping.sweep() == (2, 1, 0)
    aged(orphan, 7.1)
    assert sweeping.sweep() == (2, 1, 1)
    assert [path for path in folder.rglob("*") if path.is_file()] == [path_of(folder, large)]


def test_what_is_put_again_begins_anew(folder, orphan):
    sweeping.sweep()
    aged(orphan, 9)
    ObjectFolder(folder).put(orphan.relative_to(folder).as_posix(), SMALL)
    assert sweeping.sweep() == (1, 1, 0)
    assert orphan.read_bytes() == SMALL


def test_what_is_put_while_it_is_removed_stays(folder, orphan, monkeypatch):
    store, key = ObjectFolder(folder), orphan.relative_to(folder).as_posix()
    store.mark(key)
    rename = type(orphan).rename

    def meanwhile(path, target):
        store.put(key, SMALL)
        return rename(path, target)

    monkeypatch.setattr(type(orphan), "rename", meanwhile)
    assert not store.remove(key)
    assert orphan.read_bytes() == SMALL
    assert not orphan.with_name(orphan.name + ".taken").exists()


def test_the_command_counts(large, orphan, capsys):
    call_command("sweep_objects", days=0)
    assert capsys.readouterr().out.strip() == "2 objects, 1 without a row, 1 of them removed"
