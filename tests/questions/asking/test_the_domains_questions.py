"""The questions of the domain that ask for events and figures, with the answers that were worked out for the seed."""

import json
from urllib.parse import parse_qsl

import pytest

from annotations.models import Event, Span
from questions.address.question import read
from questions.asking import answer
from questions.asking.asker import Asker
from questions.asking.time_limits import within_time
from questions.index import keep
from questions.ledgers import entries
from registry.models import Entity
from tests import factories

pytestmark = pytest.mark.django_db
ANSWERS = json.loads((factories.DOMAIN / "expected_answers.json").read_text("utf-8"))["answers"]
DANDONG = "place={E-DDG}&from=2017-08-01&to=2017-12-31"


@pytest.fixture(params=["any index", "a large index", "one that leads to many"])
def ask(seeded, request, monkeypatch):
    """`ask(ledger, query)`: the page. {E-DDG} in a query is the entity that the gold calls so."""
    if request.param != "any index":
        monkeypatch.setattr(answer, "LARGE", -2)  # of a table that was never analysed, PostgreSQL says -1
    if request.param == "one that leads to many":
        monkeypatch.setattr(answer, "FEW", 0)
    keep.take_up()
    ids = {key: str(pk) for pk, key in Entity.objects.filter(corpus=seeded).values_list("pk", "key")}
    reviewer = factories.user()
    factories.membership(seeded, reviewer, "reviewer")

    def ask(ledger, query="", limit=50, after=None):
        question = read(ledger, parse_qsl(query.format_map(ids)))
        with within_time(seeded):
            return entries.page(Asker(question, seeded, reviewer), limit, after)

    return ask


def events(page):
    keys = dict(Event.objects.values_list("pk", "key"))
    return [keys[row["entries"][0]["event"]] for row in page.rows]


def figures(page):
    keys = dict(Span.objects.values_list("pk", "key"))
    return [keys[row["id"]] for row in page.rows]


def test_1_numbers_of_people(ask):
    page = ask("figures", "label=PEOPLE")
    assert figures(page) == [row["id"] for row in ANSWERS["1"]]
    assert page.parts == {"counted": 5, "basis": 1}
    assert figures(ask("figures", "label=PEOPLE&part=basis")) == ["F07"]
    row = page.rows[4]
    assert [value["figures"][0]["quote"] for value in row["values"]] == ["approximately 5000 to 7000"]
    assert (row["type"], row["status"]) == ("EMPLOY", "happened")
    assert [claim["source"]["name"] for claim in row["entries"][0]["claims"]] == ["“The source” (speaker 1)"] or row["entries"][
        0
    ]["claims"]


class TestReturnsFromDandong:
    """Question 2, which is also that of journey 8."""

    def test_rows(self, ask):
        page = ask("events", f"type=REPATRIATE&figure=1&{DANDONG}")
        assert set(events(page)) == {row["event"] for row in ANSWERS["2"]}
        assert events(page) == ["EV07", "EV16", "EV27"], "by day, undated last"
        for row, wanted in zip(page.rows, sorted(ANSWERS["2"], key=lambda row: row["event"]), strict=True):
            assert [tie["tie"] for tie in row["ties"]] == wanted["place_scope"]
            assert [value["figures"][0]["quote"] for value in row["values"]] == wanted["figure_text"]

    def test_parts(self, ask):
        page = ask("events", f"type=REPATRIATE&figure=1&{DANDONG}")
        assert page.parts == {"counted": 3, "expected": 1, "no_figure": 1}
        assert page.unplaced == 4
        assert events(ask("events", f"type=REPATRIATE&figure=1&{DANDONG}&part=expected")) == ["EV08"]
        assert events(ask("events", f"type=REPATRIATE&figure=1&{DANDONG}&part=no_figure")) == ANSWERS["2_no_figure"]

    @pytest.mark.parametrize("place", ["E-LN", "E-CN"])
    def test_a_larger_place_has_the_same(self, ask, place):
        query = f"type=REPATRIATE&figure=1&{DANDONG}".replace("E-DDG", place)
        assert events(ask("events", query)) == ["EV07", "EV16", "EV27"]

    def test_what_names_no_place_comes_when_it_is_asked_for(self, ask):
        page = ask("events", f"type=REPATRIATE&{DANDONG}&unplaced=1")
        assert {"EV04", "EV10", "EV22", "EV29"} <= set(events(page))
        assert page.unplaced == 0

    def test_a_tie_can_be_chosen(self, ask):
        assert events(ask("events", f"type=REPATRIATE&{DANDONG}&tie=via")) == ["EV16"]
        assert events(ask("events", f"type=REPATRIATE&figure=1&{DANDONG}&tie=workplace")) == ["EV27"]

    def test_home_is_not_where_it_happens(self, ask):
        assert events(ask("events", "type=REPATRIATE&place={E-KP}")) == []


def test_3_workers_in_dandong(ask):
    assert figures(ask("figures", "label=PEOPLE&counted={E-NKWDD}&maybe=0")) == [row["id"] for row in ANSWERS["3"]]


@pytest.mark.parametrize(("number", "payment"), [("4", "levy"), ("5", "wage")])
def test_4_and_5_payments(ask, number, payment):
    page = ask("figures", f"label=MONEY&type=PAY&attr=payment_type:{payment}")
    assert figures(page) == [row["id"] for row in ANSWERS[number]]
    value = page.rows[0]["values"][0]
    assert (value["currency"], value["per_period"]) == (ANSWERS[number][0]["currency"], ANSWERS[number][0]["per_period"])


def test_6_approximate_amounts(ask):
    assert figures(ask("figures", "approximate=1")) == ["F06", "F09", "F12", "F13"]


def test_7_what_happened_when(ask):
    page = ask("events", "timed=1&status=any&polarity=any")
    assert set(events(page)) == {row["event"] for row in ANSWERS["7"]}
    assert (set(events(page)[:2]), events(page)[2]) == ({"EV06", "EV07"}, "EV16")


def test_11_figures_of_unnamed_sources_only(ask):
    assert set(figures(ask("figures", "unnamed=1&use=any"))) == set(ANSWERS["11"]["figures_from_unnamed_sources"])


def test_13_contracts_that_ended(ask):
    page = ask("events", "filter=contract_over")
    assert set(events(page)) == {row["event"] for row in ANSWERS["13"]}


def test_14_what_is_only_expected(ask):
    page = ask("events", "status=expected,unrealised&polarity=any")
    assert set(events(page)) == {row["event"] for row in ANSWERS["14"]}


def test_pages_follow_each_other(ask):
    whole = ask("events", "status=any&polarity=any")
    assert len(whole.rows) == sum(whole.parts.values()) == 41
    seen, after = [], None
    while True:
        page = ask("events", "status=any&polarity=any", limit=7, after=after)
        seen += events(page)
        after = page.after
        if after is None:
            break
    assert seen == events(whole)


def test_every_row_is_in_one_part(ask):
    """Also what is open, which nobody has chosen."""
    Event.objects.filter(key="EV05").update(status="", revision=2)
    keep.write(Event.objects.values_list("assignment", flat=True).distinct())
    page = ask("events")
    assert page.parts["open"] == 1
    assert sum(page.parts.values()) == 41


def test_the_number_of_queries_does_not_grow_with_the_rows(ask, django_assert_max_num_queries):
    most = 28 if answer.LARGE > 0 else 34  # of a large index, first how much of it there is to look at
    with django_assert_max_num_queries(most):
        ask("events", f"type=REPATRIATE&figure=1&{DANDONG}", limit=1)
    with django_assert_max_num_queries(most):
        assert len(ask("events", "status=any&polarity=any").rows) == 41
