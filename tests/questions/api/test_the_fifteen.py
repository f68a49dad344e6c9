"""The fifteen questions of the domain over HTTP: each answer whole, as it was worked out for the seed, and on the page in the same rows."""

import json
import re
from decimal import Decimal

import pytest

from annotations.models import Citation, Claim, Event, Span
from registry.models import Entity
from tests import factories

pytestmark = pytest.mark.django_db
ANSWERS = json.loads((factories.DOMAIN / "expected_answers.json").read_text("utf-8"))["answers"]
DANDONG = "type=REPATRIATE&figure=1&place={E-DDG}&from=2017-08-01&to=2017-12-31"
# What a row of a ledger does not say: the article at its words does.
NOT_IN_ROWS = {"role", "statistic", "hypothesis", "phase", "early", "factuality", "figure_text", "format"}
NUMBERS = ("low", "high", "per_count")
OF_VALUE = ("low", "high", "comparator", "approximate", "vague", "currency", "unit", "per_period", "per_count")


class Read:
    """Rows of the API in the words of the answers: with the keys of the gold instead of ids."""

    def __init__(self) -> None:
        kinds = (Event, Span, Claim, Citation, Entity)
        self.keys = {str(pk): key for kind in kinds for pk, key in kind.objects.values_list("pk", "key")}

    def sources(self, entry):
        """An event that nobody is named for has "None" in the answers."""
        return sorted(self.keys[source["entity"]] for source in entry["sources"]) or ["None"]

    def figure(self, row):
        (value,), (entry,) = row["values"], row["entries"]
        (figure,), (claim,) = value["figures"], entry["claims"]
        read = {name: value[name] for name in OF_VALUE if value[name] not in ("", None)}
        return {
            **{name: Decimal(each) if name in NUMBERS else each for name, each in read.items()},
            "id": self.keys[row["id"]],
            "quote": figure["quote"],
            "spans": figure["fragments"],
            "kind": value["label"],
            "claim": self.keys[claim["id"]],
            "source": self.keys[claim["source"]["entity"]],
            "use": figure["use"],
            **({"counted": self.keys[figure["counted"][0]["entity"]]} if figure["counted"] else {}),
            "event": self.keys[entry["event"]],
            "event_type": row["type"],
            "status": row["status"],
        }

    def event(self, row):
        """Everything that an answer may ask for of an event."""
        (entry,) = row["entries"]
        time, first = row["time"], entry["triggers"][0]
        expected = "undated, later than the statement" if row["status"] == "expected" else "undated, not later than publication"
        return {
            "event": self.keys[entry["event"]],
            "type": row["type"],
            "status": row["status"],
            "polarity": row["polarity"],
            "certainty": row["certainty"],
            "figure": [self.keys[figure["id"]] for value in row["values"] for figure in value["figures"]],
            "place_scope": [tie["tie"] for tie in row["ties"]],
            "earliest": time["earliest"],
            "latest": time["latest"],
            "edtf": time["edtf"] or None,
            "words": time["words"] or None,
            "basis": time["basis"] or "open",
            "time": expected if time["undated"] else "dated",
            "sources": self.sources(entry),
            "source": self.sources(entry),
            "claims": sorted(self.keys[claim["id"]] for claim in entry["claims"]),
            "trigger": first["quote"],
            "triggers": [[mark["quote"], *fragment] for mark in entry["triggers"] for fragment in mark["fragments"]],
        }

    def law(self, row):
        read = self.event(row)
        return {name: read[name] for name in ("event", "type", "source")} | {
            "role": row["role"],
            "ref": self.keys[row["citation"]["id"]],
        }

    def finding(self, row):
        numbers = row["numbers"]
        rates = [rate | {"figures": [self.keys[pk] for pk in rate["figures"]]} for rate in numbers["implied_rates"]]
        figures = sorted(self.keys[mark["id"]] for mark in row["figures"])
        return {name: row[name] for name in ("code", "result", "text")} | numbers | {"implied_rates": rates, "figures": figures}


def asked(answer, read):
    """What the answers say, and what rows that say more say of it; numbers as numbers."""
    wanted = [
        {name: Decimal(str(value)) if name in NUMBERS else value for name, value in row.items() if name not in NOT_IN_ROWS}
        for row in answer
    ]
    assert len(wanted) == len(read)
    return wanted, [{name: row[name] for name in each} for each, row in zip(wanted, read, strict=True)]


@pytest.fixture
def http(indexed, client):
    """`http(address)`: the answer of the API, after the page was seen to have its rows in their order."""
    reviewer = factories.user("reviewer")
    factories.membership(indexed, reviewer, "reviewer")
    client.force_login(reviewer)
    entities = {key: str(pk) for pk, key in Entity.objects.filter(corpus=indexed).values_list("pk", "key")}

    def ask(address):
        address = address.format_map(entities)
        answer = client.get(f"/api/v1/corpora/{indexed.slug}/ask/{address}").json()
        page = client.get(f"/corpora/{indexed.slug}/ask/{address}", follow=True).content.decode()
        body = page.partition("<tbody>")[2].partition("</tbody>")[0]
        shown = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
        assert len(shown) == len(answer["results"]) > 0
        for row, written in zip(answer["results"], shown, strict=True):
            assert any(link in written for link in links(row)), links(row)
        return answer

    return ask


def links(row):
    """Where a row leads: its first quotation, or the entity that it is about."""
    if "entries" in row:
        return [row["entries"][0]["href"]]
    if "actor" in row:
        return [f"/entities/{row['actor']['entity']}/"]
    return [row["href"]] if "href" in row else [mark["href"] for mark in (*row["triggers"], *row["figures"])]


FIGURES = {
    "1": "figures/?label=PEOPLE",
    "3": "figures/?label=PEOPLE&counted={E-NKWDD}&maybe=0",
    "4": "figures/?label=MONEY&type=PAY&attr=payment_type:levy",
    "5": "figures/?label=MONEY&type=PAY&attr=payment_type:wage",
}
EVENTS = {
    "2": f"events/?{DANDONG}",
    "2_expected_not_counted": f"events/?{DANDONG}&part=expected",
    "7": "events/?timed=1&status=any&polarity=any",
    "13": "events/?filter=contract_over",
    "14": "events/?status=expected,unrealised&polarity=any",
}


@pytest.mark.parametrize("number", FIGURES)
def test_figures(http, number):
    read = Read()
    wanted, same = asked(ANSWERS[number], [read.figure(row) for row in http(FIGURES[number])["results"]])
    assert same == wanted


@pytest.mark.parametrize("number", EVENTS)
def test_events(http, number):
    read = Read()
    rows = sorted((read.event(row) for row in http(EVENTS[number])["results"]), key=lambda row: row["event"])
    wanted, same = asked(sorted(ANSWERS[number], key=lambda row: row["event"]), rows)
    assert same == wanted


def test_2_without_a_figure(http):
    read = Read()
    assert [read.event(row)["event"] for row in http(f"events/?{DANDONG}&part=no_figure")["results"]] == ANSWERS["2_no_figure"]


def test_4_and_5_what_is_worked_out(http):
    texts = {each["text"] for number in ("4", "5") for row in http(FIGURES[number])["results"] for each in row["derived"]}
    for words in ("150 CNY per person and month = 1,800 CNY per person and year", "15 %", "different speakers"):
        assert any(words in text for text in texts)


def test_6_rates(http):
    read = Read()
    wanted, same = asked(ANSWERS["6"], [read.finding(row) for row in http("findings/?code=FIG-06&result=warning")["results"]])
    assert same == wanted


def test_8_causes(http):
    read = Read()
    answer = http("causes/")
    rows = [
        [read.event(row)["event"], row["type"], sorted(read.keys[each["event"]] for each in row["causes"])]
        for row in answer["results"]
    ]
    assert sorted(rows) == ANSWERS["8"]
    assert answer["totals"] == {"links": 16, "chains": 9}


def test_9_sources(http):
    read = Read()
    rows = {}
    for row in http("sources/")["results"]:
        source = read.keys[row["source"]["entity"]] if row["source"] else "None"
        claim = {name: [read.keys[mark["id"]] for mark in row[name]] for name in ("figures", "triggers")}
        if row["claim"]:  # how the narrator says it nobody has chosen
            claim |= {name: row[name] for name in ("modality", "mode", "evidence")}
        rows.setdefault(source, {})[read.keys[row["claim"]] if row["claim"] else "Q0"] = claim
    wanted = json.loads(json.dumps(ANSWERS["9"]))
    wanted["E-DNK"]["Q0"] = {name: wanted["E-DNK"]["Q0"][name] for name in ("figures", "triggers")}
    assert rows == wanted


def test_10_network(http):
    read = Read()
    answer = http("network/")
    edges = [
        [read.keys[row["actor"]["entity"]], row["kind"], read.keys[row["acted"]["entity"]], read.keys[event["event"]]]
        for row in answer["results"]
        for event in row["events"]
    ]
    assert sorted(edges) == sorted(ANSWERS["10"])
    assert answer["totals"] == {"edges": 16, "typed": 14, "pairs": 13}


def test_11_unnamed_sources(http):
    read, wanted = Read(), ANSWERS["11"]
    answer = http("figures/?unnamed=1&use=any")
    unnamed, independent = answer["results"], wanted["independent_sources"]
    assert answer["totals"] == {"fewest_sources": independent["minimum"], "most_sources": independent["maximum"]}
    assert sorted(read.keys[row["id"]] for row in unnamed) == wanted["figures_from_unnamed_sources"]
    every = {read.keys[row["id"]] for row in http("figures/?use=any")["results"]}
    assert sorted(every - set(wanted["figures_from_unnamed_sources"])) == wanted["figures_from_named_sources"]
    sources = {read.keys[claim["source"]["entity"]] for row in unnamed for claim in row["entries"][0]["claims"]}
    assert sorted(sources) == wanted["unnamed_sources"]


def test_12_law(http):
    read = Read()
    rows = sorted((read.law(row) for row in http("law/?measure=UNSCR-2371")["results"]), key=lambda row: row["event"])
    assert rows == ANSWERS["12"]


def test_15_screening(http):
    read, wanted = Read(), ANSWERS["15"]
    answer = http("screening/")
    assert answer["parts"]["linked"] == len(wanted["linked"])
    assert answer["parts"]["not_applicable"] == wanted["not_applicable"]
    assert {read.keys[row["entity"]] for row in answer["results"] if row["part"] == "not_screened"} == set(wanted["not_screened"])
    assert "not listed" not in json.dumps(answer).casefold()
