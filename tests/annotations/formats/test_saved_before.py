"""Tables that were saved before statements were sentences: which of their rows are out of date is still told."""

import io
import uuid

import pytest

from annotations.imports.saved_tables import saved_rows
from annotations.models import Assignment
from annotations.queries.outdated_rows import outdated
from annotations.write.apply import apply_changes
from config.environment import ROOT
from tests import factories

BEFORE = ROOT / "tests/fixtures/evidence_before"
FILES = {"evidence": "table.md", "docx": "table.docx", "csv": "table.csv.zip", "xlsx": "table.xlsx"}
TEXT = (
    "Workers sent home from Dandong\n\n"
    "“Of 300 workers here, 170 were sent home on September 4, 2017. Their contracts were not extended,” a manager told Example News. "
    "They earn about 1,800 RMB per month."
)


def pk(number):
    return str(uuid.UUID(int=0x0A1B2C3D_0000_4000_8000_000000000000 + number))


def words(quote):
    start = TEXT.index(quote)
    return [{"start": start, "end": start + len(quote), "quote": quote}]


def made():
    """Every attribute is stated: what is not must not depend on the version that stores it."""
    stated = {"polarity": "positive", "certainty": "certain", "status": "happened"}
    figure = {"comparator": "eq", "statistic": "none", "use": "reported", "counted": {"mention": pk(10)}}
    rated = {"reliability": "C", "credibility": "3"}
    everything = [
        ("entity", {"id": pk(1), "type": "GROUP", "name": "Workers at the mill", "reference": "specific"}),
        ("entity", {"id": pk(2), "type": "PERSON", "name": "Manager at the mill", "reference": "specific"}),
        ("entity", {"id": pk(3), "type": "TERRITORY", "name": "Dandong", "reference": "specific"}),
        ("span", {"id": pk(10), "layer": "ACTOR", "label": "GROUP", "fragments": words("workers here"),
                  "attributes": {"mention_type": "NOM", "entity": pk(1)}}),
        ("span", {"id": pk(11), "layer": "ACTOR", "label": "PERSON", "fragments": words("manager"),
                  "attributes": {"mention_type": "NOM", "entity": pk(2)}}),
        ("span", {"id": pk(12), "layer": "ACTOR", "label": "TERRITORY", "fragments": words("Dandong"),
                  "attributes": {"mention_type": "NAM", "entity": pk(3)}}),
        ("span", {"id": pk(20), "layer": "FIGURE", "label": "PEOPLE", "fragments": words("300"),
                  "attributes": {"low": 300, "high": 300} | figure}),
        ("span", {"id": pk(21), "layer": "FIGURE", "label": "PEOPLE", "fragments": words("170"),
                  "attributes": {"low": 170, "high": 170} | figure}),
        ("span", {"id": pk(22), "layer": "FIGURE", "label": "MONEY", "fragments": words("about 1,800 RMB per month"),
                  "attributes": {"low": 1800, "high": 1800, "comparator": "eq", "statistic": "none", "use": "reported",
                                 "approximate": True, "currency": "CNY", "currency_basis": "stated", "per_period": "P1M"}}),
        ("event", {"id": pk(30), "type": "REPATRIATE", "attributes": {"manner": "forced"},
                   "arguments": [{"role": "count", "mention": pk(21)}, {"role": "origin", "mention": pk(12)}],
                   "time": {"edtf": "2017-09-04", "earliest": "2017-09-04", "latest": "2017-09-04", "basis": "stated",
                            "text": "September 4, 2017"} | {key: words("September 4, 2017")[0][key] for key in ("start", "end")}}
         | stated),
        ("span", {"id": pk(31), "layer": "EVENT", "label": "REPATRIATE", "fragments": words("sent home on"), "event": pk(30)}),
        ("event", {"id": pk(32), "type": "EMPLOY", "attributes": {"phase": "extend", "early": False},
                   "arguments": [{"role": "worker", "mention": pk(10)}]} | stated | {"polarity": "negative"}),
        ("span", {"id": pk(33), "layer": "EVENT", "label": "EMPLOY", "fragments": words("extended"), "event": pk(32)}),
        ("event", {"id": pk(34), "type": "PAY", "attributes": {"payment_type": "wage", "trend": "none"},
                   "arguments": [{"role": "recipient", "mention": pk(10)}, {"role": "amount", "mention": pk(22)}]}
         | stated | {"status": "general"}),
        ("span", {"id": pk(35), "layer": "EVENT", "label": "PAY", "fragments": words("earn"), "event": pk(34)}),
        ("claim", {"id": pk(40), "source_entity": pk(2), "source_mention": pk(11), "source_basis": "stated", "mode": "direct",
                   "modality": "asserted", "evidence": "testimony", "cue": words("told"),
                   "content": words("Of 300 workers here, 170 were sent home on September 4, 2017. Their contracts were not extended"),
                   } | rated),
    ]  # fmt: skip
    return [{"id": pk(100 + n), "op": "create", "kind": kind, "object": item} for n, (kind, item) in enumerate(everything)]


@pytest.fixture
def marked(db):
    corpus = factories.corpus("before")
    factories.adopt(corpus)
    person = factories.user("kim")
    factories.membership(corpus, person, "manager")
    outlet = factories.outlet(corpus, "Example News")
    article = factories.article(
        corpus, "Workers sent home from Dandong", outlet=outlet, url="https://example.org/1", language="en"
    )
    assignment = factories.assignment(factories.document(TEXT, of=article), person, id=pk(0))
    apply_changes(assignment, person, 0, made())
    return corpus, person


def saved(name):
    return saved_rows(io.BytesIO((BEFORE / FILES[name]).read_bytes()), name)


@pytest.mark.parametrize("name", FILES)
def test_rows_whose_marks_stand_are_up_to_date(marked, name):
    corpus, person = marked
    assert len(saved(name)) == 4
    assert outdated(corpus, person, saved(name)) == []


@pytest.mark.parametrize("name", FILES)
def test_rows_whose_marks_changed_are_out_of_date(marked, name):
    corpus, person = marked
    assignment = Assignment.objects.get(document__corpus=corpus)
    changed = {"id": pk(21), "attributes": {"low": 171, "high": 171}}
    apply_changes(assignment, person, assignment.revision, [{"id": pk(999), "op": "update", "kind": "span", "object": changed}])
    [row] = outdated(corpus, person, saved(name))
    assert (row.number, row.reasons) == (2, ["changed"])
