"""Where events happen, who acts on whom, and ready-made questions: what the check says of a scheme in which they are wrong."""

import json
from urllib.parse import parse_qs

import pytest

from annotations.scheme.view import SchemeView
from config.environment import ROOT

PLACES = {"roles": ["place"], "within": ["located_in"]}
PEOPLE = {"roles": ["people"], "up": ["part_of"], "through": ["works_for"]}
RELATIONS = "use one of part_of, located_in, "
LEDGERS = set("events figures disputes sources causes law findings screening words network counts".split())


@pytest.fixture
def problems(scheme_body):
    """What is wrong with a scheme whose tables were changed."""
    return lambda **tables: SchemeView(scheme_body | tables).check()


def begins(lines, *starts):
    return len(lines) == len(starts) and all(map(str.startswith, lines, starts))


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"roles": ["nowhere"]}, "places.roles: there is no role 'nowhere'; use one of "),
        ({"within": ["beside"]}, f"places.within: there is no relation 'beside'; {RELATIONS}"),
        ({"not": {"FLY": []}}, "places.not: there is no event 'FLY'; use one of ADOPT, "),
        ({"not": {"REPATRIATE": ["via"]}}, "places.not.REPATRIATE: there is no role of a place 'via'; use one of place"),
        ({"not": ["REPATRIATE"]}, "places.not: should be an object"),
        ({"people": PEOPLE | {"roles": ["count"]}}, "places.people.roles: there is no role of actors 'count'; use one of "),
        ({"people": PEOPLE | {"up": ["above"]}}, f"places.people.up: there is no relation 'above'; {RELATIONS}"),
        ({"people": PEOPLE | {"through": ["x"]}}, f"places.people.through: there is no relation 'x'; {RELATIONS}"),
        ({"people": {"roles": []}}, "places.people: lacks `up`"),
    ],
)
def test_places_name_roles_events_and_relations_that_there_are(problems, changed, line):
    assert problems(places=PLACES | {"not": {"REPATRIATE": ["place"]}, "people": PEOPLE}) == []
    lines = problems(places=PLACES | changed)
    assert lines[0].startswith(line)


@pytest.mark.parametrize(
    ("act", "line"),
    [
        ({"FLY": {"from": "x", "to": "y"}}, "acts: there is no event 'FLY'; use one of ADOPT, "),
        (
            {"PAY": {"from": "employer", "to": "recipient"}},
            "acts.PAY.from: there is no role of actors in PAY 'employer'; use one of payer, ",
        ),
        (
            {"PAY": {"from": "payer", "to": "amount"}},
            "acts.PAY.to: there is no role of actors in PAY 'amount'; use one of payer, ",
        ),
        (
            {"PAY": {"from": "payer", "to": "recipient", "by": "phase"}},
            "acts.PAY.by: there is no attribute of PAY with choices 'phase'; use one of payment_type, trend",
        ),
        ({"ADOPT": {"from": "authority"}}, "acts.ADOPT: lacks `to`"),
    ],
)
def test_acts_name_events_their_roles_of_actors_and_their_choices(problems, act, line):
    assert begins(problems(acts=act), line)


def question(name="Who pays?", ledger="events", query="type=PAY"):
    return {"name": name, "ledger": ledger, "query": query}


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (question(name=" "), "questions.1.name: is empty; write"),
        (question(name=" Who earns? "), "questions.1.name: 'Who earns?' is the name of questions.0; use another one"),
        (question(ledger=""), "questions.1.ledger: '' is not a word in small letters, such as events"),
        (question(ledger="ask/events"), "questions.1.ledger: 'ask/events' is not a word"),
        (question(query="q=" + 3_999 * "x"), "questions.1.query: has 4,001 characters; 4,000 is the limit"),
        (question(query="type"), "questions.1.query: 'type' is not a parameter with its value"),
        (question(query="?type=PAY"), "questions.1.query: '?type=PAY' is not a parameter"),
        (question(query="type=PAY&type=EMPLOY"), "questions.1.query: 'type' is given more than once; write its values"),
        (question(query="place={place"), "questions.1.query: braces hold one word in small letters, such as place={place}"),
        (question(query="place={0.__class__}"), "questions.1.query: braces hold one word"),
        ({"name": "Who?", "ledger": "events"}, "questions.1: lacks `query`"),
        (question(query=1), "questions.1.query: should be text"),
    ],
)
def test_a_question_has_a_name_of_its_own_a_ledger_and_a_query(problems, entry, line):
    assert begins(problems(questions=[question(name="Who earns?"), entry]), line)


def test_a_query_may_be_empty_as_long_as_the_limit_or_leave_a_word_open(problems):
    queries = ["", "q=" + 3_998 * "x", "place={place}&from={from}"]
    assert problems(questions=[question(name=str(number), query=query) for number, query in enumerate(queries)]) == []


# The core scheme


def test_home_is_not_where_a_return_happens_and_people_are_where_they_work(scheme):
    assert scheme.places["not"] == {"REPATRIATE": ["destination"]}
    assert scheme.places["people"] == {"roles": ["people", "worker"], "up": ["part_of"], "through": ["works_for"]}


def test_a_scheme_without_the_tables_says_so(scheme_body):
    for name in ("acts", "questions"):
        del scheme_body[name]
    scheme_body["places"] = PLACES
    older = SchemeView(scheme_body)
    assert older.places == PLACES | {"not": {}, "people": {"roles": [], "up": [], "through": []}}
    assert (older.acts, older.questions, older.check()) == ({}, (), [])


def test_types_of_acts_and_payments_are_told_apart(scheme):
    ends = {code: (act["from"], act["to"]) for code, act in scheme.acts.items()}
    assert ends == {
        "ADOPT": ("authority", "target"), "DESIGNATE": ("authority", "target"), "IMPLEMENT": ("implementer", "target"),
        "DIRECT": ("issuer", "addressee"), "PERMIT": ("authority", "holder"), "EMPLOY": ("employer", "worker"),
        "DISPATCH": ("sender", "people"), "REPATRIATE": ("agent", "people"), "PAY": ("payer", "recipient"),
        "ENFORCE": ("authority", "subject"), "TRADE": ("seller", "buyer"), "SHIP": ("giver", "taker"), "OWN": ("owner", "owned"),
    }  # fmt: skip
    by = {code: act["by"] for code, act in scheme.acts.items() if "by" in act}
    assert by == {"PAY": "payment_type", "ENFORCE": "action", "OWN": "phase"}


def test_the_acts_of_the_gold_are_those_of_question_10(scheme, gold):
    """Who acts on whom in the worked article, by the table alone."""
    meant = {mention["id"]: (mention.get("attributes") or {}).get("entity") for mention in gold["mentions"]}

    def fillers(event, role):
        return [a.get("entity") or meant[a["mention"]] for a in event["arguments"] if a["role"] == role]

    edges = [
        [one, ":".join(filter(None, [event["type"], (event["attributes"] or {}).get(act.get("by"))])), other, event["id"]]
        for event in gold["events"]
        if (act := scheme.acts.get(event["type"]))
        for one in fillers(event, act["from"])
        for other in fillers(event, act["to"])
    ]
    assert edges == expected_answers()["10"]


def expected_answers():
    return json.loads((ROOT / "domain" / "expected_answers.json").read_text("utf-8"))["answers"]


def test_questions_are_ready_and_name_codes_that_the_scheme_has(scheme):
    assert len(scheme.questions) == 21
    assert {one["ledger"] for one in scheme.questions} <= LEDGERS
    asked = [parse_qs(one["query"], strict_parsing=True) if one["query"] else {} for one in scheme.questions]
    codes = {name: {code for query in asked for value in query.get(name, ()) for code in value.split(",")} for name in NAMED}
    assert {name: codes[name] - NAMED[name](scheme) for name in NAMED} == {name: set() for name in NAMED}
    assert all(codes.values())
    assert [value for query in asked for values in query.values() for value in values if "{" in value] == [
        "{place}", "{from}", "{to}", "{group}", "{measure}",
    ]  # fmt: skip


def codes_of(entries):
    return {entry["code"] for entry in entries}


NAMED = {
    "type": lambda scheme: codes_of(scheme.labels("EVENT")),
    "label": lambda scheme: codes_of(scheme.labels("FIGURE")),
    "filter": lambda scheme: codes_of(scheme._body["event_filters"]),
    "code": lambda scheme: set(scheme.constraints),
    "status": lambda scheme: codes_of(scheme.of_layer("EVENT")["status"]["choices"]) | {"any"},
    "use": lambda scheme: codes_of(scheme.of_layer("FIGURE")["use"]["choices"]) | {"any"},
    "attr": lambda scheme: {f"payment_type:{x['code']}" for x in scheme.own_attributes("PAY")["payment_type"]["choices"]},
}
