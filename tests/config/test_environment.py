"""The environment is read strictly: a value is right, or the start ends with its name and what to write instead."""

import multiprocessing

import pytest

from config import environment as environment_module
from config.environment import (
    ROOT,
    BadEnvironment,
    data_folder,
    envbool,
    envint,
    envlist,
    envstr,
    load_installation,
    make_installation,
)


@pytest.fixture
def environment(monkeypatch):
    """Sets the variable PROBE."""
    monkeypatch.delenv("PROBE", raising=False)
    return lambda value: monkeypatch.setenv("PROBE", value)


def test_a_text_is_taken_without_the_spaces_around_it(environment):
    environment(" text ")
    assert envstr("PROBE") == "text"


@pytest.mark.parametrize("value", ["", "   "])
def test_an_empty_text_counts_as_not_set(environment, value):
    environment(value)
    assert envstr("PROBE", "default") == "default"


def test_a_missing_text_names_the_variable_and_the_remedy(environment):
    with pytest.raises(BadEnvironment, match=r"^PROBE is not set\. Do this\.$"):
        envstr("PROBE", remedy="Do this.")


@pytest.mark.parametrize(
    ("value", "meaning"), [("yes", True), ("On", True), ("1", True), ("no", False), ("FALSE", False), ("0", False)]
)
def test_yes_and_no_have_a_few_spellings(environment, value, meaning):
    environment(value)
    assert envbool("PROBE", default=not meaning) is meaning


def test_what_is_neither_yes_nor_no_is_refused(environment):
    environment("maybe")
    with pytest.raises(BadEnvironment, match="PROBE must be yes or no, not 'maybe'"):
        envbool("PROBE", default=False)


def test_a_whole_number_within_its_limits_is_taken(environment):
    environment("7")
    assert envint("PROBE", 1, least=7, most=7) == 7


@pytest.mark.parametrize("value", ["8", "-1", "1.5", "seven", "١", "0x7"])
def test_other_numbers_are_refused(environment, value):
    environment(value)
    with pytest.raises(BadEnvironment, match="PROBE must be a whole number from 0 to 7"):
        envint("PROBE", 1, most=7)


def test_a_list_has_no_empty_entries(environment):
    environment("one, two,,")
    assert envlist("PROBE") == ["one", "two"]


def test_the_installations_values_do_not_override_the_environment(environment, tmp_path):
    (tmp_path / "file").write_text("# a comment\n\nPROBE=file\n")
    environment("set")
    load_installation(tmp_path / "file")
    assert envstr("PROBE") == "set"


def test_the_installations_values_count_where_nothing_else_is_said(environment, monkeypatch, tmp_path):
    monkeypatch.setenv("PROBE", "")
    monkeypatch.delenv("PROBE")
    (tmp_path / "file").write_text("PROBE=a=b\n")
    load_installation(tmp_path / "file")
    assert envstr("PROBE") == "a=b"


def test_a_line_that_is_no_value_is_named(tmp_path):
    (tmp_path / "file").write_text("A_PROBE=1\nnonsense\n")
    with pytest.raises(BadEnvironment, match="line 2: expected NAME=VALUE"):
        load_installation(tmp_path / "file")


def test_without_a_file_there_is_nothing_to_load(tmp_path):
    load_installation(tmp_path / "none")


def test_two_installations_share_no_secret(tmp_path):
    for name in ("one", "two"):
        make_installation(tmp_path / name / "attest.env")
    first, second = ((tmp_path / name / "attest.env").read_text() for name in ("one", "two"))
    assert first.splitlines()[0].startswith("SECRET_KEY=")
    assert len(first.splitlines()[0]) > 60
    assert first.splitlines()[0] != second.splitlines()[0]


def test_only_its_owner_can_read_an_installations_secret(tmp_path):
    make_installation(tmp_path / "attest.env")
    assert (tmp_path / "attest.env").stat().st_mode & 0o777 == 0o600


def test_an_installation_keeps_its_secret(tmp_path):
    make_installation(tmp_path / "attest.env")
    before = (tmp_path / "attest.env").read_text()
    make_installation(tmp_path / "attest.env")
    assert (tmp_path / "attest.env").read_text() == before
    assert [path.name for path in tmp_path.iterdir()] == ["attest.env"]


def test_two_processes_at_the_same_moment_make_one_secret(tmp_path):
    context = multiprocessing.get_context("spawn")
    makers = [context.Process(target=make_installation, args=(tmp_path / "attest.env",)) for _ in range(4)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert [maker.exitcode for maker in makers] == [0] * 4
    assert [path.name for path in tmp_path.iterdir()] == ["attest.env"]


def test_the_data_of_a_checkout_lie_in_it(monkeypatch):
    monkeypatch.delenv("ATTEST_HOME", raising=False)
    assert data_folder() == ROOT / "var"


def test_the_data_lie_where_attest_home_says(monkeypatch, tmp_path):
    monkeypatch.setenv("ATTEST_HOME", str(tmp_path))
    assert data_folder() == tmp_path


def test_a_relative_attest_home_is_refused(monkeypatch):
    monkeypatch.setenv("ATTEST_HOME", "data")
    with pytest.raises(BadEnvironment, match="ATTEST_HOME must be an absolute path, not 'data'"):
        data_folder()


def test_the_data_of_an_installation_lie_in_the_folder_of_the_users_data(monkeypatch, tmp_path):
    monkeypatch.delenv("ATTEST_HOME", raising=False)
    monkeypatch.setattr(environment_module, "ROOT", tmp_path / "site-packages" / "attest")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert data_folder() == tmp_path / "data" / "attest"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert data_folder() == tmp_path / ".local" / "share" / "attest"
