"""Events with the legal measures that they cite: question 12 of the domain."""

import json
from pathlib import Path

import pytest
from django.db.models import F

from annotations.models import Argument, Assignment, Citation
from annotations.schemes.measures import load_measures
from questions.address.question import AddressError
from registry.models import Measure, ParagraphEffect
from tests import factories, marks
from tests.questions.ledgers.asking import ANSWERS, ask, entity_keys, event_keys, fill, pages, take_up

pytestmark = pytest.mark.django_db
MEASURES = Path(__file__).parents[3] / "domain" / "measures.json"


@pytest.mark.usefixtures("indexed")
class TestSeed:
    def test_question_12(self, seeded):
        page = ask(seeded, "law", measure="UNSCR-2371")
        events, entities, citations = event_keys(), entity_keys(), dict(Citation.objects.values_list("pk", "key"))
        rows = [
            {
                "event": events[row["id"]],
                "type": row["type"],
                "role": row["role"],
                "ref": citations[row["citation"]["id"]],
                "source": [entities[source["entity"]] for entry in row["entries"] for source in entry["sources"]],
            }
            for row in page.rows
        ]
        assert sorted(rows, key=lambda row: row["event"]) == ANSWERS["12"]
        assert page.parts == {"counted": 4}
        assert page.rows == ask(seeded, "law").rows

    def test_what_the_register_has_of_the_paragraph(self, seeded):
        row = ask(seeded, "law").rows[0]["citation"]
        paragraph = Measure.objects.get(code="UNSCR-2371").paragraphs.get(number="11")
        assert (row["measure"], row["paragraph"], row["basis"]) == ("UNSCR-2371", "11", "inferred")
        assert (row["requires"]["effect"], row["requires"]["summary"]) == (paragraph.effect, paragraph.summary)

    def test_by_paragraph(self, seeded):
        assert len(ask(seeded, "law", paragraph="11").rows) == 4
        assert ask(seeded, "law", paragraph="8").rows == []

    def test_a_measure_that_nobody_knows_is_refused(self, seeded):
        with pytest.raises(AddressError, match="has no “UNSCR-0000”"):
            ask(seeded, "law", measure="UNSCR-0000")

    def test_pages_neither_skip_nor_repeat(self, seeded):
        paged = [row for page in pages(seeded, "law", 1) for row in page.rows]
        assert paged == ask(seeded, "law").rows
        assert len(paged) == 4

    def test_by_whom(self, seeded):
        viewer, outsider, annotator = factories.user(), factories.user(), factories.user()
        factories.membership(seeded, viewer, "viewer")
        factories.membership(seeded, annotator, "annotator")
        assert len(ask(seeded, "law", user=viewer).rows) == 4
        assert ask(seeded, "law", user=annotator).rows == []
        assert ask(seeded, "law", user=outsider).rows == []


class TestVerdict:
    @pytest.fixture(autouse=True)
    def register(self, gold):
        load_measures(json.loads(MEASURES.read_text("utf-8")))

    def verdicts(self, corpus, **given):
        take_up()
        events = event_keys()
        return {events[row["id"]]: row["citation"]["verdict"] for row in ask(corpus, "law", **given).rows}

    def test_a_cap_requires_none_of_the_events(self, seeded):
        assert self.verdicts(seeded) == dict.fromkeys(["EV02", "EV03", "EV06", "EV07"], "not_required")

    def test_what_a_paragraph_requires_by_its_effect(self, seeded, gold):
        gold.citations.update(measure=Measure.objects.get(code="UNSCR-2397"), paragraph="8")
        assert self.verdicts(seeded, verdict="required") == {}  # all is before its adoption, as far as it has days
        gold.events.filter(key="EV07").update(time_latest=None)
        Assignment.objects.filter(pk=gold.pk).update(revision=F("revision") + 1)
        undated = {"EV02": "not_required", "EV03": "not_required", "EV06": "before"}
        assert self.verdicts(seeded) == undated | {"EV07": "open"}  # since 2017-08-05: before the measure or not
        gold.events.filter(key="EV07").update(time_earliest="2018-01-01", time_latest="2018-01-31")
        Assignment.objects.filter(pk=gold.pk).update(revision=F("revision") + 1)
        assert self.verdicts(seeded) == undated | {"EV07": "required"}
        assert list(self.verdicts(seeded, verdict="required")) == ["EV07"]
        assert list(self.verdicts(seeded, verdict="before")) == ["EV06"]
        assert ask(seeded, "law", verdict="before").parts == {"counted": 1}

    def test_by_type_and_value(self, seeded, gold):
        ParagraphEffect.objects.filter(code="cap").update(requires=["PERMIT:refused", "REPATRIATE:voluntary"])
        assert self.verdicts(seeded, verdict="required") == {}
        assert self.verdicts(seeded, verdict="open") == {"EV03": "open"}  # no day is stated
        gold.events.filter(key="EV03").update(time_earliest="2017-08-05", time_latest="2017-08-31")
        Assignment.objects.filter(pk=gold.pk).update(revision=F("revision") + 1)
        assert self.verdicts(seeded, verdict="required") == {"EV03": "required"}

    def test_a_register_that_does_not_say_what_it_does_has_none(self, seeded, gold):
        ParagraphEffect.objects.all().delete()
        assert set(self.verdicts(seeded).values()) == {None}
        gold.citations.update(paragraph="99")
        assert set(self.verdicts(seeded).values()) == {None}
        assert self.verdicts(seeded, verdict="not_required") == {}

    def test_another_word_is_refused(self, seeded):
        with pytest.raises(
            AddressError, match="takes one of required, falls_under, after_deadline, not_required, before, after, open"
        ):
            ask(seeded, "law", verdict="maybe")


def test_each_citation_is_a_row_and_what_names_no_measure_comes_last(db):
    reading = factories.assignment(factories.document("Law 1 and law 2 and a rule sent them."), factories.user(), "adjudication")
    event = marks.event(reading, "sent", time_earliest="2017-08-05", time_latest="2017-08-05")
    known = {words: marks.measure(adopted=day) for words, day in (("law 2", "2016-01-01"), ("Law 1", "2017-01-01"))}
    for words in ("a rule", "Law 1", "law 2"):
        fill(event, legal_basis=marks.citation(reading, words, known.get(words)))
    take_up()
    corpus = reading.document.corpus
    assert [row["citation"]["quote"] for row in ask(corpus, "law").rows] == ["law 2", "Law 1", "a rule"]
    assert [row["citation"]["requires"] for row in ask(corpus, "law").rows] == [None] * 3
    assert [row["citation"]["quote"] for row in ask(corpus, "law", measure=known["Law 1"].code).rows] == ["Law 1"]
    paged = [row["citation"]["quote"] for page in pages(corpus, "law", 1) for row in page.rows]
    assert paged == ["law 2", "Law 1", "a rule"]
    assert Argument.objects.count() == 3
