"""Files of a lake that are missing or damaged: `lake check` names them, and what reads them says so."""

import re

import pytest
from django.core.management import CommandError, call_command

from lake.models import Lake
from tests import factories
from tests.lakes import small_lake


@pytest.fixture
def lake(tmp_path):
    return small_lake(tmp_path / "lake")


def act(lake, *arguments):
    call_command("lake", *arguments, "--lake", lake.address)


def pages_file(lake):
    (path,) = (lake.root / "pages").iterdir()
    return path


def damage(path):
    """The footer stays whole, so that only who reads rows meets it."""
    data = path.read_bytes()
    footer = int.from_bytes(data[-8:-4], "little") + 8
    path.write_bytes(data[:4] + bytes(len(data) - 4 - footer) + data[-footer:])


def test_whole_files_are_counted(db, lake, capsys):
    call_command("lake", "check", "--lake", lake.address, skip_checks=False)  # as from a shell
    files = [path for table in ("pages", "unread", "copies", "names") for path in (lake.root / table).iterdir()]
    assert capsys.readouterr().out == f"{len(files)} files are as they were written\n"


def test_a_missing_file_and_a_damaged_one_are_named(lake):
    damage(pages_file(lake))
    (names,) = (lake.root / "names").iterdir()
    names.unlink()
    with pytest.raises(CommandError) as error:
        act(lake, "check")
    first, second, remedy = str(error.value).splitlines()
    assert first == f"names/{names.name}: missing"
    assert re.fullmatch(rf"pages/{pages_file(lake).name}: its SHA-256 is \w{{64}}, and was \w{{64}} when it was written", second)
    assert remedy == "Restore these files from a backup, or read the crawls into a new lake."


@pytest.mark.parametrize("arguments", [("select", "SELECT sum(length(text)) FROM pages"), ("copies",)])
def test_a_command_that_meets_a_damaged_file_says_so(lake, arguments):
    damage(pages_file(lake))
    with pytest.raises(CommandError, match=r"`manage.py lake check` names each damaged file"):
        act(lake, *arguments)


def test_a_manifest_that_is_cut_is_named(lake):
    (manifest,) = (lake.root / "runs/read").iterdir()
    manifest.write_bytes(manifest.read_bytes()[:-9])
    with pytest.raises(CommandError, match=rf"runs/read/{manifest.name} is no JSON"):
        act(lake, "select", "SELECT 1")


@pytest.mark.django_db
def test_the_page_of_a_damaged_lake_says_so(lake, client):
    corpus, person = factories.corpus(), factories.user()
    factories.membership(corpus, person, "viewer")
    Lake.objects.create(slug="web", name="The web", folder=lake.address).corpora.add(corpus)
    client.force_login(person)
    damage(pages_file(lake))
    page = client.get("/lakes/web/?words=coal")
    assert page.status_code == 200
    assert b"The lake cannot be read now. Ask an administrator to restore it." in page.content


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("copies", "--memory", "abc"), "abc: write a size such as 8GB or 512MB"),
        (("screen", "--list", "UN", "--most", "0"), "0: write a whole number from 1 on"),
        (("screen", "--list", "UN", "--processes", "-1"), "-1: write a whole number from 1 on"),
    ],
)
def test_an_option_out_of_range_is_refused(lake, arguments, remedy):
    with pytest.raises(CommandError, match=remedy):
        act(lake, *arguments)


def test_a_file_that_does_not_become_whole_is_gone_again(lake, tmp_path):
    damage(pages_file(lake))
    with pytest.raises(CommandError, match="lake check"):
        act(lake, "select", "SELECT text FROM pages", "--out", str(tmp_path / "out.csv"))
    assert not (tmp_path / "out.csv").exists()
