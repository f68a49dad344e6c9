import sys

import pytest
from django.core.management import CommandError, call_command

from benchmarks.crawls import write_crawl
from lake.files.folder import LakeFolder
from lake.read import inputs
from lake.read.places import InputFile


@pytest.fixture
def folder(tmp_path):
    write_crawl(tmp_path / "crawls", 4)
    return tmp_path


def lake(folder, *arguments):
    call_command("lake", *arguments, "--lake", str(folder / "lake"))


def test_pages_are_read_and_counted(folder, capsys):
    (folder / "crawls" / "empty.html").write_text("<html></html>")
    lake(folder, "read", str(folder / "crawls"), "--processes", "1")
    assert capsys.readouterr().out == "4 pages, 1 unread\n"
    lake(folder, "read", str(folder / "crawls"), "--processes", "1")
    assert capsys.readouterr().out == "2 inputs were read by an earlier run\nNothing to read.\n"


def test_the_folder_may_be_set_in_the_environment(folder, settings, capsys):
    settings.LAKE = str(folder / "other")
    call_command("lake", "read", str(folder / "crawls"), "--processes", "1")
    assert (folder / "other" / "runs").is_dir()


def test_without_a_folder_it_says_how_to_name_one(folder, settings):
    settings.LAKE = None
    with pytest.raises(CommandError, match="Name the lake with --lake"):
        call_command("lake", "read", str(folder / "crawls"))


def test_an_input_that_fails_is_named_and_the_others_are_read(folder, capsys, monkeypatch):
    (folder / "crawls" / "note.txt").write_text("A note on three hundred workers abroad.")
    monkeypatch.setattr("lake.read.inputs.FILES", 1)
    files = inputs.input_files
    broken = InputFile(str(folder / "gone.txt"), "gone.txt", 0)
    monkeypatch.setattr(inputs, "input_files", lambda sources: [*files(sources), broken])
    with pytest.raises(CommandError, match=r"^gone.txt: FileNotFoundError(.*\n)+Run the same command again"):
        lake(folder, "read", str(folder / "crawls"), "--processes", "1")
    assert capsys.readouterr().out == "5 pages, 0 unread\n"


def test_a_path_that_is_not_there_is_named(folder):
    with pytest.raises(CommandError, match="nowhere: no such file or folder"):
        lake(folder, "read", str(folder / "nowhere"))


@pytest.mark.parametrize("library", ["pyarrow.parquet", "duckdb", "ahocorasick_rs"])
def test_without_a_library_it_says_how_to_get_it_before_anything_is_read(folder, monkeypatch, library):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(
        CommandError, match=rf"needs {library.partition('.')[0]}, which is not installed: .*requirements/lake\.txt"
    ):
        lake(folder, "read", str(folder / "crawls"))
    assert not (folder / "lake").exists()


def test_a_lake_that_is_written_to_is_waited_for(folder):
    with LakeFolder(folder / "lake").writer(), pytest.raises(CommandError, match="another command is writing to this lake"):
        lake(folder, "read", str(folder / "crawls"))
