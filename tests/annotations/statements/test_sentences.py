"""Who says it, when, and what is open: nothing is asserted that nobody chose."""

import itertools

import pytest

from annotations.scheme.view import SchemeView
from annotations.statements.sentences import of_event, of_figure
from tests.annotations.statements.made import CLAIM, SCHEME, Made

SENT = "170 workers had been forced to return to North Korea"
OUTLET = {"outlet": "Example News"}
HAPPENED = ("happened", "positive", "certain")
NO_SOURCE = {"source_entity": None, "source_basis": "none"}
NOT_CHOSEN = {"source_entity": None, "source_basis": None}


def sent_home(claim=None, state=HAPPENED, attributes=None, time=None, **document):
    made = Made()
    fillers = [("count", "#170"), ("people", "~Workers"), ("destination", "North Korea")]
    event = made.event("X", "REPATRIATE", state, {"manner": "forced"} if attributes is None else attributes, fillers, time)
    return of_event(made.view(CLAIM | (claim or {}), **document), event)


@pytest.mark.parametrize(
    ("claim", "document", "beginning", "end"),
    [
        ({}, {}, "Kim Chol said that", "(no date recorded)"),
        ({"modality": "alleged"}, {}, "Kim Chol alleged that", "(no date recorded)"),
        ({"modality": "denied"}, {}, "Kim Chol denied that", "(no date recorded)"),
        ({"modality": None}, {}, "According to Kim Chol,", "(no date recorded)"),
        ({"modality": "not_stated", "evidence": "not_stated"}, {}, "According to Kim Chol,", "(no date recorded)"),
        ({"evidence": "satellite"}, {}, "Kim Chol said, on the basis of satellite imagery, that", "(no date recorded)"),
        ({"id": "Q0"}, {}, "The article (outlet not recorded) states that", "(no date recorded)"),
        ({"id": "Q0"}, OUTLET, "Example News reported that", "(no date recorded; not attributed)"),
        (NO_SOURCE, OUTLET, "Example News reported that", "(no date recorded; no source named)"),
        (
            NO_SOURCE | {"modality": "predicted"},
            OUTLET,
            "Example News carried a prediction that",
            "(no date recorded; no source named)",
        ),
        (NOT_CHOSEN, OUTLET, "Example News carried a statement that", "(no date recorded; source not chosen)"),
        (NOT_CHOSEN, {}, "The article (outlet not recorded) carries a statement that", "(no date recorded; source not chosen)"),
    ],
)
def test_who_says_it(claim, document, beginning, end):
    assert sent_home(claim, **document) == f"{beginning} {SENT} {end}."


def test_who_denies_needs_no_second_not():
    assert (
        sent_home({"modality": "denied"}, ("happened", "negative", "certain"))
        == f"Kim Chol denied that {SENT} (no date recorded)."
    )


@pytest.mark.parametrize(("claim", "told"), [({}, "Kim Chol denied"), (NO_SOURCE, "Example News carried a denial of")])
def test_whether_a_negative_is_denied_once_or_twice_the_words_say(claim, told):
    """ "Denied that it withheld wages" is no denial that it paid them, "denied that it paid" is."""
    made = Made()
    event = made.event("X", "PAY", ("happened", "negative", "certain"), {"payment_type": "wage"}, [("payer", "COMPANY@Mill")])
    denial = CLAIM | {"modality": "denied", "content": made.words("the mill withheld wages")} | claim
    sentence = of_event(made.view(denial, **OUTLET), event)
    assert sentence.startswith(f"{told} “the mill withheld wages”")
    assert "paid" not in sentence


@pytest.mark.parametrize(
    ("time", "told"),
    [
        ({"earliest": "2017-01-01", "latest": "2017-12-31", "basis": "stated"}, " in 2017."),
        ({"earliest": "2017-12-01", "latest": "2017-12-31", "basis": "resolved"}, " in December 2017 (dates worked out from the date of publication)."),
        ({"earliest": "2017-09-04", "latest": "2017-09-06", "basis": "inferred"}, " between 4 and 6 September 2017 (dates inferred)."),
        ({"earliest": "2016-12-30", "latest": "2017-01-02", "basis": "stated"}, " between 30 December 2016 and 2 January 2017."),
        ({"earliest": "2017-09-04", "latest": "2017-09-04", "part_of_day": "NI"}, " on the night of 4 September 2017 (basis of the date not recorded)."),
        ({"text": "recently", "basis": "open"}, " (time given as “recently”)."),
    ],
)  # fmt: skip
def test_times_say_how_they_are_known(time, told):
    assert sent_home(time=time) == f"Kim Chol said that {SENT}{told}"


@pytest.mark.parametrize(
    ("status", "polarity"),
    [(s, p) for s, p in itertools.product((None, "", "not_stated", "happened"), (None, "", "not_stated", "positive", "negative")) if not (s == "happened" and p in ("positive", "negative"))],
)  # fmt: skip
@pytest.mark.parametrize("modality", [None, "asserted", "alleged", "denied", "predicted"])
def test_what_is_open_is_never_asserted(status, polarity, modality):
    told = sent_home({"modality": modality}, (status, polarity, None))
    assert "170 workers" in told
    assert " that " not in told
    assert "had been" not in told
    known = "recorded" if {status, polarity} & {None, ""} else "stated"
    assert told.endswith(f"; whether this happened is not {known}.")
    assert ("not being forced" in told) == (polarity == "negative" and modality != "denied")


@pytest.mark.parametrize("certainty", [None, "", "not_stated", "certain"])
def test_an_open_certainty_adds_nothing(certainty):
    assert sent_home(state=("happened", "positive", certainty)) == sent_home()


@pytest.mark.parametrize("manner", [None, "", "not_stated", "unspecified"])
def test_an_open_attribute_of_the_type_is_not_mentioned(manner):
    told = sent_home(attributes={"manner": manner} if manner is not None else {})
    assert told == "Kim Chol said that 170 workers had returned home to North Korea (no date recorded)."


@pytest.mark.parametrize(
    ("basis", "told"),
    [
        ("stated", "paragraph 11 of"),
        ("inferred", "paragraph 11 (inferred) of"),
        (None, "paragraph 11 (basis not recorded) of"),
        ("not_stated", "paragraph 11 (basis not recorded) of"),
    ],
)
def test_a_paragraph_says_how_it_is_known(basis, told):
    made = Made()
    event = made.event(
        "X", "IMPLEMENT", HAPPENED, {"outcome": "breaches"}, [("implementer", "China"), ("measure", "§UNSCR-2371")]
    )
    made.citations[0] |= {"paragraph": "11", "paragraph_basis": basis}
    assert of_event(made.view(), event) == f"Kim Chol said that China had breached {told} S/RES/2371 (2017) (no date recorded)."


def told_not_to_extend():
    made = Made()
    permit = ("unrealised", "negative", "certain")
    holders = [("authority", "~STATE_BODY@authorities"), ("holder", "~Workers")]
    made.event("Y", "PERMIT", permit, {"permit_type": "visa", "decision": "extended"}, holders)
    time = {"earliest": "2017-09-12", "latest": "2017-09-12", "basis": "inferred"}
    told = [("addressee", "~STATE_BODY@authorities"), ("content", "^Y")]
    made.event("X", "DIRECT", HAPPENED, {"force": "order"}, told, time)
    return made


@pytest.mark.parametrize(("unnamed", "told"), [(None, "훈춘"), (False, "훈춘"), (True, "a 훈춘")])
def test_words_that_may_be_a_name_have_no_article_unless_somebody_says_that_they_are_none(unnamed, told):
    made = Made()
    event = made.event("X", "REPATRIATE", HAPPENED, {"manner": "unspecified"}, [("count", "#170")])
    mark = {"id": "A9", "layer": "ACTOR", "label": "TERRITORY", "attributes": {"entity": "E9"}}
    made.mentions.append(mark | {"fragments": made.words("훈춘")})
    made.entities.append({"id": "E9", "type": "TERRITORY", "name": "훈춘", "anonymous": unnamed})
    event["arguments"].append({"role": "origin", "mention": "A9"})
    assert f"170 people had returned home from {told} " in of_event(made.view(), event)


def test_an_order_has_what_is_ordered_as_an_infinitive():
    made = told_not_to_extend()
    assert of_event(made.view(CLAIM | NO_SOURCE, **OUTLET), made.events[1]) == (
        "Example News reported that, on 12 September 2017, authorities had been ordered not to extend the visas of workers "
        "(date inferred; no source named)."
    )


def test_what_is_ordered_is_not_said_to_have_happened():
    made = told_not_to_extend()
    assert of_event(made.view(), made.events[0]) == (
        "Kim Chol said that, by order, authorities were not to extend the visas of workers (not said to have happened)."
    )


def test_events_that_order_each_other_end():
    made = Made()
    made.event("X", "DIRECT", HAPPENED, {"force": "order"}, [("addressee", "~Owners"), ("content", "^Y")])
    made.event("Y", "DIRECT", HAPPENED, {"force": "order"}, [("addressee", "~Owners"), ("content", "^X")])
    assert len(of_event(made.view(), made.events[0])) < 300


def test_a_scheme_without_patterns_names_the_label():
    made = Made(SchemeView({key: value for key, value in SCHEME.items() if key != "sentences"}))
    event = made.event("X", "REPATRIATE", HAPPENED, {}, [("count", "#170")])
    assert (
        of_event(made.view(), event)
        == "Kim Chol asserted that an event of the kind “return home” had taken place (no date recorded)."
    )
    assert of_figure(made.view(), made.mentions[1]) == (
        "Kim Chol asserted that an event of the kind “return home” had taken place (170 people) (no date recorded)."
    )


def test_a_pattern_stated_whole_takes_the_place_of_the_verb():
    frame = {"clause": "{people} [be sent] home", "whole": {"general.negative": "{people} never returned"}}
    patterns = {"types": {"REPATRIATE": {"noun": "a return home", "frames": [frame]}}}
    made = Made(SchemeView(SCHEME | {"sentences": SCHEME["sentences"] | patterns}))
    event = made.event("X", "REPATRIATE", ("general", "negative", None), {}, [("people", "~Workers")])
    assert of_event(made.view(), event) == "Kim Chol said in general terms that workers never returned."
    event |= {"polarity": "positive"}
    assert of_event(made.view(), event) == "Kim Chol said in general terms that workers were sent home."


def test_a_figure_without_a_value_says_nothing():
    made = Made()
    made.event("X", "REPATRIATE", HAPPENED, {}, [("count", "#170")])
    made.mentions[1]["attributes"] |= {"low": None, "high": None}
    assert of_figure(made.view(), made.mentions[1]) == ""


@pytest.mark.parametrize(
    ("attributes", "told"),
    [
        ({}, "170 people had returned home"),
        ({"comparator": "gt", "high": None}, "more than 170 people had returned home"),
        ({"comparator": "le", "low": None}, "at most 170 people had returned home"),
        ({"low": 20, "approximate": True}, "about 20 to 170 people had returned home"),
        ({"vague": True, "approximate": True}, "“170” (read as 170 people) had returned home"),
        ({"statistic": "total"}, "a total of 170 people had returned home"),
        ({"use": "limit"}, "170 people had returned home (a limit, target or deadline; no date recorded)"),
        ({"comparator": None, "statistic": "not_stated", "use": None}, "170 people had returned home"),
    ],
)
def test_values(attributes, told):
    made = Made()
    made.event("X", "REPATRIATE", HAPPENED, {}, [("count", "#170")])
    figure = next(mention for mention in made.mentions if mention["layer"] == "FIGURE")
    figure["attributes"] |= attributes
    told = told if "recorded" in told else f"{told} (no date recorded)"
    assert of_figure(made.view(), figure) == f"Kim Chol said that {told}."


@pytest.mark.parametrize(
    ("attributes", "told"),
    [
        ({}, "had been sold for USD 590"),
        ({"per_unit": "t"}, "had been sold at USD 590 a tonne"),
        ({"per_unit": "[acr_us]", "per_period": "P1Y"}, "had been sold at USD 590 an acre a year"),
        ({"per_unit": "{vessel}", "approximate": True}, "had been sold at about USD 590 a vessel"),
        ({"per_unit": "kW.h", "comparator": "le", "low": None}, "had been sold for at most USD 590 a kilowatt-hour"),
    ],
)
def test_a_price_per_unit_is_no_sum_of_money(attributes, told):
    made = Made()
    made.event("X", "TRADE", HAPPENED, {"goods": "coal"}, [("price", "#590 USD")])
    figure = next(mention for mention in made.mentions if mention["layer"] == "FIGURE")
    figure["attributes"] |= attributes
    assert told in of_event(made.view(), made.events[0])
