"""Marks, figures, events and claims: shown with words, value and the way to their place; written by the log only."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Argument, Assignment, Change, Citation, Claim, Event, Figure, Link, Span
from registry.models import Entity
from tests import everything, factories, marks
from tests.staff import address, texts_of

WRITTEN_BY_THE_LOG = [Argument, Change, Citation, Claim, Event, Figure, Link, Span]


@pytest.fixture
def assignment(filled):
    return filled


def place(span):
    return f"/annotate/{span.assignment_id}/#mark={span.pk}"


def downloaded(client, model, **selection):
    keys = [row.pk for row in model.objects.all()]
    response = client.post(address(model, "changelist"), {"action": "download_csv", "_selected_action": keys, **selection})
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("model", WRITTEN_BY_THE_LOG, ids=lambda model: model.__name__)
def test_not_even_a_superuser_writes_past_the_log(model, assignment, as_administrator):
    row = model.objects.first()
    page = address(model, "change", row.pk)
    assert 'name="_save"' not in texts_of(as_administrator.get(page))
    assert as_administrator.post(page, {"note": "x"}).status_code == 403
    assert as_administrator.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert as_administrator.get(address(model, "add")).status_code == 403


def test_a_mark_is_listed_with_words_label_meaning_article_and_annotator(assignment, as_manager):
    text = texts_of(as_manager.get(address(Span, "changelist")))
    article = assignment.document.article
    for words in ("the firm", "Company / employer", article.title[:60], assignment.annotator.username, "300"):
        assert words in text


@pytest.mark.parametrize("page", ["changelist", "change"])
def test_a_mark_links_to_its_place_in_the_article(assignment, as_manager, page):
    span = Span.objects.get(quote="the firm")
    keys = [span.pk] if page == "change" else []
    assert f'href="{place(span)}"' in texts_of(as_manager.get(address(Span, page, *keys)))


def test_a_figure_shows_its_value_in_words_and_what_it_counts(assignment, as_manager):
    figure = Figure.objects.get(span__quote="170")
    text = texts_of(as_manager.get(address(Figure, "change", figure.pk)))
    assert "170" in text
    assert "the firm" in text
    assert place(figure.span) in text


def test_an_event_shows_its_triggers_and_arguments(assignment, as_manager):
    event = Event.objects.get(label__code="REPATRIATE")
    for page in (address(Event, "changelist"), address(Event, "change", event.pk)):
        text = texts_of(as_manager.get(page))
        for words in ("Return home", "return", "the firm", "resolution 2371", "2017-08"):
            assert words in text, page
        assert place(event.triggers.get()) in text


def test_a_claim_shows_source_content_and_rating(assignment, as_manager):
    claim = Claim.objects.get()
    for page in (address(Claim, "changelist"), address(Claim, "change", claim.pk)):
        text = texts_of(as_manager.get(page))
        assert "170 were forced to return" in text
        assert claim.source_entity.name in text


def test_the_cue_of_a_claim_is_read_from_the_text(assignment, as_manager):
    claim = Claim.objects.get()
    Claim.objects.filter(pk=claim.pk).update(cue=[[0, 7]])
    assert "“Workers”" in texts_of(as_manager.get(address(Claim, "change", claim.pk))).replace(
        '<q class="quote" dir="auto">', "“"
    ).replace("</q>", "”")


def test_hostile_words_are_shown_as_words(ours, as_manager):
    hostile = "<img src=x onerror=alert(1)>"
    document = factories.document(f"Title\n\n{hostile} came", corpus=ours)
    person = factories.user("annotator")
    assignment = factories.assignment(document, person)
    entity = marks.entity(ours, hostile)
    span = marks.span(assignment, hostile, "COMPANY", entity=entity)
    marks.argument(marks.event(assignment, "came"), span=span)
    for model in (Span, Event, Argument, Entity):
        for page in (address(model, "changelist"), address(model, "change", model.objects.first().pk)):
            text = texts_of(as_manager.get(page))
            assert "<img src=x" not in text, page
            assert "&lt;img src=x" in text, page


@pytest.mark.parametrize(
    ("model", "query"),
    [
        (Span, {"label": "actor:COMPANY"}),
        (Span, {"q": "the firm"}),
        (Figure, {"label": "figure:PEOPLE", "q": "170"}),
        (Figure, {"comparator": "eq", "q": "170"}),
        (Event, {"type": "event:REPATRIATE"}),
        (Event, {"type": "event:REPATRIATE", "status": "occurred"}),
        (Claim, {"modality": "asserted"}),
        (Claim, {"reliability": "C", "credibility": "3"}),
        (Citation, {"q": "2371"}),
        (Link, {"q": "170"}),
    ],
    ids=str,
)
def test_filters_and_search_find_the_one(assignment, as_manager, model, query):
    assert as_manager.get(address(model, "changelist"), query).context["cl"].result_count == 1


@pytest.mark.parametrize(
    ("model", "query"),
    [
        (Span, {"label": "figure:COMPANY"}),
        (Span, {"label": "nonsense"}),
        (Event, {"status": "planned"}),
        (Claim, {"reliability": "A"}),
        (Figure, {"comparator": "ge"}),
    ],
    ids=str,
)
def test_filters_leave_out_the_others(assignment, as_manager, model, query):
    found = as_manager.get(address(model, "changelist"), query).context["cl"].result_count
    assert found == (Span.objects.count() if query == {"label": "nonsense"} else 0)


def test_marks_are_filtered_by_annotator(assignment, as_manager, ours):
    other = factories.user("reviewer")
    marks.span(factories.assignment(assignment.document, other), "the firm", "COMPANY")
    found = as_manager.get(address(Span, "changelist"), {"annotator": other.pk})
    assert found.context["cl"].result_count == 1


def test_marks_are_drilled_down_by_the_date_of_their_article(assignment, as_manager):
    path = "assignment__document__article__published_earliest"
    for year, number in ((2017, Span.objects.count()), (2018, 0)):
        found = as_manager.get(address(Span, "changelist"), {f"{path}__year": year})
        assert found.context["cl"].result_count == number


@pytest.mark.parametrize("model", [Span, Figure, Event, Claim, Citation, Link], ids=lambda model: model.__name__)
def test_a_download_names_the_article_the_annotator_and_the_words(model, assignment, as_manager):
    row = downloaded(as_manager, model)[0]
    assert row["article"] == assignment.document.article.title
    assert row["annotator"] == assignment.annotator.username
    assert row["assignment_id"] == str(assignment.pk)


def test_a_download_of_figures_has_numbers_that_a_spreadsheet_adds_up(assignment, as_manager):
    rows = {row["quote"]: row for row in downloaded(as_manager, Figure)}
    assert (rows["300"]["low"], rows["300"]["value"], rows["170"]["counts"]) == ("300", "300", "the firm")


def test_offsets_in_a_download_are_code_points(ours, as_manager):
    document = factories.document("💩 노동자 came", corpus=ours)
    marks.span(factories.assignment(document, factories.user("annotator")), "노동자", "GROUP")
    row = downloaded(as_manager, Span)[0]
    assert document.text[int(row["start"]) : int(row["end"])] == row["quote"] == "노동자"


def test_a_downloaded_formula_is_inert(ours, as_manager):
    formula = "=HYPERLINK(1)"
    document = factories.document(f"{formula} came", corpus=ours)
    marks.span(factories.assignment(document, factories.user("annotator")), formula, "COMPANY")
    assert downloaded(as_manager, Span)[0]["quote"] == f"'{formula}"


def test_a_whole_selection_is_downloaded_across_pages(ours, as_manager):
    for _ in range(3):
        everything.one_document(factories.corpus(), factories.user())
    document = factories.document(" ".join(f"firm{number}" for number in range(60)), corpus=ours)
    assignment = factories.assignment(document, factories.user("annotator"))
    for number in range(60):
        marks.span(assignment, f"firm{number}", "COMPANY")
    first = Span.objects.first()
    rows = downloaded(as_manager, Span, select_across="1", _selected_action=[first.pk])
    assert len(rows) == 60


def test_the_history_of_a_mark_is_in_the_change_log(assignment, as_manager):
    span = Span.objects.get(quote="the firm")
    marks.change(assignment, "the firm", object_id=span.pk)
    response = as_manager.get(address(Span, "history", span.pk), follow=True)
    assert [row.object_id for row in response.context["cl"].result_list] == [span.pk]


def test_a_change_shows_what_differs(assignment, as_manager):
    before, after = {"quote": "170", "label": "PEOPLE"}, {"quote": "170", "label": "ITEMS"}
    change = marks.change(assignment, op="update", before=before, after=after)
    text = texts_of(as_manager.get(address(Change, "change", change.pk)))
    assert "&quot;label&quot;: &quot;PEOPLE&quot;" in text
    assert "&quot;label&quot;: &quot;ITEMS&quot;" in text
    assert "&quot;quote&quot;" not in text


def test_the_page_of_an_event_asks_no_query_for_each_argument(assignment, as_manager):
    event = Event.objects.get(label__code="REPATRIATE")
    page = address(Event, "change", event.pk)
    counts = []
    for _ in range(2):
        as_manager.get(page)
        with CaptureQueriesContext(connection) as captured:
            assert as_manager.get(page).status_code == 200
        counts.append(len(captured))
        for number in range(10):
            marks.argument(event, entity=marks.entity(assignment.document.corpus, f"Entity of argument {number}"))
    assert counts[0] == counts[1]


# Assignments


def test_an_assignment_shows_its_latest_changes_and_its_marks(assignment, as_manager):
    for number in range(30):
        marks.change(assignment, f"change {number}")
    text = texts_of(as_manager.get(address(Assignment, "change", assignment.pk)))
    assert "change 29" in text
    assert "change 5<" in text
    assert "change 3<" not in text
    assert "2 figures" in text


def test_a_manager_gives_a_text_to_an_annotator(ours, assignment, as_manager):
    person = factories.user("newcomer")
    factories.membership(ours, person, "annotator")
    sent = {"document": assignment.document.pk, "annotator": "newcomer", "role": "annotation"}
    assert as_manager.post(address(Assignment, "add"), sent).status_code == 302
    made = Assignment.objects.get(annotator=person)
    assert (made.scheme, made.status) == (assignment.scheme, "open")


@pytest.mark.parametrize(("role", "who"), [("annotation", "viewer"), ("adjudication", "annotator")])
def test_who_may_not_do_the_work_is_not_given_it(ours, assignment, as_manager, role, who):
    person = factories.user("newcomer")
    factories.membership(ours, person, who)
    sent = {"document": assignment.document.pk, "annotator": "newcomer", "role": role}
    assert "newcomer does not have the role " in texts_of(as_manager.post(address(Assignment, "add"), sent))


def test_a_text_without_a_second_gold(ours, assignment, as_manager):
    for name in ("first", "second"):
        factories.membership(ours, factories.user(name), "reviewer")
    sent = {"document": assignment.document.pk, "role": "adjudication"}
    as_manager.post(address(Assignment, "add"), sent | {"annotator": "first"})
    response = as_manager.post(address(Assignment, "add"), sent | {"annotator": "second"})
    assert "This text already has an adjudication." in texts_of(response)


def test_a_submitted_assignment_is_opened_again_by_a_manager(assignment, as_manager):
    Assignment.objects.filter(pk=assignment.pk).update(status="submitted", submitted="2017-09-04T00:00Z")
    data = {"action": "open_again", "_selected_action": [assignment.pk]}
    assert "1 reopened." in texts_of(as_manager.post(address(Assignment, "changelist"), data, follow=True))
    assignment.refresh_from_db()
    assert assignment.status == "open"


def test_a_viewer_is_not_offered_to_open_again(assignment, as_viewer):
    data = {"action": "open_again", "_selected_action": [assignment.pk]}
    Assignment.objects.filter(pk=assignment.pk).update(status="submitted", submitted="2017-09-04T00:00Z")
    as_viewer.post(address(Assignment, "changelist"), data)
    assignment.refresh_from_db()
    assert assignment.status == "submitted"
