"""What the checks of an assignment say is indexed with its entries."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from annotations.derived.checks import reckoned
from annotations.derived.claims import ClaimIndex
from annotations.documents.build import documents
from annotations.documents.checks_sql import FOR_CHECKS
from annotations.documents.sql import KNOWN
from annotations.models import Argument, Assignment, Figure
from annotations.native.view import NativeContext
from annotations.queries.findings import contexts_of
from annotations.schemes.fresh_view import fresh_view
from annotations.schemes.measures import load_measures
from corpus.db import round_trip
from questions.index import keep
from questions.index.compare import disagreements
from questions.index.findings import findings_of, with_checks
from questions.models import IndexedFinding, Stale
from registry.models import Entity, Measure, Paragraph, ParagraphEffect
from tests import factories, marks

pytestmark = pytest.mark.django_db
MEASURES = Path(__file__).parents[3] / "domain" / "measures.json"


def take_up():
    while keep.take_up():
        pass


def rows():
    return list(IndexedFinding.objects.order_by("assignment", "number").values())


def save(reading):
    Assignment.objects.filter(pk=reading.pk).update(revision=Assignment.objects.get(pk=reading.pk).revision + 1)


@pytest.fixture
def parts():
    """170 and 130 of 300."""
    reading = factories.assignment(factories.document("Of 300 went 170, and 130 wait."), factories.user(), "adjudication")
    whole, *others = (marks.figure(reading, str(n), low=n, high=n, comparator="eq", use="reported") for n in (300, 170, 130))
    for part in others:
        marks.link(part.span, whole.span)
    return reading


def test_the_gold_has_what_its_checks_say(gold, indexed):
    codes = list(IndexedFinding.objects.order_by("number").values_list("code", "result"))
    assert codes == [
        ("FIG-05", "ok"),
        ("FIG-05", "ok"),
        ("FIG-06", "warning"),
        ("DERIVED", "info"),
        ("DERIVED", "info"),
        ("LEGAL", "note"),
    ]
    sums = IndexedFinding.objects.filter(code="FIG-05").order_by("number")
    assert [len(row.parts) for row in sums] == [2, 0]
    legal = IndexedFinding.objects.get(code="LEGAL")
    keys = dict(gold.events.values_list("pk", "key"))
    assert sorted(keys[pk] for pk in legal.events) == ["EV03", "EV07"]


def test_a_save_makes_them_anew_and_they_stay_the_same_rows(parts):
    take_up()
    (before,) = rows()
    Figure.objects.filter(low=170).update(low=200, high=200)
    save(parts)
    take_up()
    (after,) = rows()
    assert (before["id"], before["result"], before["text"]) == (after["id"], "ok", "170 + 130 = 300.")
    assert (after["result"], after["text"]) == ("warning", "200 + 130 = 330, more than 300.")


def test_marks_that_go_take_them_along(parts):
    take_up()
    assert len(rows()) == 1
    parts.links.all().delete()
    save(parts)
    take_up()
    assert rows() == []


@pytest.mark.parametrize("change", ["effect", "number", "adopted", "measure", "paragraph"])
def test_what_the_register_says_of_cited_law_makes_them_stale(gold, change, indexed):
    if change in ("effect", "number"):
        Paragraph.objects.filter(number="11").update(**{change: "x"})
    elif change == "adopted":
        Measure.objects.filter(code="UNSCR-2397").update(adopted="2016-01-01")
    elif change == "measure":
        Measure.objects.create(code="NEW", symbol="N", issuer="Council", adopted="2018-01-01")
    else:
        Paragraph.objects.filter(number="8").delete()
    assert set(Stale.objects.values_list("assignment", flat=True)) == {gold.pk}
    take_up()
    assert list(disagreements()) == []


DATED = {
    "deadline": "2016-01-01", "deadline_verified": True, "in_force_from": "2016-01-01", "in_force_to": "2030-01-01",
    "content_verified": True, "replaced_by": ["UNSCR-2397 8"], "applies_to": [{"label": "PAY"}],
    "limits": [{"goods": "coal", "high": ["1", "t"]}], "exceptions": "new ones",
}  # fmt: skip


@pytest.mark.parametrize("column", DATED)
def test_the_days_of_cited_law_make_them_stale(gold, column):
    Stale.objects.all().delete()
    Paragraph.objects.filter(number="11").update(**{column: DATED[column]})
    assert set(Stale.objects.values_list("assignment", flat=True)) == {gold.pk}


@pytest.mark.parametrize("column", ["adopted_verified", "in_force_from", "in_force_to"])
def test_the_days_of_a_cited_measure_make_them_stale(gold, column):
    Stale.objects.all().delete()
    Measure.objects.filter(code="UNSCR-2371").update(**{column: True if column == "adopted_verified" else "2016-01-01"})
    assert set(Stale.objects.values_list("assignment", flat=True)) == {gold.pk}


@pytest.mark.parametrize(
    "change",
    ["countries of the measure", "countries of an actor", "words of an effect", "what an effect requires", "a new effect"],
)
def test_what_tells_which_paragraphs_an_event_falls_under_makes_it_stale(gold, change):
    load_measures(json.loads(MEASURES.read_text("utf-8")))
    Stale.objects.all().delete()
    if change == "countries of the measure":
        Measure.objects.filter(code="UNSCR-2375").update(countries=["IR"])  # nothing in the gold cites it
    elif change == "countries of an actor":
        Entity.objects.filter(key="E-W170").update(countries=["CN"])
    elif change == "words of an effect":
        ParagraphEffect.objects.filter(code="cap").update(does="limits a number")
    elif change == "what an effect requires":
        ParagraphEffect.objects.filter(code="cap").update(requires=["PERMIT"])
    else:
        ParagraphEffect.objects.create(code="new", does="bans")
    assert set(Stale.objects.values_list("assignment", flat=True)) == {gold.pk}


def test_a_file_of_measures_brings_no_new_finding_of_the_gold(gold, indexed):
    load_measures(json.loads(MEASURES.read_text("utf-8")))
    assert set(Stale.objects.values_list("assignment", flat=True)) == {gold.pk}
    take_up()
    assert list(disagreements()) == []
    assert not IndexedFinding.objects.filter(code__in=["MEA-02", "MEA-03", "MEA-04", "FALLS-UNDER", "DEADLINE"]).exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_of_measures_makes_an_assignment_stale_once():
    """And not once for each of its rows."""
    reading = factories.assignment(factories.document("Resolution 1 sent them."), factories.user(), "adjudication")
    marks.citation(reading, "Resolution 1", marks.measure())
    Stale.objects.all().delete()
    load_measures(json.loads(MEASURES.read_text("utf-8")))
    assert list(Stale.objects.values_list("assignment", flat=True)) == [reading.pk]


DATES = [
    ("MEA-02", "2017-07", {}),
    ("MEA-03", "2018-02", {"in_force_to": "2017-12-22"}),
    ("DEADLINE", "2018-02", {"deadline": "2018-01-01"}),
]


@pytest.mark.parametrize(("code", "edtf", "paragraph"), DATES)
def test_events_beside_the_days_of_the_law_are_indexed(gold, code, edtf, paragraph):
    gold.events.filter(key="EV07").update(time_edtf=edtf)
    Paragraph.objects.filter(number="11").update(content_verified=True, **paragraph)
    save(gold)
    take_up()
    (row,) = IndexedFinding.objects.filter(code__in=["MEA-02", "MEA-03", "MEA-04", "FALLS-UNDER", "DEADLINE"])
    assert (row.code, row.result) == (code, "note")
    assert row.events == [row.entry] == [gold.events.get(key="EV07").pk]
    assert list(disagreements()) == []


def test_a_summary_in_the_register_is_in_no_finding(gold, indexed):
    Paragraph.objects.update(summary="Other words.", effect="cap")
    Stale.objects.all().delete()
    Paragraph.objects.update(summary="Yet other words.", effect="cap")
    assert not Stale.objects.exists()


def test_the_body_of_a_scheme_is_not_read_for_each_assignment(gold):
    assert findings_of([gold.pk])  # compiles the scheme
    with CaptureQueriesContext(connection) as queries:
        findings_of([gold.pk])
    assert not [query["sql"] for query in queries if '"annotations_scheme"."body"' in query["sql"]]


def test_what_has_nothing_to_check_is_not_read(gold):
    """Whatever gives a finding is among those that are read."""
    plain = factories.assignment(factories.document("20 went."), factories.user())
    marks.event(plain, "went")
    marks.figure(plain, "20", low=20, high=20, comparator="eq")
    assert with_checks([plain.pk, gold.pk]) == [gold.pk]
    assert findings_of([plain.pk]) == []


@pytest.mark.parametrize("code", ["FIG-05", "FIG-06", "DERIVED", "LEGAL"])
def test_each_check_alone_is_read(gold, code):
    """Of the gold only what one check needs: the assignment is still among those that are read."""
    if code != "FIG-05":
        gold.links.filter(type="part_of").delete()
    if code != "FIG-06":
        gold.links.exclude(type="part_of").delete()
    if code != "DERIVED":
        Figure.objects.update(per_count_n=None, per_count_span=None, per_count_figure=None)
    if code != "LEGAL":
        gold.citations.update(measure=None, paragraph="")
    codes = {row["code"] for row in findings_of([gold.pk])}
    assert codes == {code}
    assert with_checks([gold.pk]) == [gold.pk]


def test_an_event_of_a_stated_day_is_held_against_paragraphs_that_nobody_cites(gold):
    """Without a citation, a link or a rate the reading is still among those that are read."""
    load_measures(json.loads(MEASURES.read_text("utf-8")))
    Entity.objects.update(countries=["KP"])
    gold.events.update(status="happened", polarity="positive", has_time=True, time_edtf="2018-02", time_basis="stated")
    Argument.objects.exclude(citation=None).delete()
    gold.links.all().delete()
    gold.citations.update(measure=None, paragraph="")
    Figure.objects.update(per_count_n=None, per_count_span=None, per_count_figure=None, per_currency="")
    assert {row["code"] for row in findings_of([gold.pk])} == {"FALLS-UNDER"}
    assert with_checks([gold.pk]) == [gold.pk]
    gold.events.update(polarity="negative")
    assert findings_of([gold.pk]) == []
    assert with_checks([gold.pk]) == []


def test_checks_find_as_much_in_documents_of_their_own_as_in_whole_ones(gold):
    """Also by the countries of what fills a role, and by who says a figure."""
    load_measures(json.loads(MEASURES.read_text("utf-8")))
    Entity.objects.update(countries=["KP"])
    gold.events.update(status="happened", polarity="positive", has_time=True, time_edtf="2018-02", time_basis="stated")
    Argument.objects.exclude(citation=None).delete()
    contexts = [context for statement in (KNOWN, FOR_CHECKS) for context in contexts_of([gold], statement)]
    whole, own = (list(reckoned(context, ClaimIndex(context))) for context in contexts)
    assert own == whole
    assert {"DERIVED", "FALLS-UNDER"} <= {check.code for check in whole}


class WatchedObject(dict):
    """Knows which of its fields were read."""

    def __init__(self, values):
        super().__init__(values)
        self.read = set()

    def __getitem__(self, key):
        self.read.add(key)
        return super().__getitem__(key)

    def get(self, key, default=None):
        self.read.add(key)
        return super().get(key, default)

    def values(self):
        self.read.update(self)
        return super().values()


def missing(whole, own, name):
    """What was read of a whole document and is otherwise in its own."""
    if isinstance(whole, WatchedObject):
        for key in whole.read & whole.keys():
            yield from missing(dict.get(whole, key), (own or {}).get(key), f"{name}.{key}")
    elif isinstance(whole, list) and len(whole) == len(own or ()):
        for each, same in zip(whole, own or (), strict=True):
            yield from missing(each, same, name)
    elif whole != own:
        yield name


@pytest.mark.parametrize("is_as_loaded", [True, False])
def test_checks_read_nothing_of_whole_documents_that_their_own_lack(gold, is_as_loaded):
    load_measures(json.loads(MEASURES.read_text("utf-8")))
    if not is_as_loaded:
        Entity.objects.update(countries=["KP"])
        gold.events.update(status="happened", polarity="positive", has_time=True, time_edtf="2018-02", time_basis="stated")
        Argument.objects.exclude(citation=None).delete()
        gold.claims.all().delete()
    [(native, text)], [(own, _)] = documents([gold], KNOWN), documents([gold], FOR_CHECKS)
    whole = json.loads(json.dumps(native), object_hook=WatchedObject)
    context = NativeContext(whole, text, fresh_view(gold.scheme))
    assert list(reckoned(context, ClaimIndex(context)))
    assert {"mentions", "events", "attributions", "relations"} <= whole.read
    assert is_as_loaded or "default_attribution" in whole.read
    assert set(missing(whole, own, "document")) == set()


def test_a_save_that_changes_no_finding_is_indexed_in_two_round_trips(gold, indexed, monkeypatch):
    """One asks what there is to do, one makes the entries and reads what checks need; a third writes findings that differ."""
    trips = []
    sends = round_trip.sent
    monkeypatch.setattr(
        round_trip, "sent", lambda own, statements, form: trips.append(len(statements)) or sends(own, statements, form)
    )
    keep.write([gold.pk])
    trips.clear()
    before = rows()
    keep.write([gold.pk])
    assert (len(trips), rows()) == (2, before)
    IndexedFinding.objects.filter(code="LEGAL").delete()
    keep.write([gold.pk])
    assert (len(trips), rows()) == (5, before)


def test_what_was_changed_by_hand_is_reported(parts):
    take_up()
    assert list(disagreements()) == []
    IndexedFinding.objects.update(text="170 + 130 = 1.")
    assert [(fault.kind, fault.detail) for fault in disagreements()] == [("finding", "the index says it and the marks do not")]
    IndexedFinding.objects.all().delete()
    assert [(fault.kind, fault.detail) for fault in disagreements()] == [("finding", "the marks say it and the index does not")]
    with pytest.raises(CommandError, match="1 entries differ"):
        call_command("index", "--check", stderr=StringIO())
    list(keep.rebuild())
    assert list(disagreements()) == []


@pytest.mark.parametrize("values", [{"code": "FIG-99"}, {"result": "good"}])
def test_no_other_checks(parts, values):
    take_up()
    with pytest.raises(IntegrityError):
        IndexedFinding.objects.update(**values)


def test_figures_of_any_size_are_indexed(gold):
    """What fails here would keep all others from being indexed."""
    Figure.objects.filter(low=F("high"), currency="CNY").update(low="9" * 24, high="9" * 24)
    Figure.objects.filter(low=F("high"), currency="KPW").update(low="0.000001", high="0.000001")
    Figure.objects.exclude(per_count_n=None).update(per_count_n="0.000001")
    save(gold)
    take_up()
    assert IndexedFinding.objects.filter(code__in=["FIG-06", "DERIVED"]).exists()
    assert list(disagreements()) == []
