"""Numbers of events and figures by their values."""

import json
import re
from collections import Counter
from uuid import UUID

import pytest
from django.db.models import Q

from annotations.assign import reopen
from annotations.models import Assignment, Claim, Event
from corpus.models import Article
from questions.address.parameters import COLUMNS
from questions.address.question import AddressError, read
from questions.asking.answer import EntrySelection, IndexAnswer
from questions.asking.asker import Asker
from questions.asking.source import LINKED, UNLINKED
from questions.ledgers import counts, layer_marks
from questions.ledgers.answered import answered, answered_then
from questions.models import Entry, IndexedFinding, Stale
from questions.past.cut import present
from tests import factories, marks
from tests.questions.ledgers.asking import ask, entity_keys, event_keys, fill, pages, superuser, take_up

pytestmark = pytest.mark.django_db
SEED = json.loads((factories.DOMAIN / "gold_seed.json").read_text("utf-8"))


def by(page, *names):
    """{value or pair of values: count}."""
    assert all([value["by"] for value in row["values"]] == list(names) for row in page.rows)
    return {
        tuple(value["value"] for value in row["values"])[0 : len(names)] if len(names) > 1 else row["values"][0]["value"]: row[
            "count"
        ]
        for row in page.rows
    }


@pytest.mark.usefixtures("indexed")
class TestSeed:
    def test_layers_as_the_domain_counts_them(self, seeded):
        page, counts = ask(seeded, "counts", by="layer"), SEED["counts"]
        assert by(page, "layer") == {"ACTOR": counts["ACTOR"], "EVENT": counts["events"], "FIGURE": counts["FIGURE"]}
        assert {row["values"][0]["value"]: row["marks"] for row in page.rows} == {
            layer: counts[layer] for layer in ("ACTOR", "EVENT", "FIGURE")
        }
        assert page.totals == {"values": 3, "entries": 54, "marks": counts["mentions"]}
        assert page.parts == {"counted": 54}
        assert [(row["events"], row["figures"]) for row in page.rows] == [(0, 0), (41, 0), (0, 13)]

    def test_layers_by_value_and_in_pages(self, seeded):
        paged = [row for page in pages(seeded, "counts", 1, by="layer", order="value") for row in page.rows]
        assert [row["values"][0]["value"] for row in paged] == ["ACTOR", "EVENT", "FIGURE"]
        paged = [row for page in pages(seeded, "counts", 2, by="layer") for row in page.rows]
        assert paged == ask(seeded, "counts", by="layer").rows

    def test_what_only_events_have_is_asked_of_no_mark(self, seeded):
        page = ask(seeded, "counts", by="layer", type="PAY")
        assert "marks" not in page.totals
        assert [(row["values"][0]["value"], "marks" in row) for row in page.rows] == [("EVENT", False), ("FIGURE", False)]

    def test_marks_of_an_outlet(self, seeded, gold):
        factories.outlet(seeded, "Elsewhere")
        assert ask(seeded, "counts", by="layer", outlet="Elsewhere").rows == []
        outlet = gold.document.article.outlet.name
        assert ask(seeded, "counts", by="layer", outlet=outlet).rows == ask(seeded, "counts", by="layer").rows

    def test_without_their_marks_where_counting_takes_too_long(self, seeded, monkeypatch):
        monkeypatch.setattr(layer_marks, "SECONDS", 0.05)
        monkeypatch.setattr(layer_marks, "MARKS", f"SELECT code, number FROM ({layer_marks.MARKS}) m(code, number), pg_sleep(2)")
        page = ask(seeded, "counts", by="layer")
        assert by(page, "layer") == {"EVENT": 41, "FIGURE": 13}
        assert page.totals == {"values": 2, "entries": 54}

    @pytest.mark.parametrize("after", [("x", "ACTOR", "", "ACTOR", ""), (1, None, "", "", "")])
    def test_a_cursor_of_another_kind_is_refused(self, seeded, after):
        with pytest.raises(AddressError, match="cursor"):
            ask(seeded, "counts", 1, after, by="layer")

    def test_marks_as_of_then(self, seeded, gold):
        asked, then, boss = read("counts", [("by", "layer")]), present(), superuser()
        before = answered(asked, seeded, boss, 50).page.rows
        reopen(gold)
        take_up()
        assert answered(asked, seeded, boss, 50).page.rows == []
        assert answered_then(asked, seeded, boss, 50, then).page.rows == before

    def test_labels_and_statuses(self, seeded):
        wanted = {}
        for event in SEED["events"]:
            wanted[event["type"], event["status"]] = wanted.get((event["type"], event["status"]), 0) + 1
        page = ask(seeded, "counts", by="label,status")
        assert {key: row["events"] for row in page.rows if (key := pair(row)) in wanted and row["events"]} == wanted
        assert sum(row["figures"] for row in page.rows) == 13
        assert [row["count"] for row in page.rows] == sorted((row["count"] for row in page.rows), reverse=True)

    def test_figures_by_source(self, seeded):
        page = ask(seeded, "counts", by="source", use="reported,basis,limit")
        keys = {str(pk): key for pk, key in entity_keys().items()}
        assert {keys[value]: count for value, count in by(page, "source").items()} == {
            "E-MGR": 8,
            "E-SRCB": 3,
            "E-SRCA": 1,
            "E-DNK": 1,
        }
        assert page.rows[0]["values"][0]["name"] == page.rows[0]["values"][0]["name"].strip() != ""
        assert all(row["events"] == 0 for row in page.rows)

    def test_months_are_those_of_the_first_stated_day(self, seeded):
        days = [(event.get("time") or {}).get("earliest") for event in SEED["events"]]
        rows = ask(seeded, "counts", by="month").rows
        assert {row["values"][0]["value"]: row["events"] for row in rows} == {
            month: [day and day[:7] for day in days].count(month) for month in {day and day[:7] for day in days}
        }

    @pytest.mark.parametrize("name", COLUMNS)
    def test_each_column_is_counted_alone_and_with_another(self, seeded, name):
        alone = ask(seeded, "counts", 200, by=name)
        other = "status" if name != "status" else "label"
        pairs = ask(seeded, "counts", 200, by=f"{name},{other}")
        assert alone.rows
        entries = [sum(row["events"] + row["figures"] for row in page.rows) for page in (pairs, alone)]
        assert entries[0] == entries[1] > 0

    @pytest.mark.parametrize(
        ("name", "column"), [("place", "places"), ("reliability", "reliabilities"), ("credibility", "credibilities")]
    )
    def test_an_entry_counts_once_for_each_of_its_values(self, seeded, name, column):
        Entry.objects.filter(pk=Entry.objects.exclude(places=[]).first().pk).update(places=[UUID(int=1), UUID(int=1)])
        wanted = Counter(str(value) for entry in Entry.objects.all() for value in set(getattr(entry, column)) or {None})
        assert {str(value): count for value, count in by(ask(seeded, "counts", 200, by=name), name).items()} == wanted

    def test_a_rating_has_both_letters_of_the_same_claim(self, seeded):
        rated, other, half, unrated = Claim.objects.order_by("pk")[:4]
        for claim, letters in ((rated, "B2"), (other, "F6"), (half, "A"), (unrated, "")):
            Claim.objects.filter(pk=claim.pk).update(reliability=letters[:1], credibility=letters[1:])
        Entry.objects.update(claims=[])
        both, one, none, *_ = Entry.objects.filter(kind="event").values_list("pk", flat=True)
        Entry.objects.filter(pk=both).update(claims=[rated.pk, other.pk, unrated.pk])
        Entry.objects.filter(pk=one).update(claims=[half.pk])
        Entry.objects.filter(pk=none).update(claims=[unrated.pk])
        assert by(ask(seeded, "counts", by="rating"), "rating") == {"B2": 1, "F6": 1, "A–": 1, None: 52}

    def test_an_entry_counts_once_for_each_code_of_its_findings(self, seeded):
        wanted = Counter()
        for entry in Entry.objects.all():
            about = Q(figures__contains=[entry.pk]) | Q(events__contains=[entry.pk])
            wanted.update(set(IndexedFinding.objects.filter(about).values_list("code", flat=True)) or {None})
        page = ask(seeded, "counts", by="finding")
        assert by(page, "finding") == wanted
        assert {"FIG-05", "FIG-06", "DERIVED", "LEGAL", None} >= set(wanted) > {None}
        assert page.totals["entries"] == 54

    def test_findings_of_what_was_just_saved_are_counted(self, seeded, gold):
        before = by(ask(seeded, "counts", by="finding"), "finding")
        Entry.objects.all().delete()
        IndexedFinding.objects.all().delete()
        assert by(ask(seeded, "counts", by="finding"), "finding") == {}
        Stale.objects.create(assignment=gold.pk)
        assert by(ask(seeded, "counts", by="finding"), "finding") == before

    def test_pages_neither_skip_nor_repeat(self, seeded):
        paged = [row for page in pages(seeded, "counts", 3, by="entity") for row in page.rows]
        assert paged == ask(seeded, "counts", 200, by="entity").rows

    @pytest.mark.parametrize("name", ["entity", "type,status"])
    def test_values_in_their_order(self, seeded, name):
        by_count = ask(seeded, "counts", 200, by=name).rows
        rows = [row for page in pages(seeded, "counts", 3, by=name, order="value") for row in page.rows]
        names = [tuple(value["name"] for value in row["values"]) for row in rows]
        assert names == sorted(names)
        assert sorted(map(str, rows)) == sorted(map(str, by_count))
        assert rows != by_count

    def test_linked_events_count_once(self, seeded):
        pair = Entry.objects.filter(event__in=[pk for pk, key in event_keys().items() if key in ("EV13", "EV25")])
        before = ask(seeded, "counts", by="type").rows
        pair.update(linked=min(pair.values_list("pk", flat=True)))
        after = ask(seeded, "counts", by="type")
        assert {row["values"][0]["value"]: row["events"] for row in after.rows} == {
            row["values"][0]["value"]: row["events"] - (row["values"][0]["value"] == "EMPLOY") for row in before
        }
        assert after.totals["entries"] == 53

    @pytest.mark.parametrize(("status", "counted"), [("happened", {"counted": 1}), ("expected,unrealised", {"happened": 1})])
    def test_linked_events_are_in_one_part(self, seeded, status, counted):
        """In the part that counts if one of them is, else in that of the earliest, as in the ledger of events."""
        happened, general = Entry.objects.filter(kind="event", type="REPATRIATE").order_by("pk")[:2]
        marks = {"linked": happened.pk, "type": "TEST"}
        Entry.objects.filter(pk=happened.pk).update(**marks, status="happened", earliest="2017-05-01")
        Entry.objects.filter(pk=general.pk).update(**marks, status="general", earliest="2017-06-01")
        if "happened" in status:
            Entry.objects.filter(pk=general.pk).update(earliest="2017-01-01")
        answers = [
            ask(seeded, ledger, type="TEST", status=status, polarity="any", **own)
            for ledger, own in (("counts", {"by": "status"}), ("events", {}))
        ]
        of_events = [{part: number for part, number in answer.parts.items() if number} for answer in answers]
        assert of_events == [counted, counted]

    @pytest.mark.parametrize("name", ["type", "type,month", "entity", "outlet,status"])
    def test_linked_events_of_what_was_just_saved(self, seeded, gold, name):
        """Links that the index still has and nobody else are in no number."""
        before = ask(seeded, "counts", by=name)
        pair = Entry.objects.filter(event__in=[pk for pk, key in event_keys().items() if key in ("EV13", "EV25")])
        pair.update(linked=min(pair.values_list("pk", flat=True)))
        assert ask(seeded, "counts", by=name).totals["entries"] == 53
        Stale.objects.create(assignment=gold.pk)
        assert ask(seeded, "counts", by=name) == before

    def test_by_whom(self, seeded):
        viewer, outsider, annotator = factories.user(), factories.user(), factories.user()
        factories.membership(seeded, viewer, "viewer")
        factories.membership(seeded, annotator, "annotator")
        entries = [ask(seeded, "counts", user=who).totals["entries"] for who in (viewer, annotator, outsider)]
        assert entries == [54, 0, 0]
        numbers = [ask(seeded, "counts", user=who, by="layer").totals["marks"] for who in (viewer, annotator, outsider)]
        assert numbers == [SEED["counts"]["mentions"], 0, 0]


def pair(row):
    return tuple(value["value"] for value in row["values"])


def test_a_copy_is_not_counted(db):
    corpus = factories.corpus()
    factories.adopt(corpus)
    readings = [
        factories.assignment(factories.document("They went.", corpus=corpus), factories.user(), "adjudication") for _ in "ab"
    ]
    for reading in readings:
        marks.event(reading, "went")
    first, second = (reading.document.article for reading in readings)
    Article.objects.filter(pk=second.pk).update(copy_of=first)
    take_up()
    assert by(ask(corpus, "counts", by="type"), "type") == {"REPATRIATE": 1}
    assert by(ask(corpus, "counts", by="type", copies="1"), "type") == {"REPATRIATE": 2}


def test_marks_of_the_reading_that_is_evidence(db):
    """Of a draft none, unless all are asked for; of a copy none, unless copies are."""
    corpus = factories.corpus()
    factories.adopt(corpus)
    document = factories.document("They went home.", corpus=corpus)
    people = [factories.user("early"), factories.user("late"), factories.user("draft")]
    readings = [factories.assignment(document, person) for person in people]
    for reading, words in zip(readings, ("They", "home", "went"), strict=True):
        marks.span(reading, words, "GROUP")
    marks.span(readings[1], "They", "GROUP")
    for reading in readings[:2]:
        factories.submitted(reading)
    copy = factories.assignment(
        factories.document("They went.", of=factories.article(corpus, "Copy", copy_of=document.article, similarity=0.9)),
        people[0],
        "adjudication",
    )
    marks.span(copy, "They", "GROUP")

    def number(**given):
        return by(ask(corpus, "counts", by="layer", **given), "layer").get("ACTOR", 0)

    take_up()
    assert [number(), number(whose="all"), number(whose="by:late"), number(whose="gold"), number(copies="1")] == [1, 4, 2, 0, 2]
    assert number(whose="gold", copies="1") == 1
    Assignment.objects.filter(pk=readings[0].pk).update(status="skipped", submitted=None)
    assert number() == 2


def test_an_event_counts_for_each_of_its_entities(db):
    reading = factories.assignment(factories.document("They went."), factories.user(), "adjudication")
    corpus = reading.document.corpus
    people = [marks.entity(corpus, name) for name in ("Agent", "Workers")]
    fill(marks.event(reading, "went"), agent=people[0], people=people[1])
    marks.event(reading, "They", "DISPATCH")
    take_up()
    page = ask(corpus, "counts", by="entity,outlet")
    assert [[value["name"] for value in row["values"]] for row in page.rows] == [["", ""], ["Agent", ""], ["Workers", ""]]
    assert page.totals == {"values": 3, "entries": 2}


@pytest.mark.parametrize("wrong", ["", "label,label", "label,type,status", "label,", "colour", "speaker,source"])
def test_what_cannot_be_counted_is_refused(wrong):
    with pytest.raises(AddressError, match="one or two of"):
        read("counts", [("by", wrong)])


def test_who_speaks_is_the_source_of_the_innermost_claim():
    assert read("counts", [("by", "type,speaker")]).query == "by=type,source"


def test_each_column_of_the_address_can_be_counted():
    assert set(COLUMNS) == set(counts.COLUMNS)


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("name", ["label", "type,month", "status,certainty", "use,currency", "layer", "polarity,year"])
def test_columns_of_one_value_are_counted_out_of_an_index_alone(seeded, name):
    """PostgreSQL reads no entry where a statement speaks of the columns of an index, and of no others."""
    asker = Asker(read("counts", [("by", name), ("type", "PAY"), ("status", "happened")]), seeded, superuser())
    answer = IndexAnswer(asker, EntrySelection(counts.kinds(asker, name.split(","))))
    index = next(index for index in Entry._meta.indexes if index.name == "entry_counted")
    known = {Entry._meta.get_field(field).column for field in index.fields} | {"is_best"}
    values = re.findall(r"\be\.(\w+)", " ".join(counts.COLUMNS[each].value for each in name.split(",")))
    for some in (UNLINKED, LINKED):
        many, _ = counts.originals(answer, some)
        assert many.condition.columns | set(values) <= known


def test_what_is_not_indexed_yet_is_taken_off_and_counted_anew(seeded, gold, indexed):
    """The entries of its assignment stand in the index as they were."""
    Event.objects.filter(assignment=gold, label__code="REPATRIATE", status="happened").update(status="general")
    Assignment.objects.filter(pk=gold.pk).update(revision=gold.revision + 1)
    live = ask(seeded, "counts", by="label,status", status="any").rows
    assert Stale.objects.exists()
    take_up()
    assert ask(seeded, "counts", by="label,status", status="any").rows == live
    assert ["REPATRIATE", "general"] in [[value["value"] for value in row["values"]] for row in live]
