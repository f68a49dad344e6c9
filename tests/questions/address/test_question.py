"""Questions as addresses: what is refused, and the one form in which each is kept."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.address import kinds
from questions.address.parameters import LEDGERS, PARAMETERS
from questions.address.question import AddressError, check_together, read

DANDONG = "01a22232-024c-7e18-81da-da5abdedeac4"
TODAY = date(2026, 11, 28)


def asked(query: str, ledger: str = "events"):
    question = read(ledger, parse_qsl(query, keep_blank_values=True))
    check_together(question, TODAY)
    return question


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("to=2017-12-31&from=2017-08-01&type=REPATRIATE", "type=REPATRIATE&from=2017-08-01&to=2017-12-31"),
        ("status=ongoing,happened", ""),
        ("status=happened,ongoing&polarity=positive&whose=best&copies=0&part=counted", ""),
        ("status=any,expected", "status=any"),
        ("attr=phase:end,decision:refused,phase:end", "attr=decision:refused,phase:end"),
        (f"place={DANDONG.upper()}", f"place={DANDONG}"),
        ("from=today-90&to=today", "from=today-90&to=today"),
        ("figure=1", "figure=1"),
        ("outlet=Daily++NK", "outlet=Daily+NK"),
    ],
)
def test_each_question_has_one_form(query, kept):
    question = asked(query)
    assert question.query == kept
    assert asked(question.query) == question


@pytest.mark.parametrize(
    ("query", "name", "rule"),
    [
        ("label=PEOPLE", "label", "is not a parameter of this ledger"),
        ("type=A&type=B", "type", "more than once"),
        ("type=", "type", "codes"),
        ("type=REPATRIATE;DROP", "type", "codes"),
        ("from=2017-02-30", "from", "a day such as"),
        ("from=20170801", "from", "a day such as"),
        ("from=0000-01-01", "from", "a day such as"),
        ("from=10000-01-01", "from", "a day such as"),
        ("from=2017-12-31&to=2017-08-01", "from", "is later than to"),
        ("from=today&to=2017-08-01", "from", "is later than to"),
        ("place=Dandong", "place", "the id of an entity"),
        ("unplaced=1", "unplaced", "needs a place"),
        ("tie=via", "tie", "needs a place"),
        ("dates=overlap", "dates", "one of meet, within"),
        ("copies=yes", "copies", "1 or 0"),
        ("whose=by:", "whose", "a user name"),
        ("outlet=" + "x" * 201, "outlet", "200 characters"),
        ("outlet=a%00b", "outlet", "200 characters"),
        ("type=" + ",".join(f"T{n}" for n in range(51)), "type", "50 codes"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_name(query, name, rule):
    with pytest.raises(AddressError, match=rule) as refused:
        asked(query)
    assert refused.value.name == name


@pytest.mark.parametrize(
    ("ledger", "query", "kept"),
    [
        ("counts", "by=label", ""),
        ("counts", "by=source,label&use=any", "by=source,label"),
        ("causes", f"chain={DANDONG.upper()}", f"chain={DANDONG}"),
        ("disputes", f"copies=1&mark={DANDONG.upper()}", f"mark={DANDONG}&copies=1"),
        ("law", "paragraph=8(a)&measure=UNSCR-2371", "measure=UNSCR-2371&paragraph=8%28a%29"),
        ("screening", "part=linked,any", ""),
    ],
)
def test_further_ledgers_have_one_form_too(ledger, query, kept):
    question = asked(query, ledger)
    assert question.query == kept
    assert asked(question.query, ledger) == question


@pytest.mark.parametrize(
    ("ledger", "query", "name"),
    [
        ("causes", "chain=EV07", "chain"),
        ("disputes", "mark=F06", "mark"),
        ("figures", f"mark={DANDONG}", "mark"),
        ("counts", "by=colour", "by"),
        ("network", "by=label", "by"),
        ("disputes", "status=expected", "status"),
        ("screening", "whose=all", "whose"),
    ],
)
def test_what_a_ledger_does_not_know_is_refused(ledger, query, name):
    with pytest.raises(AddressError) as refused:
        asked(query, ledger)
    assert refused.value.name == name


@pytest.mark.parametrize("number", ["1e3", "NaN", "Infinity", "1" * 25, "0.0000001", "٣", "", "--1"])
def test_a_number_is_written_out(number):
    with pytest.raises(AddressError, match="a number"):
        asked(f"value_min={number}", "figures")


def test_numbers_that_cross_are_refused():
    with pytest.raises(AddressError, match="larger than value_max"):
        asked("value_min=5&value_max=4.9", "figures")


def test_a_part_of_a_question_can_be_taken_away_or_changed():
    question = asked(f"type=REPATRIATE&place={DANDONG}")
    assert question.without("place").query == "type=REPATRIATE"
    assert question.having(part="expected").query == f"type=REPATRIATE&place={DANDONG}&part=expected"
    assert question.having(part="expected").having(part="counted") == question


def test_days_that_move():
    assert kinds.resolved("today-90", TODAY) == date(2026, 8, 30)
    assert kinds.resolved("today+1", TODAY) == date(2026, 11, 29)
    assert asked("from=today").day("from", TODAY) == TODAY


def test_every_parameter_of_a_ledger_is_there():
    assert all(ledger.parameters <= PARAMETERS.keys() for ledger in LEDGERS.values())
    assert all(ledger.defaults.keys() <= ledger.parameters for ledger in LEDGERS.values())


@given(st.sampled_from(sorted(PARAMETERS)), st.text(max_size=30))
def test_whatever_is_written_is_kept_in_one_form_or_refused(name, value):
    refused = ""
    try:
        question = read("figures", [(name, value)])
    except AddressError as error:
        refused = error.name
    else:
        assert read("figures", parse_qsl(question.query)) == question
    assert refused in ("", name)


def test_what_is_no_parameter_is_no_item_of_it():
    """Templates would take an empty item for `question.query`."""
    question = asked("type=REPATRIATE")
    assert (question["label"], question["part"]) == ("", "counted")
    with pytest.raises(KeyError):
        question["query"]
