"""Pages of scheme changes, for managers: versions, a mapping that is tried, done and undone."""

import re

import pytest

from annotations.models import Assignment, Move
from annotations.moves import change
from registry.models import Entity, Relation
from tests import factories, readings
from tests.annotations.moves.conftest import same, version
from tests.annotations.moves.test_moved_relations import OWNS, other_relation
from tests.annotations.moves.test_moves import RENAMED, renamed

SCHEME = "/corpora/reports/scheme/changes/"


@pytest.fixture
def both(corpus, people):
    return readings.readings(corpus, [people.annotator, people.reviewer], [readings.no_edit, readings.no_edit])


def name_of(row):
    return f"{row.kind}|{row.layer}|{row.label}|{row.attribute}|{row.code}"


def test_try_do_undo(as_, page, corpus, both):
    manager = as_("manager")
    target, source = version(renamed), both[0].scheme
    text = page("manager", SCHEME)
    assert re.search(r"core scheme 1\.3\.0 <span class=\"badge\">new readings</span></th><td[^>]*>2</td>", text)
    begun = manager.post(SCHEME, {"source": source.pk, "target": target.pk, "scope": "all"})
    address = begun.url
    text = page("manager", address)
    assert "EVENT.<wbr>REPATRIATE</th>" in text
    assert 'value="do" disabled' in text
    assert "SCHEME" in text  # why both would stay

    wrong = manager.post(address, {"act": "try", f"to|{name_of(RENAMED[0])}": "-", "scope": "all"}).content.decode()
    assert "REPATRIATE: give a reason to leave it out." in wrong
    assert '<option value="-" selected>' in wrong
    label = {f"to|{name_of(RENAMED[0])}": "RETURN"}
    manager.post(address, {"act": "try", "scope": "all", **label})
    text = page("manager", address)
    assert [each in text for each in ("EVENT.REPATRIATE.count", "EVENT.REPATRIATE.manner.forced", "disabled")] == [True] * 3
    manager.post(address, {"act": "try", "scope": "all", **{f"to|{name_of(each)}": each.to for each in RENAMED}})
    assert "disabled" not in page("manager", address)

    manager.post(address, {"act": "do"})
    assert "0 of 2 readings reached." in page("manager", address)
    change.carry_out(Move.objects.get().pk)
    text = page("manager", address)
    assert dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", text))["Moved"] == "2"
    assert Assignment.objects.filter(scheme=target).count() == 2
    manager.post(address, {"act": "undo"})
    change.carry_out(Move.objects.get().pk)
    assert dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", page("manager", address)))["Moved back"] == "2"
    assert "Undone" in page("manager", SCHEME)


def test_a_draft_that_only_adds(as_, page, corpus, both):
    manager = as_("manager")
    draft = change.create_move(corpus, both[0].scheme, version(same), "all", corpus.memberships.get(role="manager").user)
    text = page("manager", draft.get_absolute_url())
    assert "The new version only adds" in text
    address = manager.post(draft.get_absolute_url(), {"act": "try", "scope": "all", "add": "label|ACTOR|||GROUP"}).url
    assert "ACTOR.<wbr>GROUP</th>" in page("manager", address)
    assert manager.post(draft.get_absolute_url(), {"act": "delete"}).url == SCHEME
    assert not Move.objects.exists()


def test_a_type_of_relations_is_a_line_with_their_number(as_, page, corpus, people, both):
    manager, target = as_("manager"), version(other_relation)
    ends = [Entity.objects.get(name=name) for name in ("Manager", "Workers")]
    Relation.objects.create(corpus=corpus, source=ends[0], target=ends[1], type="controls")
    draft = change.create_move(corpus, both[0].scheme, target, "all", people.manager)
    text, address = page("manager", draft.get_absolute_url()), draft.get_absolute_url()
    assert "ENTITY.<wbr>controls</th>" in text
    assert re.findall(r'data-name="Relations">(\d+)<', text) == ["1"]
    manager.post(address, {"act": "try", "scope": "all", f"to|{name_of(OWNS)}": OWNS.to})
    manager.post(address, {"act": "do"})
    change.carry_out(draft.pk)
    assert re.findall(r'data-name="Relations">(\d+)<', page("manager", address)) == ["1"]
    assert Relation.objects.get().type == "owns"


def test_queries_do_not_grow_with_readings(queries, corpus, people, both):
    draft = change.create_move(corpus, both[0].scheme, version(same), "all", people.manager)
    before = [queries("manager", each) for each in (SCHEME, draft.get_absolute_url())]
    for number in range(3):
        readings.readings(
            corpus, [factories.user()], [readings.no_edit], factories.document(f"{number}\n\n{readings.TEXT}", corpus=corpus)
        )
    assert [queries("manager", each) for each in (SCHEME, draft.get_absolute_url())] == before


def test_settings_do_not_adopt_a_version_that_lacks_what_is_in_use(as_, corpus, both):
    target = version(renamed)
    answer = as_("manager").post("/corpora/reports/settings/", {"name": corpus.name, "scheme": target.pk})
    assert "has no REPATRIATE" in answer.content.decode()
