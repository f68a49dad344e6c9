"""What the section “Backups” of the deployment page says: a backup is made, everything is lost, and the backup brings it back."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from config.backups import archive
from config.backups import backup as backing_up
from config.backups import restore as restoring
from config.backups.backup import BackupError
from config.backups.contents import connect, contents, leading_to
from config.backups.objects import put_back
from config.environment import ROOT
from corpus.objects.folder import ObjectFolder

GUIDE = (ROOT / "docs" / "deployment.md").read_text()
WORKERS = "procrastinate_workers"  # their heartbeat goes on


HAS_PASSWORD = """
from django.contrib.auth import get_user_model
user = get_user_model().objects.get(username="annotator")
user.set_password("a long enough passphrase")
user.save()
"""
HAS_LARGE = """
from corpus.intake.ingest import ingest
from corpus.models import Corpus, Raw
ingest(Corpus.objects.create(slug="large", name="Large"), [("large.txt", b"A sentence of a long report.\\n" * 4000)], door="command")
print(Raw.objects.get(storage="object").sha256)
"""
LOGS_IN = """
from django.test import Client
client = Client(headers={"Host": "127.0.0.1"})
answer = client.post("/login/", {"username": "annotator", "password": "a long enough passphrase"})
print(answer.status_code, int("_auth_user_id" in client.session))
"""


def commands():
    """The commands of the section, as they are written there."""
    section = re.search(r"^## Backups$(.*?)^## ", GUIDE, re.MULTILINE | re.DOTALL)[1]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)[1]
    return [line.split() for line in block.splitlines()]


def manage(at, *arguments, **environment):
    command = [sys.executable, "manage.py", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env={**at.environment, **environment}, capture_output=True, text=True, check=False)


def everything(url):
    with connect(url) as connection:
        found = contents(connection)
    found["tables"].pop(WORKERS)
    return found


def written_in(file):
    """The same of a backup, as its manifest has it."""
    manifest = json.loads(archive.member(file, archive.MANIFEST))
    manifest["tables"].pop(WORKERS)
    return {name: manifest[name] for name in ("seal", "tables", "sequences", "triggers", "migrations")}


@pytest.fixture
def url(at):
    at.stop()
    return at.environment["DATABASE_URL"]


@pytest.fixture(scope="module")
def kept(at, tmp_path_factory):
    """A backup, made once, by the first command of the guide."""
    at.stop()
    at.manage("shell", "--no-imports", "-c", HAS_PASSWORD + HAS_LARGE)
    at.manage("check_integrity")  # it seals the log: the check at the end of a restore has nothing to add then
    file = tmp_path_factory.mktemp("backup") / "attest.backup"
    made = manage(at, *as_written(0, file))
    assert made.returncode == 0, made.stderr
    assert "is complete" in made.stdout
    assert "1 original file outside the database (116,000 bytes), 1 of them new" in made.stdout
    return file


def as_written(number, file):
    """A command of the guide, with a file of ours, and a folder for the originals beside it."""
    _, command, _, option, folder = commands()[number]
    return command, file, option, file.parent / folder


def objects_of(at):
    return Path(at.environment["OBJECTS"])


def databases(url):
    with psycopg.connect(leading_to(url, "postgres")) as connection:
        return sorted(name for (name,) in connection.execute("SELECT datname FROM pg_database"))


def lose_everything(url):
    with psycopg.connect(leading_to(url, "postgres"), autocommit=True) as connection:
        name = sql.Identifier(url.rpartition("@/")[2].partition("?")[0])
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))


def test_a_lost_installation_is_brought_back_by_the_commands_of_the_guide(at, url, kept):
    before = everything(url)
    assert before["triggers"]
    assert before["tables"]["annotations_span"][0] > 0
    lose_everything(url)
    shutil.rmtree(objects_of(at))
    restored = manage(at, *as_written(1, kept))
    assert restored.returncode == 0, restored.stderr
    assert "all tables match the backup" in restored.stdout
    assert "1 of them put back" in restored.stdout
    assert everything(url) == before
    assert "no fault" in at.manage("check_integrity", "--all")
    assert "302 1" in at.manage("shell", "--no-imports", "-c", LOGS_IN)


def test_an_empty_machine_has_the_key_of_the_backup(kept, tmp_path):
    """As the guide has it: nothing but the program and the file."""
    home = tmp_path / "home"
    home.mkdir()
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in ("SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS", "HTTPS_ONLY")
    }
    bare |= {"ATTEST_HOME": str(home)}
    try:
        done = subprocess.run(
            [sys.executable, "manage.py", *as_written(1, kept)], cwd=ROOT, env=bare, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "all tables match the backup" in done.stdout
        assert (home / "attest.env").read_bytes() == archive.member(kept, archive.ENVIRONMENT)
    finally:
        subprocess.run([sys.executable, "manage.py", "postgres", "stop"], cwd=ROOT, env=bare, check=False)


def test_a_backup_is_for_its_owner_and_holds_the_settings(kept):
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert b"SECRET_KEY=" in archive.member(kept, archive.ENVIRONMENT)
    assert {path.name for path in kept.parent.iterdir()} == {kept.name, "originals"}


def test_originals_that_are_nowhere_whole_are_named_and_the_rest_comes_back(at, url, kept, tmp_path):
    (original,) = (path for path in objects_of(at).rglob("*") if path.is_file())
    content = original.read_bytes()
    original.write_bytes(content[::-1])
    made = manage(at, "backup", tmp_path / "one", "--objects", tmp_path / "copies")
    assert (made.returncode, original.name in made.stderr, (tmp_path / "one").exists()) == (1, True, True), made.stderr
    original.unlink()
    restored = manage(at, "restore", "--replace", kept)
    assert (restored.returncode, original.name in restored.stderr) == (1, True), restored.stderr
    assert "all tables match" in restored.stdout
    original.write_bytes(content[::-1])
    with connect(url) as connection:
        copied = put_back(connection, ObjectFolder(kept.parent / "originals"), ObjectFolder(objects_of(at)))
    assert (copied.objects, copied.new, copied.lost) == (1, 1, ())
    assert original.read_bytes() == content


def test_the_newest_seal_is_in_it_and_has_to_be_part_of_what_is_restored(at, url, kept, tmp_path):
    before, file = everything(url), tmp_path / "other"
    manifest = json.loads(archive.member(kept, archive.MANIFEST))
    assert manifest["seal"] == before["seal"]
    assert manifest["seal"]
    remade(kept, file, seal="0" * 64)
    refused = manage(at, "restore", "--replace", file)
    assert (refused.returncode, "check_integrity failed" in refused.stderr) == (1, True), refused.stderr
    assert everything(url) == before


def test_secrets_are_left_out_on_demand_and_a_file_is_not_overwritten(at, url, tmp_path):
    file = tmp_path / "without"
    assert manage(at, "backup", "--without-secrets", file).returncode == 0
    assert archive.member(file, archive.ENVIRONMENT) is None
    before = file.read_bytes()
    again = manage(at, "backup", file)
    assert (again.returncode, file.read_bytes()) == (1, before)
    assert "--overwrite" in again.stderr


def test_a_database_that_is_not_empty_is_kept_unless_it_is_said_and_even_then(at, url, kept):
    before = everything(url)
    refused = manage(at, "restore", kept)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    with psycopg.connect(url) as busy:
        busy.execute("SELECT 1")
        company = manage(at, "restore", "--replace", kept)
    assert "1 other connections" in company.stderr
    assert everything(url) == before
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE auth_user SET first_name = 'changed since'")
    replaced = manage(at, "restore", "--replace", kept)
    assert replaced.returncode == 0, replaced.stderr
    former = re.search(r"renamed to (\w+)", replaced.stdout)[1]
    with psycopg.connect(leading_to(url, former)) as connection:
        assert connection.execute("SELECT DISTINCT first_name FROM auth_user").fetchall() == [("changed since",)]
    with psycopg.connect(leading_to(url, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(former)))


def cut(share):
    return lambda content: content[: int(len(content) * share)]


def flipped(share):
    def flip(content):
        at = int((len(content) - 1) * share)
        return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]

    return flip


BROKEN = {
    **{f"cut at {share}": cut(share) for share in (0, 0.001, 0.5, 0.999, 0.9999999)},
    **{f"flipped at {share}": flipped(share) for share in (0, 0.02, 0.5, 0.97, 1)},
    "another file": lambda content: b"PGDMP" + content,
    "longer": lambda content: content + b"\n",
}


@pytest.mark.parametrize("harm", BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_not_what_was_written_is_refused(kept, tmp_path, harm):
    file = tmp_path / "broken"
    file.write_bytes(harm(kept.read_bytes()))
    with pytest.raises(archive.BadBackup):
        archive.read(file)


def remade(kept, file, **changed):
    """The same backup with another manifest, as somebody may make who knows the format."""
    dump = file.with_name("dump")
    with archive.dump_of(kept) as pieces:
        dump.write_bytes(b"".join(pieces))
    manifest = json.loads(archive.member(kept, archive.MANIFEST))
    archive.write(file, manifest | changed, dump, None)


def test_nothing_is_touched_by_a_file_that_is_refused_or_does_not_restore(at, url, kept, tmp_path):
    before, names = everything(url), databases(url)
    tables = json.loads(archive.member(kept, archive.MANIFEST))["tables"]
    broken, newer, other = tmp_path / "broken", tmp_path / "newer", tmp_path / "other"
    broken.write_bytes(flipped(0.5)(kept.read_bytes()))
    remade(kept, newer, migrations=["corpus.9999_to_come"])
    remade(kept, other, tables={**tables, "auth_user": [0, "0 0"]})
    for file, words in [
        (broken, "was modified"), (newer, "corpus.9999_to_come"), (other, "table auth_user"), (tmp_path / "none", "No such file"),
    ]:  # fmt: skip
        refused = manage(at, "restore", "--replace", file)
        assert (refused.returncode, words in refused.stderr) == (1, True), refused.stderr
        assert everything(url) == before
        assert databases(url) == names


@pytest.fixture
def no_createdb(monkeypatch):
    monkeypatch.setattr(restoring, "MAY_CREATE", "SELECT false")


def test_a_role_that_may_make_no_database_restores_in_one_transaction(url, kept, no_createdb):
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE came_since (id int)")
        connection.execute("DELETE FROM django_session")
    restoring.restore(kept, url, replace=True, say=print)
    assert everything(url) == written_in(kept)


def test_that_transaction_is_not_committed_where_the_dump_ends_too_early(url, kept, no_createdb, tmp_path, monkeypatch):
    before = everything(url)
    dump, short = tmp_path / "dump", tmp_path / "short"
    with archive.dump_of(kept) as pieces:
        dump.write_bytes(cut(0.7)(b"".join(pieces)))
    archive.write(short, json.loads(archive.member(kept, archive.MANIFEST)), dump, None)
    with pytest.raises(BackupError):
        restoring.restore(short, url, replace=True, say=print)
    monkeypatch.setattr(restoring, "read_whole", lambda *arguments: None)  # what refuses it before
    with pytest.raises(BackupError):
        restoring.restore(short, url, replace=True, say=print)
    assert everything(url) == before


def test_no_file_is_left_where_a_backup_fails(at, url, tmp_path):
    failed = manage(at, "backup", tmp_path / "one", DATABASE_URL=leading_to(url, "not_there"))
    assert failed.returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_cannot_be_read_back_gets_no_name_and_leaves_the_former_one(url, kept, tmp_path, monkeypatch):
    file = tmp_path / "one"
    file.write_bytes(kept.read_bytes())

    def half_a_dump(*arguments):
        with archive.dump_of(kept) as pieces:
            arguments[-1].write_bytes(cut(0.5)(b"".join(pieces)))

    monkeypatch.setattr(backing_up, "pg_dump", half_a_dump)
    with pytest.raises(BackupError):
        backing_up.back_up(file, url, secrets=False, overwrite=True, say=print)
    assert file.read_bytes() == kept.read_bytes()
    assert list(tmp_path.iterdir()) == [file]
