"""What is open is found, and saving it is never refused."""

import pytest

from annotations.native.view import NativeContext
from annotations.rules import run_checks
from annotations.scheme.view import SchemeView
from annotations.unstated.earlier import understood


@pytest.fixture
def told(gold, text, scheme):
    """(code, level, field, words) of what the checks find beside the one warning of the gold."""

    def ask(view=scheme):
        found = run_checks(NativeContext(gold, text, view))
        return [(each.code, each.level, each.field, each.detail) for each in found if each.code != "FIG-06"]

    return ask


@pytest.mark.parametrize("field", ["status", "polarity", "certainty"])
def test_an_open_state_of_an_event_is_an_error(told, refused, of_gold, field):
    of_gold("EV01")[field] = None
    assert refused("event", of_gold("EV01")) == []
    assert told() == [("EVT-07", "error", field, f"Choose the {field}, or “not stated in the text”.")]


@pytest.mark.parametrize(("field", "noun"), [("decision", "decision"), ("payment_type", "kind")])
def test_an_open_attribute_that_the_type_requires_is_an_error(told, refused, gold, field, noun):
    event = next(each for each in gold["events"] if field in each["attributes"])
    del event["attributes"][field]
    assert refused("event", event) == []
    assert told() == [("EVT-07", "error", field, f"Choose the {noun}, or “not stated in the text”.")]


def test_an_open_attribute_that_is_not_required_is_a_warning(told, of_gold):
    del of_gold("EV01")["attributes"]["manner"]
    assert told() == [("EVT-07", "warning", "manner", "Choose the manner.")]


@pytest.mark.parametrize("field", ["status", "polarity", "certainty"])
def test_not_stated_is_an_answer(told, refused, of_gold, field):
    of_gold("EV01")[field] = "not_stated"
    assert refused("event", of_gold("EV01")) == []
    assert told() == []


@pytest.mark.parametrize(
    ("kind", "pk", "field"), [("claim", "Q1", "source_basis"), ("claim", "Q1", "mode"), ("citation", "R1", "paragraph_basis")]
)
def test_not_stated_is_no_answer_where_nothing_is_said_of_the_world_or_nothing_required(refused, of_gold, kind, pk, field):
    of_gold(pk)[field] = "not_stated"
    assert "SCHEME" in refused(kind, of_gold(pk))


def test_a_source_that_is_not_chosen_is_an_error_and_one_that_is_not_given_is_none(told, refused, of_gold):
    claim = of_gold("Q1")
    claim.update(source_basis=None, source_entity=None, source_mention=None)
    assert refused("claim", claim) == []
    assert told() == [("ATT-02", "error", "source_basis", "Choose the source, or “no source given”.")]
    claim["source_basis"] = "none"
    assert told() == []


def test_a_source_of_which_nobody_says_how_the_text_gives_it_is_an_error(told, refused, of_gold):
    of_gold("Q1")["source_basis"] = None
    assert refused("claim", of_gold("Q1")) == []
    assert told() == [("ATT-02", "error", "source_basis", "Choose how the source is given.")]


@pytest.mark.parametrize(
    ("field", "level", "words"),
    [
        ("modality", "error", "Choose the modality, or “not stated in the text”."),
        ("mode", "warning", "Choose the mode."),
        ("evidence", "warning", "Choose the evidence."),
    ],
)
def test_how_a_claim_is_said_is_asked_for(told, of_gold, field, level, words):
    of_gold("Q1")[field] = None
    assert told() == [("ATT-05", level, field, words)]


def test_a_rating_that_nobody_gave_is_no_fault(told, of_gold):
    of_gold("Q1").update(reliability=None, credibility=None)
    assert told() == []


@pytest.mark.parametrize("field", ["statistic", "use", "approximate", "vague", "currency_basis"])
def test_what_a_figure_need_not_say_is_no_fault(told, of_gold, field):
    of_gold("F08")["attributes"][field] = None
    assert told() == []


@pytest.mark.parametrize(("place", "pk", "code"), [(0, "A01", "ACT-01"), (1, "F01", "FIG-02")])
def test_what_a_scheme_requires_of_a_mark_is_asked_for(scheme_body, told, of_gold, place, pk, code):
    layer = scheme_body["layers"][place]
    field = "mention_type" if place == 0 else "statistic"
    next(entry for entry in layer["attributes"] if entry["code"] == field)["required"] = True
    of_gold(pk)["attributes"][field] = None
    asked = {"mention_type": "form", "statistic": "statistic"}[field]
    assert told(SchemeView(scheme_body)) == [(code, "error", field, f"Choose the {asked}.")]


def test_what_a_scheme_requires_of_a_citation_is_asked_for(scheme_body, told, of_gold):
    overlay = next(each for each in scheme_body["overlays"] if each["code"] == "MEASURE_REF")
    next(entry for entry in overlay["attributes"] if entry["code"] == "paragraph_basis")["required"] = True
    of_gold("R1")["paragraph_basis"] = None
    assert told(SchemeView(scheme_body)) == [("MEA-01", "error", "paragraph_basis", "Choose the paragraph basis.")]


def test_under_an_earlier_version_events_are_asked_for_and_figures_are_not(scheme_body, told, of_gold):
    """A version that states defaults, as those before 1.2.0 do."""
    scheme_body.pop("not_stated")
    events, figures = scheme_body["layers"][2], scheme_body["layers"][1]
    for entry in events["attributes"]:
        entry.pop("fact", None)
    next(entry for entry in events["attributes"] if entry["code"] == "status")["default"] = "happened"
    next(entry for entry in figures["attributes"] if entry["code"] == "use").update(required=True, default="reported")
    of_gold("EV01")["status"] = None
    of_gold("F01")["attributes"]["use"] = None
    view = SchemeView(understood(scheme_body))
    assert told(view) == [("EVT-07", "error", "status", "Choose the status, or “not stated in the text”.")]
