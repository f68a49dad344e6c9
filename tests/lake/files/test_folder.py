from contextlib import suppress

import pytest

from lake.files.folder import LakeBusy, LakeFolder


@pytest.fixture
def lake(tmp_path):
    return LakeFolder(tmp_path / "lake")


def test_a_file_that_is_there_stays_as_it_is(lake):
    assert lake.put_json("runs/a.json", {"first": 1}) is True
    assert lake.put_json("runs/a.json", {"second": 2}) is False
    assert lake.read_json("runs/a.json") == {"first": 1}


def test_what_is_half_written_has_no_name(lake):
    with suppress(OSError), lake.scratch() as path:
        path.write_text("half")
        raise OSError
    assert [path for path in lake.root.rglob("*") if path.is_file()] == []


def test_the_next_command_clears_what_a_killed_one_has_left(lake):
    (lake.root / "tmp").mkdir(parents=True)
    (lake.root / "tmp" / "left").write_text("half")
    with lake.writer():
        assert not (lake.root / "tmp").exists()


def test_two_commands_do_not_write_at_once(lake):
    with lake.writer(), pytest.raises(LakeBusy, match="another command"), lake.writer():
        pass
    with lake.writer():
        pass


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "pages/../../outside"])
def test_no_name_leads_out_of_the_folder(lake, name):
    with pytest.raises(ValueError, match="no name in a lake"):
        lake.put_json(name, {})
