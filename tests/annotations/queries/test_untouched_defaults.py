"""`check_integrity --defaults`: what stands at a default of its own scheme version, and was never touched since."""

import copy
import json

import pytest
from django.core.management import CommandError, call_command

from annotations.models import Attribute
from annotations.queries.integrity.defaults import untouched
from tests import factories
from tests.annotations.conftest import new

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier(scheme):
    """The scheme as a version that states defaults, as those up to 1.1.0 did."""

    def state(code, value, **owner):
        assert Attribute.objects.filter(scheme=scheme, code=code, **owner).update(default=value)

    state("status", "happened", layer__code="EVENT")
    state("manner", "unspecified", label__code="REPATRIATE")
    state("use", "reported", layer__code="FIGURE")
    state("statistic", "none", layer__code="FIGURE")
    state("evidence", "unspecified", section="ATTRIBUTION")
    state("reference", "specific", section="entity")
    state("screening", "not_screened", section="entity")
    scheme.save(update_fields=["loaded"])
    return scheme


@pytest.fixture
def marked(earlier, write, fragment):
    """One object of each kind at the defaults."""
    ids = {name: new() for name in ("event", "trigger", "figure", "claim", "entity")}
    write(
        ("create", "entity", {"id": ids["entity"], "type": "GROUP", "name": "Workers", "reference": "specific"}),
        ("create", "event", {"id": ids["event"], "type": "REPATRIATE", "status": "happened", "attributes": {"manner": "unspecified"}}),
        ("create", "span", {"id": ids["trigger"], "layer": "EVENT", "label": "REPATRIATE", "fragments": [fragment("return")],
                            "event": ids["event"]}),
        ("create", "span", {"id": ids["figure"], "layer": "FIGURE", "label": "PEOPLE", "fragments": [fragment("300")],
                            "attributes": {"low": 300, "high": 300, "comparator": "eq", "use": "reported", "statistic": "none"}}),
        ("create", "claim", {"id": ids["claim"], "content": [fragment("170 were forced")], "source_basis": "none",
                             "evidence": "unspecified"}),
    )  # fmt: skip
    return ids


def found(corpus=None):
    return {(each.subject.split()[-1], each.detail) for each in untouched(corpus)}


def at_first(ids):
    return {
        (ids["entity"], "reference is specific"),
        (ids["event"], "status is happened"),
        (ids["event"], "manner is unspecified"),
        (ids["figure"], "use is reported"),
        (ids["claim"], "evidence is unspecified"),
    }


def test_each_value_is_listed_with_corpus_article_and_annotator(marked, corpus, document, annotator):
    assert found() == at_first(marked)
    assert found(corpus) == at_first(marked)
    assert found(factories.corpus("another")) == set()
    (line,) = {str(each) for each in untouched(None) if "status" in each.detail}
    assert line == f"reports: “{document.article.title}” by {annotator.username}: event {marked['event']}: status is happened"


@pytest.mark.parametrize("back", [False, True])
def test_what_a_change_has_touched_is_not_listed_even_where_it_came_back(marked, write, back):
    write(("update", "event", {"id": marked["event"], "status": "expected"}))
    if back:
        write(("update", "event", {"id": marked["event"], "status": "happened"}))
    assert found() == at_first(marked) - {(marked["event"], "status is happened")}


def test_a_change_of_something_else_touches_nothing(marked, write):
    write(("update", "event", {"id": marked["event"], "note": "seen", "attributes": {"manner": "forced"}}))
    assert found() == at_first(marked) - {(marked["event"], "manner is unspecified")}


def test_what_is_gone_is_not_listed(marked, write):
    write(("delete", "claim", {"id": marked["claim"]}))
    assert found() == at_first(marked) - {(marked["claim"], "evidence is unspecified")}


def test_under_a_version_without_defaults_nothing_is_listed(scheme, write, fragment):
    write(("create", "claim", {"id": new(), "content": [fragment("170")], "source_basis": "none", "evidence": "unspecified"}))
    assert found() == set()


def test_the_command_lists_them_and_ends_with_1(marked, capsys):
    with pytest.raises(CommandError, match="5 values equal a default and were never edited"):
        call_command("check_integrity", defaults=True)
    assert capsys.readouterr().err.count("\n") == 5


def test_the_command_has_nothing_to_list_where_nothing_stands_at_a_default(scheme, capsys):
    call_command("check_integrity", defaults=True)
    assert "no value equals an unedited default" in capsys.readouterr().out


def test_loading_a_file_with_defaults_says_that_they_are_not_applied(db, tmp_path, capsys):
    body = copy.deepcopy(json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8")))
    body["layers"][2]["attributes"][0]["default"] = "happened"
    (tmp_path / "old.json").write_text(json.dumps(body), "utf-8")
    call_command("load_scheme", tmp_path / "old.json")
    assert capsys.readouterr().err == "1 default in the file was not applied: EVENT.status\n"
