"""Every figure of the gold in a sentence that says what the article says, no more and no less."""

import pytest

from annotations.formats import statements, wording
from tests.annotations.formats.native import GOLD, gold, view

MANAGER = "Manager of North Korean workers at the textile factory states: "
CHINA = "Source familiar with North Korean affairs in China states: "
LEVY = (
    "money changes hands (levy, quota or contribution to state or party), general or habitual, payer: people, recipient: Party."
)
WAGE = "money changes hands (wage), general or habitual, recipient: North Korean worker, payer: Chinese factory."
FIGURES = {
    "F01": MANAGER + "300 people (North Korean workers); work and contracts (working), happened, employer: textile factory, "
    "place: Dandong City.",
    "F02": MANAGER + "170 people (Workers of the textile factory who were sent home); return home (forced), happened, "
    "5 August to 30 September 2017 (inferred), from Dandong City, to North, legal basis: UNSC resolution.",
    "F03": MANAGER + "130 people (Workers remaining at the textile factory); return home (forced), expected, probable, “soon”.",
    "F04": MANAGER + "1 to 3 months; work and contracts (working), ongoing, worker(s): workers.",
    "F05": "Daily NK states: 20 people (North Korean workers); return home (forced), happened, on 4 September 2017 (inferred), "
    "via Dandong Railway Station, to North Korea.",
    "F06": '"the source" (caption and paragraph 4) states: about 5,000 to 7,000 people (North Korean workers); '
    "work and contracts (working, clothing, refrigerators, food processing), happened, employer: factories, place: Dandong City.",
    "F07": MANAGER + "300 people (people); basis of a ratio.",
    "F08": MANAGER + "average 45,000 CNY per month for every 300 people; " + LEVY,
    "F09": MANAGER + "about 7,800,000 KPW per month for every 300 people; " + LEVY,
    "F10": MANAGER + "more than 50 % of workers; return home, happened, “now”, people: workers.",
    "F11": CHINA + "12,000 CNY per year for one person; " + WAGE,
    "F12": CHINA + "about 1,000,000 KPW per year for one person; " + WAGE,
    "F13": CHINA + "24 to 999 USD (read from vague words) (currency inferred); money changes hands (loan), general or habitual, "
    "payer: donju and private moneylenders, recipient: dispatched workers.",
}
EVENTS = {
    "EV03": "Daily NK reports: permit decision (visa, refused); happened, holder: North Korean workers, legal basis: UNSC Resolution 2371.",
    "EV06": MANAGER + "measure adopted or changed (adopt); happened, on 5 August 2017 (date of the measure), authority: UNSC, "
    "measure: UNSC resolution, target: North.",
    "EV17": '"the source" (caption and paragraph 4) states: work and contracts (contract extended); negated, happened, '
    "employer: Chinese factories, worker(s): individuals.",
    "EV20": "Daily NK states: work and contracts (contract ended); ordered, proposed or hypothetical, employer: factory owners, "
    "worker(s): North Korean workers.",
    "EV30": "Without a source, it is predicted: effect on people or revenue (economic, harm); expected, probable, "
    "affected: repatriated workers.",
}


@pytest.mark.parametrize("mention", [item for item in GOLD["mentions"] if item["layer"] == "FIGURE"], ids=lambda item: item["id"])
def test_each_figure_of_the_gold_has_its_sentence(mention):
    assert statements.of_figure(view(), mention) == FIGURES[mention["id"]]


@pytest.mark.parametrize("pk", EVENTS)
def test_events_have_sentences(pk):
    seen = view()
    assert statements.of_event(seen, seen.event(pk)) == EVENTS[pk]


def test_every_event_of_the_gold_has_one_sentence_on_one_line():
    seen = view()
    for event in seen.events():
        told = statements.of_event(seen, event)
        assert told.endswith(".")
        assert "\n" not in told


def test_a_figure_without_a_value_says_nothing():
    document = gold()
    figure = next(item for item in document.native["mentions"] if item["id"] == "F01")
    figure["attributes"] |= {"low": None, "high": None}
    assert statements.of_figure(view(document), figure) == ""


@pytest.mark.parametrize(("value", "told"), [(45000, "45,000"), (0.5, "0.5"), (3.0, "3"), (1234.25, "1,234.25")])
def test_numbers(value, told):
    assert wording.number(value) == told


@pytest.mark.parametrize(
    ("earliest", "latest", "told", "month"),
    [
        ("2017-09-04", "2017-09-04", "4 September 2017", "4 September 2017"),
        ("2017-09-04", "2017-09-30", "4 to 30 September 2017", "September 2017"),
        ("2017-08-05", "2017-09-30", "5 August to 30 September 2017", "August 2017 to September 2017"),
        ("2016-12-31", "2017-01-01", "31 December 2016 to 1 January 2017", "December 2016 to January 2017"),
        (None, None, "2017?", "2017?"),
    ],
)
def test_days(earliest, latest, told, month):
    time = {"earliest": earliest, "latest": latest, "edtf": "2017?"}
    assert (wording.days(time), wording.months(time)) == (told, month)
