import inspect

import pytest

from annotations.native.view import NativeContext
from annotations.rules import CHECKS, OF_KIND, WHOLE, WRITE, refuse, run_checks, spans
from annotations.scheme.view import SchemeView

KIND_OF_ARRAY = {
    "mentions": "span",
    "events": "event",
    "attributions": "claim",
    "measure_refs": "citation",
    "relations": "link",
    "entities": "entity",
    "entity_relations": "relation",
}
# As section 12 of the scheme's guide has them.
CODES = {
    *(f"SPAN-0{n}" for n in range(1, 7)),
    *(f"ACT-0{n}" for n in range(1, 4)),
    *(f"FIG-0{n}" for n in range(1, 8)),
    *(f"EVT-0{n}" for n in range(1, 8)),
    *(f"ATT-0{n}" for n in range(1, 7)),
    "MEA-01",
}
# Asked of the corpus, and so no rule over one document.
OF_THE_CORPUS = {"ACT-04"}
# Whatever a scheme says. LST-01 asks what stood before, and so is no rule over one object.
OF_THE_REGISTER = {"LST-02"}


def named(rules):
    """Codes of rules: span_02_cut → SPAN-02."""
    parts = [rule.__name__.upper().split("_") for rule in rules]
    return {f"{words[0]}-{words[1]}" for words in parts if len(words) > 1 and words[1].isdigit()}


def all_rules():
    return {*WHOLE, *(rule for rules in (*WRITE.values(), *CHECKS.values()) for rule in rules)}


def test_every_rule_of_the_scheme_is_written(scheme):
    assert set(scheme.constraints) == CODES | OF_THE_CORPUS
    assert named(all_rules()) == CODES | OF_THE_REGISTER


def test_a_check_of_a_kind_runs_all_that_a_write_runs():
    for kind, rules in CHECKS.items():
        assert set(WRITE[kind]) <= set(rules)


def test_a_rule_says_what_it_asks():
    undocumented = [rule.__name__ for rule in all_rules() if not inspect.getdoc(rule)]
    assert set(undocumented) <= {
        "fig_01_empty",
        "fig_03",
        "evt_04",
        "evt_05",
        "span",
        "event",
        "claim",
        "citation",
        "entity",
        "relation",
    }


def test_the_gold_breaks_no_rule_of_level_error(context):
    assert [finding for finding in run_checks(context) if finding.level == "error"] == []


def test_the_gold_has_the_one_warning_that_its_analysts_found(context):
    (warning,) = run_checks(context)
    assert (warning.code, warning.objects) == ("FIG-06", ("F08", "F09", "F11", "F12"))
    assert warning.values == {"ratio": 2.08}


@pytest.mark.parametrize(("array", "kind"), KIND_OF_ARRAY.items())
def test_every_object_of_the_gold_may_be_written(context, gold, array, kind):
    assert gold[array]
    for item in gold[array]:
        assert refuse(kind, item, context) == [], item


def test_warnings_refuse_nothing(gold, scheme, text, of_gold):
    of_gold("EV07")["arguments"] = []
    context = NativeContext(gold, text, scheme)
    assert "EVT-04" in {finding.code for finding in run_checks(context)}
    assert refuse("event", of_gold("EV07"), context) == []


def test_the_scheme_decides_how_bad_a_rule_is(gold, scheme_body, text, of_gold):
    of_gold("F13")["attributes"]["approximate"] = False
    next(rule for rule in scheme_body["constraints"] if rule["code"] == "FIG-03")["level"] = "warning"
    context = NativeContext(gold, text, SchemeView(scheme_body))
    assert ("FIG-03", "warning") in {(finding.code, finding.level) for finding in run_checks(context)}
    assert refuse("span", of_gold("F13"), context) == []


def test_an_unknown_label_is_the_only_thing_said_of_an_object(gold, scheme, text, of_gold):
    of_gold("F13").update(label="CASH")
    of_gold("F13")["fragments"][0]["quote"] = "wrong"
    found = refuse("span", of_gold("F13"), NativeContext(gold, text, scheme))
    assert [finding.code for finding in found] == ["SCHEME"]


TEXT = "Kim left.\n\nPak stayed on. "
PLACES = [(0, 3), (0, 9), (0, 12), (3, 9), (0, 4), (11, 14), (9, 11), (20, 99), (5, 5), (24, 25), (4, 2)]


@pytest.mark.parametrize("places", [*([place] for place in PLACES), [(0, 3), (4, 8)], [(0, 3), (3, 8)], [(4, 8), (0, 3)]])
@pytest.mark.parametrize("said", ["", "Kim"])
def test_of_what_is_plain_no_rule_of_the_place_has_anything_to_say(scheme, places, said):
    fragments = [{"start": start, "end": end, "quote": said or TEXT[start:end]} for start, end in places]
    item, context = {"id": "A1", "fragments": fragments}, NativeContext({}, TEXT, scheme)
    found = [finding.code for rule in spans.OF_PLACE for finding in rule(item, context)]
    assert not (spans.is_plain(item, context) and found)
    assert spans.is_plain(item, context) == (len(fragments) == 1 and not found)


def test_a_rule_of_one_kind_has_nothing_to_say_of_marks_of_another(gold, scheme, text):
    marks = gold["mentions"]
    odd = {name: "odd" for mark in marks for name in mark.get("attributes") or {}} | {"comparator": "gt", "vague": True}
    odd |= {"per_count": {"n": 0, "figure": marks[0]["id"]}, "note": None}
    assert {scheme.kind(mark["layer"]) for mark in marks} == {"actor", "figure", "event"}
    for mark in marks:
        for label in scheme.labels(mark["layer"]):
            for attributes in (mark.get("attributes"), odd, {}):
                item, context = mark | {"label": label["code"], "attributes": attributes}, NativeContext(gold, text, scheme)
                strangers = [rule for rule, kind in OF_KIND.items() if kind != scheme.kind(mark["layer"])]
                assert [finding for rule in strangers for finding in rule(item, context)] == []


def test_objects_are_looked_at_by_themselves(gold, scheme, text, of_gold):
    for name in ("F13", "A01"):
        of_gold(name)["fragments"][0]["quote"] = "wrong"
    context = NativeContext(gold, text, scheme)
    of_both = {"F13", "A01"}
    whole = [finding for finding in run_checks(context) if finding.objects[0] in of_both and finding.code == "SPAN-01"]
    assert [finding.objects for finding in whole] == [("A01",), ("F13",)]
    assert run_checks(context, of={"F13"}) == [
        finding for finding in run_checks(context, of=of_both) if finding.objects == ("F13",)
    ]
    assert {finding.objects for finding in run_checks(context, of={"F13"})} == {("F13",)}
    assert run_checks(context, of=()) == []
