"""Answers as of an earlier change: those that were given then, whatever was written since."""

import html
import re
import uuid

import pytest
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from annotations.assign import reopen, submit
from annotations.models import Assignment, Change, Claim, Event, Span, Transition
from annotations.models.change import settled
from annotations.write.apply import apply_changes
from annotations.write.merge_entities import merge
from corpus.models import Article, Document
from questions.address.question import read
from questions.ledgers.answered import OF_ANNOTATIONS, answered, answered_then
from questions.past import moved_on, stand
from questions.past.cut import LogCut
from questions.views import ask
from registry.models import Entity
from tests import factories, marks
from tests.api.world import change, fragment
from tests.questions.ledgers.asking import take_up
from tests.questions.same_answers import be_patient

ALL = {"status": "any", "polarity": "any", "use": "any"}


def question(ledger, **more):
    known = read(ledger, []).ledger.parameters
    return read(ledger, [(name, value) for name, value in {**ALL, **more}.items() if name in known])


def rows_of(answer):
    return answer.page.rows, answer.page.parts, {**answer.rests_on, "moment": None, "behind": 0}


@pytest.fixture
def reviewer(seeded):
    reviewer = factories.user("reviewer")
    factories.membership(seeded, reviewer, "reviewer")
    return reviewer


@pytest.fixture
def now(seeded):
    return LogCut(settled(), timezone.now())


def write(gold, *changes):
    gold.refresh_from_db()
    apply_changes(gold, gold.annotator, gold.revision, list(changes))


def by_key(gold, model, key):
    return model.objects.get(assignment=gold, key=key)


def actor(gold):
    entity = Entity.objects.filter(corpus=gold.document.corpus, type="GROUP").first()
    attributes = {"mention_type": "NOM", "entity": str(entity.pk)}
    words = [fragment(gold.document.text, "workers")]
    return {"id": str(uuid.uuid4()), "layer": "ACTOR", "label": "GROUP", "fragments": words, "attributes": attributes}


def rework(gold):
    """A figure gets another value, an event another status, one loses what fills its roles, a mark comes and a link goes; handed in anew."""
    reopen(gold)
    figure, event, emptied = by_key(gold, Span, "F05"), by_key(gold, Event, "EV07"), by_key(gold, Event, "EV16")
    link = gold.links.first()
    write(
        gold,
        change("update", "span", {"id": str(figure.pk), "attributes": {"low": 171, "high": 171, "comparator": "eq"}}),
        change("update", "event", {"id": str(event.pk), "status": "expected"}),
        change("update", "event", {"id": str(emptied.pk), "arguments": []}),
        change("create", "span", actor(gold)),
        change("delete", "link", {"id": str(link.pk)}),
    )
    submit(gold)


@pytest.mark.parametrize("ledger", sorted(OF_ANNOTATIONS))
def test_an_answer_as_of_then_is_the_one_that_was_given_then(ledger, seeded, gold, reviewer, now):
    asked = question(ledger)
    before = rows_of(answered(asked, seeded, reviewer, 200))
    rework(gold)
    assert rows_of(answered(asked, seeded, reviewer, 200)) != before
    assert rows_of(answered_then(asked, seeded, reviewer, 200, now)) == before


def test_a_denial_that_was_taken_back_since_is_there_as_of_then(seeded, gold, reviewer):
    denial, said = by_key(gold, Claim, "Q3"), by_key(gold, Claim, "Q2")
    link = {"id": str(uuid.uuid4()), "type": "denies", "source": str(denial.pk), "target": str(said.pk)}
    reopen(gold)
    write(gold, change("create", "link", link))
    submit(gold)
    before, then = rows_of(answered(question("sources"), seeded, reviewer, 200)), LogCut(settled(), timezone.now())
    assert {each["wording"] for row in before[0] for each in row["answers"]} == {"denies", "denied by"}
    reopen(gold)
    write(gold, change("delete", "link", {"id": link["id"]}))
    submit(gold)
    assert not any(row["answers"] for row in answered(question("sources"), seeded, reviewer, 200).page.rows)
    assert rows_of(answered_then(question("sources"), seeded, reviewer, 200, then)) == before


@pytest.fixture
def get(seeded):
    def get(by, ledger="events", **query):
        client = APIClient()
        client.force_authenticate(by)
        return client.get(f"/api/v1/corpora/{seeded.slug}/ask/{ledger}/", {**question(ledger).given, "limit": 200} | query)

    return get


def cited(body):
    return {"at": body["rests_on"]["number"], "moment": body["rests_on"]["moment"]}


def test_what_an_answer_rests_on_leads_back_to_it(get, gold, reviewer):
    before = get(reviewer, "figures").json()
    rework(gold)
    then = get(reviewer, "figures", **cited(before)).json()
    assert then["results"] == before["results"]
    assert then["rests_on"] == before["rests_on"]
    assert get(reviewer, "figures").json()["results"] != before["results"]
    again = APIClient()
    again.force_authenticate(reviewer)
    assert again.get(then["question"]["self"]).json()["rests_on"] == before["rests_on"]


def test_pages_of_an_earlier_answer_follow_each_other(get, gold, reviewer):
    before = get(reviewer).json()
    rework(gold)
    first = get(reviewer, **cited(before), limit=5).json()
    again = APIClient()
    again.force_authenticate(reviewer)
    second = again.get(first["next"]).json()
    assert [row["id"] for row in first["results"] + second["results"]] == [row["id"] for row in before["results"]][:10]


class TestWhoMaySeeIt:
    """What one may not see today is in no earlier answer, and what one could not see then is in none either."""

    def test_of_a_text_that_a_reviewer_annotates_now(self, get, gold, reviewer, now):
        assert get(reviewer, whose="all", at=now.number).json()["results"]
        factories.assignment(gold.document, reviewer)
        Assignment.objects.filter(pk=gold.pk).update(role="annotation")
        assert get(reviewer, whose="all", at=now.number, moment=now.moment).json()["results"] == []

    def test_of_gold_while_it_was_a_draft(self, get, seeded, gold, now):
        viewer = factories.user("viewer")
        factories.membership(seeded, viewer, "viewer")
        reopen(gold)
        draft = LogCut(settled(), timezone.now())
        submit(gold)
        assert get(viewer, whose="all", at=now.number, moment=now.moment).json()["results"]
        assert get(viewer, whose="all", at=draft.number, moment=draft.moment).json()["results"] == []

    def test_of_gold_that_is_a_draft_today(self, get, seeded, gold, now):
        viewer = factories.user("viewer")
        factories.membership(seeded, viewer, "viewer")
        reopen(gold)
        body = get(viewer, at=now.number, moment=now.moment).json()
        assert (body["results"], body["rests_on"]["marked"]) == ([], 0)

    def test_an_outsider(self, get, now):
        assert get(factories.user("outsider"), at=now.number).status_code == 404


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        ({"at": "x"}, "at", "takes a number"),
        ({"at": "9" * 18}, "at", "there the change log ends"),
        ({"at": "0"}, "at", "before the first change"),
        ({"at": "1", "moment": "yesterday"}, "moment", "takes a day and a time"),
        ({"at": "1", "moment": "2026-11-27T05:40:00"}, "moment", "with its zone"),
        ({"at": "1", "moment": "2026-13-27T05:40:00Z"}, "moment", "takes a day and a time"),
        ({"moment": "2026-11-27T05:40:00Z"}, "moment", "together with a number"),
        ({"at": "1", "moment": "2026-11-27T05:40:00Z", "fields": "statement", "limit": 5}, "fields", "leave out at="),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_rule(get, reviewer, gold, query, name, words):
    answer = get(reviewer, **query)
    assert answer.status_code == 400
    assert words in str(answer.json()["errors"] if "errors" in answer.json() else answer.json())
    assert name in str(answer.json())


def test_a_ledger_of_words_has_no_earlier_answer(get, reviewer, gold):
    assert get(reviewer, "screening", at=1).status_code == 400


def test_too_many_changes_are_refused(get, gold, reviewer, now, monkeypatch):
    monkeypatch.setattr(moved_on, "MOST", 0)
    rework(gold)
    answer = get(reviewer, at=now.number, moment=now.moment)
    assert (answer.status_code, "more than 0 readings" in str(answer.json())) == (400, True)


@pytest.mark.parametrize(("ledger", "name"), [("events", "MOST_MARKS"), ("findings", "MOST_CHECKED")])
def test_too_many_marks_are_refused_by_ledgers_that_put_them_back(get, gold, reviewer, now, monkeypatch, ledger, name):
    monkeypatch.setattr(stand, name, 129)
    rework(gold)
    query = {"at": now.number, "moment": now.moment}
    answer = get(reviewer, ledger, **query)
    assert (answer.status_code, "more than 129 marks" in str(answer.json())) == (400, True)
    monkeypatch.setattr(stand, name, 130)
    assert get(reviewer, ledger, **query).status_code == 200


def test_a_reading_that_came_later_is_not_put_back(get, gold, reviewer, seeded, now, monkeypatch):
    """However many marks it has."""
    late = factories.assignment(factories.document("Forty workers.", corpus=seeded), factories.user("late"))
    marks.event(late, "workers")
    monkeypatch.setattr(stand, "MOST_MARKS", 0)
    assert get(reviewer, at=now.number, moment=now.moment).status_code == 200


class TestAThousandAssignments:
    """Changed since: of each the index would be behind, and today's answer with it."""

    @pytest.fixture
    def corpus(self, db):
        corpus, scheme, annotator = factories.corpus("thousand"), factories.scheme(), factories.user("one")
        first = factories.document("Forty workers were sent back.", corpus=corpus)
        kept = {field.attname: getattr(first, field.attname) for field in first._meta.concrete_fields} | {"id": None}
        articles = Article.objects.bulk_create(Article(corpus=corpus, title=f"Report {number}") for number in range(1_000))
        texts = Document.objects.bulk_create(
            Document(**{**kept, "id": uuid.uuid4(), "article_id": article.pk}) for article in articles
        )
        readings = Assignment.objects.bulk_create(
            Assignment(
                document=text, annotator=annotator, scheme=scheme, revision=1, status="submitted", submitted=timezone.now()
            )
            for text in texts
        )
        label = marks.label(readings[0], "REPATRIATE")
        kinds = {"status": "happened", "polarity": "positive", "certainty": "certain", "revision": 1}
        Event.objects.bulk_create(Event(assignment=reading, label=label, **kinds) for reading in readings)
        with connection.cursor() as cursor:  # as autovacuum does, which sees no rows of a test
            cursor.execute("ANALYZE")
        take_up()
        return corpus

    def change_all(self, corpus):
        """Each as the log has the change of one."""
        first, *others = Event.objects.filter(assignment__document__corpus=corpus).select_related("assignment__annotator")
        Assignment.objects.filter(document__corpus=corpus).update(status="open", submitted=None)
        first.assignment.refresh_from_db()
        write(first.assignment, change("update", "event", {"id": str(first.pk), "status": "expected"}))
        Event.objects.filter(pk__in=[other.pk for other in others]).update(status="expected")
        logged = Change.objects.get(object_id=first.pk)
        known = {
            field.attname: getattr(logged, field.attname) for field in logged._meta.concrete_fields if field.name != "number"
        }

        def of(event):
            own = {"id": uuid.uuid4(), "assignment_id": event.assignment_id, "object_id": event.pk}
            return Change(**known | own | {name: {**known[name], "id": str(event.pk)} for name in ("before", "after")})

        Change.objects.bulk_create(map(of, others))
        Assignment.objects.filter(document__corpus=corpus).update(status="submitted", submitted=timezone.now())

    def test_the_answer_is_the_one_that_was_given_then(self, corpus, monkeypatch):
        be_patient(monkeypatch)
        monkeypatch.setattr(stand, "SETTINGS", stand.SETTINGS.replace(stand.PATIENCE, "60s"))
        boss, asked = factories.user("boss", is_superuser=True), read("events", [])
        before, cut = answered(asked, corpus, boss, 50), LogCut(settled(), timezone.now())
        assert before.page.parts["counted"] == 1_000
        self.change_all(corpus)
        assert answered(asked, corpus, boss, 50).rests_on["behind"] == 1_000
        then = answered_then(asked, corpus, boss, 50, cut)
        assert rows_of(then) == rows_of(before)
        assert then.rests_on["behind"] == 0


def test_a_scheme_change_since_is_refused(get, gold, reviewer, now):
    Transition.objects.create(assignment=gold, revision=gold.revision, kind="moved", at=timezone.now())
    assert "scheme change" in str(get(reviewer, at=now.number, moment=now.moment).json())


def test_a_reading_that_came_later_is_not_in_it(get, seeded, gold, reviewer):
    before = get(reviewer, whose="all").json()
    factories.assignment(factories.document("Later.", corpus=seeded), factories.user("late"))
    then = get(reviewer, whose="all", **cited(before)).json()
    assert (then["results"], then["rests_on"]) == (before["results"], before["rests_on"])


@pytest.fixture
def page(client, reviewer, seeded):
    client.force_login(reviewer)
    return lambda address, status=200: shown(client.get(address), status)


def shown(answer, status):
    assert answer.status_code == status
    return answer.content.decode()


def as_of(page):
    return html.unescape(re.search(r'href="([^"]*[?&;]at=[^"]*)"', page)[1])


def test_the_page_of_an_answer_leads_to_itself_later_on(page, seeded, gold):
    today = page(f"/corpora/{seeded.slug}/ask/figures/")
    address = as_of(today)
    assert "These rows are the same today." in page(address)
    rework(gold)
    then = page(address)
    assert "changed since" in then
    assert "Add the ticked rows" not in then
    assert "Today's answer" in html.unescape(then)


@pytest.mark.parametrize("ledger", sorted(OF_ANNOTATIONS))
def test_each_ledger_has_a_page_of_its_earlier_answer(page, seeded, gold, ledger):
    address = as_of(page(f"/corpora/{seeded.slug}/ask/{ledger}/"))
    rework(gold)
    assert "as of change" in page(address)


def test_all_rows_of_an_earlier_answer_stand_on_one_page_for_paper(page, seeded, gold, monkeypatch):
    address = as_of(page(f"/corpora/{seeded.slug}/ask/events/?status=any"))
    monkeypatch.setattr(ask, "PAGE", 2)
    first = html.unescape(page(address))
    assert f'href="{address}&rows=all">Up to 500 rows on one page' in first
    whole = page(f"{address}&rows=all")
    assert 'rel="next"' not in whole
    assert whole.count("<tr") > first.count("<tr")
    assert as_of(page(f"/corpora/{seeded.slug}/ask/events/?status=any&rows=all")).endswith("&rows=all")


def test_the_page_says_what_cannot_be_asked(page, seeded, gold):
    assert "takes a number of the change log" in page(f"/corpora/{seeded.slug}/ask/events/?at=x", 400)
    assert "plots of an earlier one are not drawn" in html.unescape(
        page(f"/corpora/{seeded.slug}/ask/events/?at=1&moment=2026-11-27T05:40:00Z&view=timeline", 400)
    )
    assert "is not asked of words and screening" in page(
        f"/corpora/{seeded.slug}/ask/screening/?at=1&moment=2026-11-27T05:40:00Z", 400
    )
    assert "moment=" not in page(f"/corpora/{seeded.slug}/ask/screening/")


def test_what_pointed_at_an_entity_that_was_merged_away_points_at_the_one_that_stayed(get, seeded, gold, reviewer, now):
    gone = Entity.objects.get(corpus=seeded, key="E-DDG")
    kept = marks.entity(seeded, "Dandong City", type=gone.type)
    merge(gone, kept, reviewer)
    tied = {tie["entity"] for row in get(reviewer, at=now.number, moment=now.moment).json()["results"] for tie in row["ties"]}
    assert str(kept.pk) in tied
    assert str(gone.pk) not in tied
