"""Pages of saved questions: saving, what is new, and who may change what."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Assignment, Event
from questions.api.files.download import files_of
from questions.coreference.judge import judge
from questions.drawing.every import VIEWS
from questions.models import SavedQuestion, SeenState
from questions.saved import store
from questions.views import ask
from tests import factories, marks
from tests.questions.ledgers.asking import take_up

pytestmark = pytest.mark.django_db
RETURNS = "type=REPATRIATE&status=any"


@pytest.fixture
def reviewer(seeded, indexed):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    return person


@pytest.fixture
def viewer(seeded):
    person = factories.user("viewer")
    factories.membership(seeded, person, "viewer")
    return person


@pytest.fixture
def saved(seeded, reviewer):
    return store.create(seeded, reviewer, {"name": "Sent home", "ledger": "events", "query": RETURNS})


@pytest.fixture
def page(client, reviewer):
    """The words of a page, or its answer where that leads elsewhere."""

    def page(address, by=reviewer, status=200, post=None):
        client.force_login(by)
        answer = client.get(address) if post is None else client.post(address, post)
        assert answer.status_code == status, answer.content.decode()[:3000]
        return answer if status == 302 else html.unescape(answer.content.decode())

    return page


def plot_of(text):
    return text.partition("<svg")[2].partition("</svg>")[0]


def touch(gold):
    Assignment.objects.filter(pk=gold.pk).update(revision=gold.revision + 1)


class TestSaving:
    def address(self, corpus, query=RETURNS, ledger="events"):
        return f"/corpora/{corpus.slug}/ask/{ledger}/save/?{query}"

    def test_an_answer_leads_to_the_form_and_that_to_the_saved_question(self, page, seeded, reviewer):
        assert f'href="{self.address(seeded)}">Save…' in page(f"/corpora/{seeded.slug}/ask/events/?{RETURNS}")
        form = page(self.address(seeded))
        assert "Save a question" in form
        assert "<strong>Events:</strong> <bdi>Return home · any status · polarity positive</bdi>" in form
        answer = page(self.address(seeded), post={"name": " Sent home ", "note": "For June"}, status=302)
        saved = SavedQuestion.objects.get()
        assert answer["Location"] == saved.get_absolute_url()
        assert (saved.name, saved.note, saved.query, saved.owner, saved.is_shared) == (
            *("Sent home", "For June", RETURNS, reviewer),
            False,
        )

    def test_a_viewer_may(self, page, seeded, viewer):
        page(self.address(seeded), by=viewer, post={"name": "Mine", "is_shared": "on"}, status=302)
        assert SavedQuestion.objects.get().is_shared

    def test_an_own_question_gets_new_filters(self, page, seeded, saved):
        page(self.address(seeded, "label=MONEY", "figures"), post={"replace": saved.pk, "name": ""}, status=302)
        saved.refresh_from_db()
        assert (saved.name, saved.ledger, saved.query) == ("Sent home", "figures", "label=MONEY")

    def test_nobody_replaces_the_filters_of_another(self, page, seeded, saved, viewer):
        store.change(saved, saved.owner, {"is_shared": True})
        store.create(seeded, viewer, {"name": "Mine", "ledger": "events"})
        assert "Select a valid choice" in page(self.address(seeded, ""), by=viewer, post={"replace": saved.pk})
        saved.refresh_from_db()
        assert saved.query == RETURNS

    @pytest.mark.parametrize(
        ("post", "words"),
        [
            ({"name": ""}, "Enter a name."),
            ({"name": "Sent home"}, "You have a question “Sent home” in this corpus already."),
            ({"name": "a" * 201}, "at most 200 characters"),
            ({"name": "a", "note": "n" * 10_001}, "at most 10000 characters"),
        ],
    )
    def test_what_is_wrong_stands_at_its_field(self, page, seeded, saved, post, words):
        assert words in page(self.address(seeded), post=post)
        assert SavedQuestion.objects.count() == 1

    def test_what_cannot_be_asked_cannot_be_saved(self, page, seeded):
        assert "type" in page(self.address(seeded, "type=NOTHING"), status=400)
        page(self.address(seeded, "type=NOTHING"), post={"name": "a"}, status=400)
        page(self.address(seeded, ledger="nothing"), status=404)
        assert not SavedQuestion.objects.exists()


class TestAnswer:
    def test_it_shows_the_rows_of_its_ledger(self, page, saved, seeded):
        text = page(saved.get_absolute_url())
        assert '<h1 dir="auto">Sent home</h1>' in text
        for event in Event.objects.filter(label__code="REPATRIATE", polarity="positive"):
            assert f'id="row-{event.pk}"' in text
        assert "You have not marked this answer as seen" in text
        assert f'href="/corpora/{seeded.slug}/ask/events/?{RETURNS}">Change filters' in text

    @pytest.mark.parametrize("ledger", store.LEDGERS)
    def test_of_every_ledger_new_rows_are_marked(self, page, seeded, reviewer, ledger, indexed):
        query = "q=work*" if ledger == "words" else ""
        saved = store.create(seeded, reviewer, {"name": ledger, "ledger": ledger, "query": query})
        SeenState.objects.create(question=saved, user=reviewer, at=saved.created)
        text = page(saved.get_absolute_url())
        rows = text.count('<span class="badge open">new</span>')
        assert (rows > 0) == (ledger != "disputes")

    def test_what_is_new_changed_and_gone_is_marked_until_it_was_seen(self, page, saved, gold, reviewer):
        page(f"{saved.get_absolute_url()}look/", post={}, status=302)
        assert "Nothing is new, changed or gone" in page(saved.get_absolute_url())
        marks.event(gold, "terminated", "REPATRIATE", status="happened")
        Event.objects.filter(key="EV07").update(polarity="negative")
        Event.objects.filter(key="EV16").update(certainty="probable")
        touch(gold)
        text = page(saved.get_absolute_url())
        assert "<strong>1 new · 1 changed · 1 gone</strong>" in text
        assert '<span class="badge open">new</span>' in text
        assert '<span class="badge">changed</span> <span class="small muted">status</span>' in text
        assert gold.document.article.title in text.partition("Gone from the answer")[2].partition("</ul>")[0]
        assert page(saved.get_absolute_url()).count("1 gone") == 1
        seal = text.partition('name="seal" value="')[2].partition('"')[0]
        page(f"{saved.get_absolute_url()}look/", post={"seal": seal}, status=302)
        assert "Nothing is new, changed or gone" in page(saved.get_absolute_url())

    def test_an_event_that_was_linked_is_told_to_be_part_of_another_row(self, page, saved, reviewer):
        page(f"{saved.get_absolute_url()}look/", post={}, status=302)
        one, other = (Event.objects.get(key=key) for key in ("EV07", "EV16"))
        judge(one, other, "same", reviewer)
        listed = page(saved.get_absolute_url()).partition("Gone from the answer")[2].partition("</ul>")[0]
        assert listed.count("<li>") == 1
        assert re.search(r'<a href="/linked-events/([^/]+)/">part of another row</a>', listed)[1] in (str(one.pk), str(other.pk))

    def test_what_came_in_after_the_page_was_opened_is_not_seen(self, page, saved, gold):
        page(f"{saved.get_absolute_url()}look/", post={"seal": "0" * 16}, status=302)
        assert not SeenState.objects.exists()
        assert "has changed since you opened it" in page(saved.get_absolute_url())

    def test_the_words_of_a_row_that_one_may_no_longer_see_are_gone(self, page, saved, seeded, viewer, gold):
        store.change(saved, saved.owner, {"is_shared": True})
        key = str(Event.objects.get(key="EV07").pk)
        hidden = marks.event(factories.assignment(gold.document, saved.owner), "terminated", "REPATRIATE")
        rows = {key: "", str(hidden.pk): ""}
        SeenState.objects.create(question=saved, user=viewer, at=saved.created, rows=rows)
        text = page(saved.get_absolute_url(), by=viewer)
        assert "1 gone" in text
        assert "you no longer have access to" in text.partition("Gone from the answer")[2]
        assert str(hidden.pk) not in text

    def test_an_empty_answer_says_on_what_it_rests(self, page, seeded, reviewer):
        saved = store.create(
            seeded, reviewer, {"name": "None", "ledger": "events", "query": "from=1900-01-01&to=1900-01-02&dates=within"}
        )
        text = page(saved.get_absolute_url())
        assert "No match in the 1 annotated article" in text
        page(f"{saved.get_absolute_url()}look/", post={}, status=302)

    def test_after_an_update_it_says_that_rows_cannot_be_compared(self, page, saved, reviewer):
        key = str(Event.objects.get(key="EV07").pk)
        SeenState.objects.create(question=saved, user=reviewer, at=saved.created, rows={key: "of other rules"})
        text = page(saved.get_absolute_url())
        assert "Attest has been updated since you looked" in text
        assert "1 changed" not in text

    def test_one_that_can_no_longer_be_asked_says_so(self, page, saved):
        SavedQuestion.objects.update(query="type=NO_LONGER")
        text = page(saved.get_absolute_url(), status=409)
        assert "The corpus has changed since the question was saved" in text
        page(f"{saved.get_absolute_url()}look/", post={}, status=302)
        assert not SeenState.objects.exists()

    def test_pages_follow_under_its_own_address(self, page, seeded, reviewer):
        article = factories.article(seeded, "A long article")
        reading = factories.assignment(factories.document("went " * 60, of=article), reviewer, "adjudication")
        for _ in range(60):
            marks.event(reading, "went", "REPATRIATE", status="happened")
        take_up()
        saved = store.create(seeded, reviewer, {"name": "Many", "ledger": "events", "query": "type=REPATRIATE"})
        first = page(saved.get_absolute_url())
        address = first.partition('rel="next" href="')[2].partition('"')[0]
        assert address.startswith(f"{saved.get_absolute_url()}?cursor=")
        assert "First page" in page(address)
        page(f"{saved.get_absolute_url()}?cursor=x", status=400)

    def test_all_its_rows_stand_on_one_page_for_paper(self, page, seeded, reviewer, monkeypatch):
        monkeypatch.setattr(ask, "PAGE", 3)
        saved = store.create(seeded, reviewer, {"name": "All", "ledger": "events", "query": "status=any"})
        here = saved.get_absolute_url()
        assert f'<a class="button" href="{here}?rows=all">Up to 500 rows on one page</a>' in page(here)
        whole = page(f"{here}?rows=all")
        assert 'rel="next"' not in whole
        assert whole.count("<tr data-") == 0
        assert "<strong>rows</strong> takes “all”" in page(f"{here}?rows=7", status=400)

    @pytest.mark.parametrize("ledger", VIEWS)
    def test_it_has_the_plot_and_the_files_of_its_ledger(self, page, seeded, reviewer, ledger):
        saved = store.create(seeded, reviewer, {"name": ledger, "ledger": ledger, "query": "whose=gold"})
        here, there = saved.get_absolute_url(), f"/corpora/{seeded.slug}/ask/{ledger}/"
        table = page(here)
        assert '<svg class="plot' not in table
        assert f'<a href="{here}?view={VIEWS[ledger]}">' in table
        drawn = page(f"{here}?view={VIEWS[ledger]}")
        assert plot_of(drawn) == plot_of(page(f"{there}?whose=gold&view={VIEWS[ledger]}"))
        assert f'<a href="{here}">Table</a>' in drawn
        assert f'<a href="{there}plot.svg?whose=gold" download data-drawing>' in drawn
        for file in files_of(ledger):
            assert f'href="/api/v1{there}file/?whose=gold&format={file["name"]}" download' in table

    def test_pages_of_a_plot_follow_with_the_plot(self, page, seeded, reviewer, monkeypatch):
        monkeypatch.setattr(ask, "DRAWN", 3)
        saved = store.create(seeded, reviewer, {"name": "All", "ledger": "events", "query": "status=any"})
        address = page(f"{saved.get_absolute_url()}?view=timeline").partition('rel="next" href="')[2].partition('"')[0]
        assert f'<a class="button" href="{saved.get_absolute_url()}?view=timeline">First page' in page(address)
        assert '<svg class="plot' in page(address)

    def test_a_plot_that_its_ledger_does_not_have_is_refused_by_its_name(self, page, saved):
        for address in (saved.get_absolute_url(), f"/corpora/{saved.corpus.slug}/ask/events/"):
            assert "<strong>view</strong> takes “timeline”" in page(f"{address}?view=bars", status=400)
        text = page(f"{saved.get_absolute_url()}?view=%22%3E%3Cb%3E", status=400)
        assert "The corpus has changed" not in text
        assert f'href="{saved.get_absolute_url()}">Open the question again' in text

    def test_names_and_notes_are_escaped(self, client, seeded, reviewer):
        attack = "<script>alert(1)</script>"
        saved = store.create(seeded, reviewer, {"name": attack, "note": attack, "ledger": "events", "is_shared": True})
        client.force_login(reviewer)
        for address in ("", "change/", "delete/"):
            assert attack not in client.get(saved.get_absolute_url() + address).content.decode()
        assert attack not in client.get(f"/corpora/{seeded.slug}/ask/").content.decode()


class TestChanging:
    def test_a_name_a_note_and_who_reads_it(self, page, saved, viewer):
        page(saved.get_absolute_url(), by=viewer, status=404)
        assert 'value="Sent home"' in page(f"{saved.get_absolute_url()}change/")
        page(f"{saved.get_absolute_url()}change/", post={"name": "Gone home", "is_shared": "on"}, status=302)
        text = page(saved.get_absolute_url(), by=viewer)
        assert "Gone home" in text
        assert "saved by <bdi>reviewer</bdi>" in text
        assert "Delete…" not in text

    def test_nobody_else_changes_or_deletes_it(self, page, saved, viewer):
        store.change(saved, saved.owner, {"is_shared": True})
        for address in ("change/", "delete/"):
            page(saved.get_absolute_url() + address, by=viewer, status=403)
            page(saved.get_absolute_url() + address, by=viewer, post={"name": "Mine"}, status=403)
        assert SavedQuestion.objects.get().name == "Sent home"

    def test_a_name_that_is_used_is_refused(self, page, saved, seeded, reviewer):
        store.create(seeded, reviewer, {"name": "Paid", "ledger": "events"})
        text = page(f"{saved.get_absolute_url()}change/", post={"name": "Paid"})
        assert "You have a question “Paid” in this corpus already." in text
        assert "<bdi>Sent home</bdi>" in text

    def test_one_that_is_deleted_can_be_saved_again(self, page, saved, seeded):
        assert "Delete “" in page(f"{saved.get_absolute_url()}delete/")
        assert SavedQuestion.objects.exists()
        answer = page(f"{saved.get_absolute_url()}delete/", post={}, status=302)
        assert not SavedQuestion.objects.exists()
        text = page(answer["Location"])
        assert f"/ask/events/save/?{RETURNS}" in text
        assert "“Sent home” deleted" in text


class TestCards:
    def test_mine_and_shared_ones_with_their_news(self, page, saved, seeded, reviewer, viewer):
        address = f"/corpora/{seeded.slug}/ask/"
        text = page(address, by=viewer)
        assert "None yet." in text
        assert "Shared with me" not in text
        store.change(saved, reviewer, {"is_shared": True})
        assert "Sent home" in page(address, by=viewer).partition("Shared with me")[2]
        assert "not marked as seen yet" in page(address)
        state = SeenState.objects.create(question=saved, user=reviewer, at=saved.created)
        assert "changes not counted yet" in page(address)
        SeenState.objects.filter(pk=state.pk).update(new=3, changed=1, gone=0, counted_at=saved.created)
        assert "<strong>3 new · 1 changed</strong>" in page(address)
        assert "3 new" not in page(address, by=viewer)
        SeenState.objects.filter(pk=state.pk).update(new=0, changed=0)
        assert "nothing new" in page(address)

    def test_my_queue_lists_what_has_news(self, page, saved, reviewer, viewer):
        assert "Saved questions" not in page("/queue/")
        state = SeenState.objects.create(question=saved, user=reviewer, at=saved.created, new=3, gone=1, counted_at=saved.created)
        assert "<strong>3 new · 1 gone</strong>" in page("/queue/")
        assert "Saved questions" not in page("/queue/", by=viewer)
        saved.corpus.memberships.filter(user=reviewer).delete()
        assert "Saved questions" not in page("/queue/")
        assert SeenState.objects.get() == state

    @pytest.mark.parametrize("address", ["ask", "queue"])
    def test_as_many_queries_for_many(self, page, saved, seeded, reviewer, address):
        address = f"/corpora/{seeded.slug}/ask/" if address == "ask" else "/queue/"
        numbers = []
        for name in "ab":
            for number in range(3):
                question = store.create(seeded, reviewer, {"name": f"{name}{number}", "ledger": "events"})
                counts = {"new": 1, "counted_at": saved.created}
                SeenState.objects.create(question=question, user=reviewer, at=saved.created, **counts)
            page(address)
            with CaptureQueriesContext(connection) as queries:
                page(address)
            numbers.append(len(queries))
        assert numbers[0] == numbers[1]
