"""EVT-01 to EVT-06."""

import pytest

from annotations.native.view import NativeContext
from annotations.rules import run_checks

# EVT-01


def test_evt_01_a_trigger_without_an_event_is_refused(refused, of_gold):
    of_gold("T01")["event"] = None
    assert refused("span", of_gold("T01")) == ["EVT-01"]


def test_evt_01_a_trigger_of_another_type_than_its_event_is_refused(refused, reasons, of_gold):
    of_gold("T01")["event"] = "EV02"
    assert refused("span", of_gold("T01")) == ["EVT-01"]
    assert reasons("span", of_gold("T01")) == ["the mark is REPATRIATE, its event IMPLEMENT"]


@pytest.mark.parametrize("pk", ["A01", "F01"])
def test_evt_01_only_triggers_have_an_event(refused, of_gold, pk):
    of_gold(pk)["event"] = "EV01"
    assert refused("span", of_gold(pk)) == ["EVT-01"]


def test_evt_01_an_event_without_a_mark_is_an_error(found, gold):
    gold["mentions"] = [item for item in gold["mentions"] if item["id"] != "T01"]
    assert ("EVT-01", "error", ("EV01",)) in found()


def test_evt_01_an_event_that_does_not_exist_is_an_error(found, gold):
    gold["events"] = [event for event in gold["events"] if event["id"] != "EV29"]
    assert ("EVT-01", "error", ("T32",)) in found()


def test_evt_01_an_event_may_have_two_triggers(of_gold, refused):
    assert of_gold("EV07")["triggers"] == ["T07", "T13"]
    assert refused("span", of_gold("T13")) == []


# EVT-02


@pytest.mark.parametrize(
    ("pk", "argument"),
    [
        ("EV07", {"role": "people", "mention": "A20"}),
        ("EV07", {"role": "count", "mention": "A25"}),
        ("EV07", {"role": "origin", "mention": "F02"}),
        ("EV07", {"role": "people", "entity": "E-CN"}),
        ("EV07", {"role": "people", "event": "EV06"}),
        ("EV07", {"role": "cause", "mention": "A25"}),
        ("EV07", {"role": "cause", "mention": "T06"}),
        ("EV07", {"role": "legal_basis", "event": "EV06"}),
        ("EV07", {"role": "people", "mention": "A999"}),
        ("EV02", {"role": "measure", "mention": "A09"}),
        ("EV21", {"role": "directive", "event": "EV20"}),
        ("EV26", {"role": "amount", "mention": "F07"}),
    ],
)
def test_evt_02_a_filler_of_the_wrong_kind_or_label_is_refused(refused, of_gold, pk, argument):
    most = {"count": 1}.get(argument["role"])
    kept = [entry for entry in of_gold(pk)["arguments"] if not (most and entry["role"] == argument["role"])]
    of_gold(pk)["arguments"] = [*kept, argument]
    assert refused("event", of_gold(pk)) == ["EVT-02"]


@pytest.mark.parametrize(
    ("pk", "argument"),
    [
        ("EV07", {"role": "people", "entity": "E-W170", "implicit": True}),
        ("EV07", {"role": "place", "mention": "A20"}),
        ("EV07", {"role": "via", "mention": "A32"}),
        ("EV02", {"role": "cause", "event": "EV19"}),
        ("EV21", {"role": "directive", "event": "EV06"}),
        ("EV26", {"role": "amount", "mention": "F10"}),
    ],
)
def test_evt_02_a_filler_that_the_role_takes_is_written(refused, of_gold, pk, argument):
    of_gold(pk)["arguments"].append(argument)
    assert refused("event", of_gold(pk)) == []


def test_evt_02_says_what_cannot_fill_which_role(reasons, of_gold):
    of_gold("EV07")["arguments"].append({"role": "people", "mention": "A20"})
    assert reasons("event", of_gold("EV07")) == ["people: the TERRITORY 'Dandong City' cannot fill it"]
    of_gold("EV07")["arguments"][-1] = {"role": "people", "entity": "E-CN"}
    assert reasons("event", of_gold("EV07")) == ["people: a TERRITORY cannot fill it"]
    of_gold("EV07")["arguments"][-1] = {"role": "people", "entity": "E-NOBODY"}
    assert reasons("event", of_gold("EV07")) == ["people: a filler that does not exist cannot fill it"]


@pytest.mark.parametrize("role", ["worker", "", "Agent"])
def test_evt_02_a_role_that_the_type_does_not_have_is_refused(refused, of_gold, role):
    of_gold("EV07")["arguments"].append({"role": role, "mention": "A25"})
    assert refused("event", of_gold("EV07")) == ["EVT-02"]


def test_evt_02_a_second_filler_of_a_role_for_one_is_refused(refused, reasons, of_gold):
    of_gold("EV07")["arguments"].append({"role": "count", "mention": "F03"})
    assert refused("event", of_gold("EV07")) == ["EVT-02"]
    assert reasons("event", of_gold("EV07")) == ["“How many” takes 1, has 2."]


def test_evt_02_a_role_for_many_takes_many(of_gold, refused):
    assert [entry["role"] for entry in of_gold("EV37")["arguments"]].count("payer") == 2
    assert refused("event", of_gold("EV37")) == []


@pytest.mark.parametrize(("pk", "role"), [("EV12", "affected"), ("EV02", "implementer")])
def test_evt_02_a_role_that_must_be_filled_may_wait_but_is_an_error(refused, found, of_gold, pk, role):
    of_gold(pk)["arguments"] = [entry for entry in of_gold(pk)["arguments"] if entry["role"] != role]
    assert refused("event", of_gold(pk)) == []
    assert ("EVT-02", "error", (pk,)) in found()


def test_what_is_to_be_filled_is_said_by_its_name(gold, of_gold, scheme, text):
    """ "target: 0 fillers, at least 1" and "Fill the role people or count." told nobody what to do."""
    of_gold("EV12")["arguments"] = []
    of_gold("EV07")["arguments"] = []
    details = {
        (found.code, found.detail)
        for found in run_checks(NativeContext(gold, text, scheme))
        if {"EV12", "EV07"} & set(found.objects)
    }
    assert ("EVT-02", "“Affected” is missing: who was affected?") in details
    assert ("EVT-04", "Add “People” or “How many”: who returned?") in details


# EVT-03


def test_evt_03_an_event_is_not_its_own_cause(refused, of_gold):
    of_gold("EV07")["arguments"].append({"role": "cause", "event": "EV07"})
    assert refused("event", of_gold("EV07")) == ["EVT-03"]


def test_evt_03_a_loop_of_causes_is_refused(refused, of_gold):
    # EV02 → EV03 → EV04 stand in the gold.
    of_gold("EV02")["arguments"].append({"role": "cause", "event": "EV04"})
    assert refused("event", of_gold("EV02")) == ["EVT-03"]


def test_evt_03_two_ways_from_a_cause_are_no_loop(refused, of_gold):
    # EV13 causes EV15 directly and by EV14.
    assert refused("event", of_gold("EV15")) == []


def test_evt_03_a_loop_elsewhere_is_not_this_events_fault(refused, of_gold):
    of_gold("EV39")["arguments"].append({"role": "cause", "event": "EV40"})
    assert refused("event", of_gold("EV41")) == []
    assert refused("event", of_gold("EV39")) == ["EVT-03"]


def test_evt_03_a_purpose_is_no_cause(refused, of_gold):
    of_gold("EV36")["arguments"].append({"role": "cause", "event": "EV38"})
    assert refused("event", of_gold("EV36")) == []


# EVT-04 and EVT-05


@pytest.mark.parametrize("pk", ["EV01", "EV36"])
def test_evt_04_a_return_or_dispatch_without_people_is_a_warning(found, of_gold, pk):
    of_gold(pk)["arguments"] = []
    assert ("EVT-04", "warning", (pk,)) in found()


def test_evt_04_a_count_is_enough(found, of_gold):
    of_gold("EV08")["arguments"] = [{"role": "count", "mention": "F03"}]
    assert not [entry for entry in found() if entry[0] == "EVT-04"]


def test_evt_05_a_breach_of_nothing_is_a_warning(found, of_gold):
    of_gold("EV02")["arguments"] = [{"role": "implementer", "mention": "A08"}]
    assert ("EVT-05", "warning", ("EV02",)) in found()


def test_evt_05_a_directive_is_enough(found, of_gold):
    assert {"role": "directive", "event": "EV19"} in of_gold("EV21")["arguments"]
    assert not [entry for entry in found() if entry[0] == "EVT-05"]


# EVT-06


@pytest.mark.parametrize("edtf", ["4 September", "2017-13", "2017-09-30/2017-09-04", "soon"])
def test_evt_06_a_time_that_is_not_edtf_is_refused(refused, of_gold, edtf):
    of_gold("EV16")["time"]["edtf"] = edtf
    assert refused("event", of_gold("EV16")) == ["EVT-06"]


@pytest.mark.parametrize(("field", "value"), [("earliest", "2017-09-03"), ("latest", "2018-09-04"), ("earliest", None)])
def test_evt_06_days_that_the_edtf_does_not_give_are_refused(refused, of_gold, field, value):
    of_gold("EV16")["time"][field] = value
    assert refused("event", of_gold("EV16")) == ["EVT-06"]


def test_evt_06_days_without_an_edtf_are_refused(refused, of_gold):
    of_gold("EV08")["time"]["earliest"] = "2017-09-03"
    assert refused("event", of_gold("EV08")) == ["EVT-06"]


def test_evt_06_days_may_be_left_to_be_derived(refused, of_gold):
    of_gold("EV16")["time"].update(earliest=None, latest=None)
    assert refused("event", of_gold("EV16")) == []


def test_evt_06_a_time_may_be_words_only(refused, of_gold):
    assert of_gold("EV08")["time"]["edtf"] is None
    assert refused("event", of_gold("EV08")) == []
