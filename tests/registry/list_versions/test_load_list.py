"""`manage.py load_list`: a list of an issuer or of a corpus, checked or loaded."""

import pytest
from django.core.management import CommandError, call_command

from registry.models import ListVersion, SanctionsList
from tests import factories
from tests.registry.list_versions.conftest import FIXTURES

pytestmark = pytest.mark.django_db
UN = (
    "<CONSOLIDATED_LIST dateGenerated='2024-05-15'><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>A</FIRST_NAME><GENDER>Male</GENDER>"
    "<REFERENCE_NUMBER>KPi.001</REFERENCE_NUMBER></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"
)


@pytest.fixture
def command(tmp_path, capsys):
    def run(text, *options):
        file = tmp_path / "list.txt"
        file.write_text(text)
        call_command("load_list", str(file), *options)
        return capsys.readouterr().out.strip()

    return run


def test_a_file_of_an_issuer_finds_or_makes_its_list(command):
    assert command(UN) == "UN version 1: 1 entries, 1 names; 1 added, 0 removed, 0 changed, 0 respelled"
    assert SanctionsList.objects.get().issuer == "United Nations Security Council"
    assert command(UN) == "Already there: version 1 (current)."


def test_a_check_stores_nothing_and_says_what_is_not_read(command):
    out = command(UN, "--check")
    assert "format un, published 2024-05-15, 1 entries (1 person), 1 names" in out
    assert "not read: CONSOLIDATED_LIST/INDIVIDUALS/INDIVIDUAL/GENDER (1)" in out
    assert not SanctionsList.objects.exists()


def test_an_own_list_is_named_and_may_belong_to_a_corpus(command):
    with pytest.raises(CommandError, match="--list CODE"):
        command(FIXTURES["v1"])
    factories.corpus("ours")
    command(FIXTURES["v1"], "--list", "TEST", "--corpus", "ours")
    assert SanctionsList.objects.get().corpus.slug == "ours"
    command(FIXTURES["v2"], "--list", "TEST", "--corpus", "ours")
    held = command(FIXTURES["v3_is_held"], "--list", "TEST", "--corpus", "ours")
    assert "Confirm or refuse it at /lists/TEST/versions/3/" in held
    with pytest.raises(CommandError, match=r"no such corpus: .none."):
        command(FIXTURES["v1"], "--list", "OTHER", "--corpus", "none")
    with pytest.raises(CommandError, match="--list a b: Use letters"):
        command(FIXTURES["v1"], "--list", "a b")


@pytest.mark.parametrize(
    ("owner", "state"), [(None, "public: leave --corpus out"), ("theirs", "of the corpus theirs: add --corpus theirs")]
)
def test_a_list_that_is_there_stays_where_it_belongs(command, owner, state):
    factories.corpus("ours")
    factories.corpus("theirs")
    command(FIXTURES["v1"], "--list", "TEST", *(["--corpus", owner] if owner else []))
    with pytest.raises(CommandError, match=f"The list TEST is {state}"):
        command(FIXTURES["v2"], "--list", "TEST", "--corpus", "ours")
    assert ListVersion.objects.count() == 1
    if owner:
        with pytest.raises(CommandError, match="add --corpus theirs"):
            command(FIXTURES["v2"], "--list", "TEST")
        command(FIXTURES["v2"], "--list", "TEST", "--corpus", owner)
        assert ListVersion.objects.count() == 2


def test_no_corpus_takes_the_code_of_a_public_list(command):
    factories.corpus("ours")
    for options in ([], ["--list", "UN"], ["--list", "un"]):
        with pytest.raises(CommandError, match=r"(?i)UN is the code of a public list: name that of the corpus with --list CODE"):
            command(UN, "--corpus", "ours", *options)
    command(UN, "--corpus", "ours", "--list", "OURS")
    command(UN)
    assert {(each.code, each.corpus_id is None) for each in SanctionsList.objects.all()} == {("OURS", False), ("UN", True)}


def test_a_file_that_is_no_list_is_an_error(command):
    with pytest.raises(CommandError, match="refused: line 1, field 3: “DPRK”"):
        command("A-1; One; DPRK", "--list", "TEST")
    assert ListVersion.objects.get().state == "refused"
    with pytest.raises(CommandError, match=r"none of the known formats|no known list"):
        command("<html>", "--check")
