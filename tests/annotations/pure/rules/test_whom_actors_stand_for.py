"""ACT-01 and ACT-02."""

import pytest


@pytest.mark.parametrize(("pk", "entity"), [("A01", "E-CN"), ("A02", "E-STN"), ("A17", "E-TEX"), ("A12", "E-WPK")])
def test_act_01_an_entity_of_another_type_is_refused(refused, of_gold, pk, entity):
    of_gold(pk)["attributes"]["entity"] = entity
    assert refused("span", of_gold(pk)) == ["ACT-01"]


def test_act_01_names_both_types(reasons, of_gold):
    of_gold("A01")["attributes"]["entity"] = "E-CN"
    assert reasons("span", of_gold("A01")) == ["the mark is GROUP, its entity 'China' is TERRITORY"]


@pytest.mark.parametrize(("pk", "entity"), [("A19", "E-SEW"), ("A03", "E-TEX")])
def test_act_01_a_company_and_a_facility_may_stand_for_each_other(refused, codes, of_gold, pk, entity):
    of_gold(pk)["attributes"]["entity"] = entity
    assert refused("span", of_gold(pk)) == []
    assert codes() == set()


@pytest.mark.parametrize("entity", [None, "E-NOBODY"])
def test_act_01_a_mark_without_an_entity_may_be_written_and_is_an_error(refused, found, of_gold, entity):
    of_gold("A01")["attributes"]["entity"] = entity
    assert refused("span", of_gold("A01")) == []
    assert ("ACT-01", "error", ("A01",)) in found()


def test_act_01_says_nothing_of_figures_and_triggers(found):
    assert not [entry for entry in found() if entry[0] == "ACT-01"]


def test_act_02_a_pronoun_without_a_part_is_a_warning(found, of_gold):
    of_gold("EV33")["arguments"] = []
    assert ("ACT-02", "warning", ("A61",)) in found()


def test_act_02_a_pronoun_may_be_a_source(found, of_gold):
    of_gold("EV33")["arguments"] = []
    of_gold("Q10").update(source_mention="A61")
    assert ("ACT-02", "warning", ("A61",)) not in found()


def test_act_02_says_nothing_of_names(found, of_gold):
    of_gold("EV01")["arguments"] = []
    assert not [entry for entry in found() if entry[0] == "ACT-02"]
