import pytest
from django.core.management import CommandError, call_command

from benchmarks.crawls import PLANTED_NAMES, write_crawl
from tests import listed


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("screen")
    write_crawl(folder / "crawls", 30)
    call_command("lake", "read", str(folder / "crawls"), "--lake", str(folder / "lake"), "--processes", "1")
    return folder


def lake(folder, *arguments):
    call_command("lake", *arguments, "--lake", str(folder / "lake"))


def test_near_copies_are_counted(folder, capsys):
    lake(folder, "copies")
    assert capsys.readouterr().out == "3 texts are near-duplicates of another one\n"


@pytest.mark.django_db
def test_names_of_the_current_version_are_counted_and_a_new_version_is_screened_anew(folder, capsys):
    everyone = "\n".join(f"X{number}; {name}; type: body" for number, name in enumerate(PLANTED_NAMES))
    listed.version("X", everyone)
    lake(folder, "screen", "--list", "X", "--processes", "1")
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == "list X 1: 4 names, 2 passages in 1 parts of the lake"
    assert sum(int(line.split(": ")[1].split()[0]) for line in lines) == 2
    lake(folder, "screen", "--list", "X", "--by", "month")
    assert "1 parts were screened by an earlier run" in capsys.readouterr().out
    listed.version("X", "X9; Nobody Of This Crawl")
    lake(folder, "screen", "--list", "X", "--processes", "1")
    assert capsys.readouterr().out == "list X 2: 1 names, 0 passages in 1 parts of the lake\n"
    lake(folder, "screen", "--list", "X", "--number", "1", "--by", "outlet")
    assert "list X 1: 4 names, 2 passages" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_list_that_is_not_there_is_refused_with_those_that_are(folder):
    listed.version("X", "X9; Nobody Of This Crawl")
    with pytest.raises(CommandError, match=r"There is no list “Y”. Lists: X."):
        lake(folder, "screen", "--list", "Y")
    with pytest.raises(CommandError, match="The list X has no version 7"):
        lake(folder, "screen", "--list", "X", "--number", "7")
