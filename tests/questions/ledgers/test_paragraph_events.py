"""Events beside a paragraph: what the register says of each, of those that cite it and of the others."""

from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions.address.question import AddressError
from questions.index.findings import findings_of
from questions.ledgers.paragraph_events import paragraph_events
from tests import factories, marks
from tests.questions.ledgers.asking import fill, superuser, take_up

pytestmark = pytest.mark.django_db
RULE = {"label": "EMPLOY", "where": {"phase": ["start", "extend"]}}
WORDS = [f"word{number}" for number in range(80)]


@pytest.fixture
def reading(db):
    text = f"Resolution 9. {' '.join(WORDS)}."
    return factories.assignment(factories.document(text), factories.user(), "adjudication")


@pytest.fixture
def paragraph(reading):
    measure = marks.measure(adopted="2017-09-11", countries=["KP"])
    row = measure.paragraphs.get()
    row.applies_to = [RULE]
    row.save()
    return row


@pytest.fixture
def event(reading):
    workers = {code: marks.entity(reading.document.corpus, countries=[code]) for code in ("KP", "CN")}
    words = iter(WORDS)

    def made(days="2018-01-01/2018-01-31", country="KP", type_="EMPLOY", **fields):
        first, _, last = days.partition("/")
        own = {
            "attributes": {"phase": "start"},
            "status": "happened",
            "polarity": "positive",
            "time_edtf": days,
            "time_basis": "stated",
            "has_time": bool(days),
        } | fields
        row = marks.event(reading, next(words), type_, time_earliest=first or None, time_latest=last or None, **own)
        marks.argument(row, entity=workers[country])
        return row

    return made


@pytest.fixture
def verdicts(reading, paragraph):
    def by_event(**options):
        take_up()
        answer = paragraph_events(paragraph, reading.document.corpus, superuser(), 200, **options)
        return {row["id"]: (row["verdict"], row["cited"]) for row in answer.rows}, answer.counts

    return by_event


@pytest.mark.parametrize(
    ("days", "fields", "expected"),
    [
        ("2018-01-01/2018-01-31", {}, "falls_under"),
        ("2017-09-11/2017-09-11", {}, "falls_under"),
        ("2017-09-01/2017-09-10", {}, "before"),
        ("2017-09-01/2017-09-11", {}, "open"),
        ("2017-09-01/", {}, "open"),
        ("", {}, "open"),
        ("2019-12-23/2019-12-31", {}, "after_deadline"),
        ("2019-12-22/2019-12-22", {}, "falls_under"),
        ("2019-12-22/2019-12-23", {}, "open"),
        ("2021-01-01/2021-01-01", {}, "after"),
        ("2018-01-01/2018-01-31", {"attributes": {}}, "open"),
        ("2018-01-01/2018-01-31", {"attributes": {"phase": "end"}}, None),
        ("2018-01-01/2018-01-31", {"polarity": "negative"}, None),
        ("2018-01-01/2018-01-31", {"status": "planned"}, None),
        ("2018-01-01/2018-01-31", {"country": "CN"}, None),
        ("2018-01-01/2018-01-31", {"type_": "REPATRIATE"}, None),
    ],
)
def test_each_verdict_of_an_event_that_does_not_cite(verdicts, paragraph, event, days, fields, expected):
    type(paragraph).objects.filter(pk=paragraph.pk).update(deadline="2019-12-22", in_force_to="2020-12-31")
    row = event(days, **fields)
    rows, counts = verdicts()
    assert rows == ({row.pk: (expected, False)} if expected else {})
    assert counts == ({expected: (0, 1)} if expected else {})


def test_it_says_of_all_articles_what_the_check_says_of_one(verdicts, paragraph, event, reading):
    paragraph.applies_to = [
        RULE | {"from": "2018-02-01"},
        {"label": "TRADE", "goods": ["refined petroleum"]},
        {"label": "OWN", "where": {"phase": ["founds"]}, "roles": ["owner"]},
    ]
    paragraph.save()
    type(paragraph.measure).objects.exclude(pk=paragraph.measure_id).delete()
    days = ["2018-01-01/2018-03-01", "2018-02-01/2018-02-01", "2017-09-10/2017-09-12", "2016-01-01/2016-12-31"]
    for each, country, phase in product(days, ("KP", "CN"), ("start", "end")):
        event(each, country, attributes={"phase": phase})
    for goods in (["Refined  Petroleum products"], ["petroleum"], ["coal", "refined petroleum"], []):
        event(days[1], type_="TRADE", attributes={"goods": goods} if goods else {})
    for status, polarity in product(("happened", "ongoing", "planned"), ("positive", "negative")):
        event(days[1], status=status, polarity=polarity)
    event(days[1], type_="OWN", attributes={"phase": "founds"})
    checked = {pk for row in findings_of([reading.pk]) if row["code"] == "FALLS-UNDER" for pk in row["events"]}
    rows, _ = verdicts()
    assert {pk for pk, (verdict, _) in rows.items() if verdict == "falls_under"} == checked
    assert len(checked) > 4


def test_it_says_of_a_deadline_what_the_check_says(verdicts, paragraph, event, reading):
    """By country, role, first day and goods; the article cites the paragraph, none of its events does."""
    paragraph.applies_to = [
        RULE | {"from": "2018-02-01"},
        {"label": "TRADE", "goods": ["refined petroleum"]},
        {"label": "OWN", "where": {"phase": ["founds"]}, "roles": ["owner"]},
        {"label": "OWN", "where": {"phase": ["closes"]}, "roles": ["owned"]},
    ]
    paragraph.deadline, paragraph.in_force_to = "2017-12-22", "2019-12-31"
    paragraph.save()
    citation = marks.citation(reading, "Resolution 9", paragraph.measure)
    type(citation).objects.filter(pk=citation.pk).update(paragraph=paragraph.number)
    type(paragraph.measure).objects.exclude(pk=paragraph.measure_id).delete()
    days = [
        "2018-01-01/2018-03-01",
        "2018-02-01/2018-02-01",
        "2017-12-22/2017-12-23",
        "2016-01-01/2016-12-31",
        "2020-01-01/2020-01-01",
    ]
    for each, country, phase in product(days, ("KP", "CN"), ("start", "end")):
        event(each, country, attributes={"phase": phase})
    for goods, country in product((["refined petroleum"], ["coal"], []), ("KP", "CN")):
        event(days[1], country, type_="TRADE", attributes={"goods": goods} if goods else {})
    for phase, country in product(("founds", "closes"), ("KP", "CN")):
        event(days[1], country, type_="OWN", attributes={"phase": phase})
    rows, _ = verdicts()
    checked = [pk for row in findings_of([reading.pk]) if row["code"] == "DEADLINE" for pk in row["events"]]
    assert sorted(pk for pk, (verdict, _) in rows.items() if verdict == "after_deadline") == sorted(checked)
    assert len(checked) == 3  # one of each type: where a party of the country is the owner


def test_those_that_cite_and_the_others_are_told_apart(verdicts, paragraph, event, reading):
    citation = marks.citation(reading, "Resolution 9", paragraph.measure)
    type(citation).objects.filter(pk=citation.pk).update(paragraph="11")
    citing, foreign, other = event(), event(attributes={"phase": "end"}), event()
    for row in (citing, foreign):
        fill(row, legal_basis=citation)
    every, counts = verdicts()
    assert counts == {"falls_under": (1, 1), "open": (1, 0)}  # nobody has loaded what the effect `cap` does
    assert every == {citing.pk: ("falls_under", True), foreign.pk: ("open", True), other.pk: ("falls_under", False)}
    assert set(verdicts(cited=True)[0]) == {citing.pk, foreign.pk}
    assert set(verdicts(cited=False)[0]) == {other.pk}
    assert set(verdicts(given=(("verdict", "falls_under"),))[0]) == {citing.pk, other.pk}
    assert verdicts(given=(("verdict", "falls_under"),))[1] == counts


def test_filters_pages_and_people_of_other_corpora(verdicts, paragraph, event, reading):
    rows = [event(f"2018-0{month}-01/2018-0{month}-02").pk for month in (1, 2, 3)]
    corpus, person = reading.document.corpus, superuser()
    assert list(verdicts(given=(("from", "2018-02-01"), ("to", "2018-02-28"), ("dates", "within")))[0]) == [rows[1]]
    first = paragraph_events(paragraph, corpus, person, 2)
    second = paragraph_events(paragraph, corpus, person, 2, first.following)
    assert [row["id"] for row in [*first.rows, *second.rows]] == rows
    assert (second.following, first.counts, second.counts) == (None, {"falls_under": (0, 3)}, {"falls_under": (0, 3)})
    with pytest.raises(AddressError, match="not a cursor"):
        paragraph_events(paragraph, corpus, person, 2, "x")
    assert paragraph_events(paragraph, corpus, factories.user(), 2).rows == []
    assert paragraph_events(paragraph, factories.corpus("others"), person, 2).rows == []


def test_the_number_of_queries_does_not_grow(verdicts, paragraph, event, reading):
    def queries():
        take_up()
        with CaptureQueriesContext(connection) as captured:
            paragraph_events(paragraph, reading.document.corpus, person, 50)
        return len(captured)

    person = superuser()
    event()
    few = queries()
    for _ in range(9):
        event()
    assert queries() == few
