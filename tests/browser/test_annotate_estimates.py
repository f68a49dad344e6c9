"""What is not laid out yet has a height that the server estimates, which a phone or large letters prove wrong."""

import re

import pytest

from annotations.models import Span
from tests import marks
from tests.browser.desk import Desk, assignment_on
from tests.browser.test_annotate_long import IN_VIEW

WORDS = "Workers were sent home by the ministry in autumn. " * 8
FAR, NEAR = "Paragraph 90", "Paragraph 9."


def span_on(assignment, words):
    label, start = marks.label(assignment, "GROUP"), assignment.document.text.index(words)
    entity = marks.entity(assignment.document.corpus, type="GROUP")
    where = {"fragments": [[start, start + len(words)]], "quote": words, "kind": label.layer.kind}
    return Span.objects.create(assignment=assignment, label=label, revision=1, mention_type="NOM", entity=entity, **where)


@pytest.mark.parametrize("height", [60, 9000])
def test_a_link_leads_to_its_mark_whatever_was_estimated(transactional_db, new_page, sign_in, height):
    assignment = assignment_on("\n\n".join(f"Paragraph {number}. {WORDS}" for number in range(120)))
    far, near = span_on(assignment, FAR), span_on(assignment, NEAR)
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    sign_in(page, assignment.annotator)

    def estimated(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r'data-h="\d+"', f'data-h="{height}"', answer.text()))

    page.route(f"**{assignment.get_absolute_url()}", estimated)
    desk = Desk(page, assignment)
    page.goto(f"{assignment.get_absolute_url()}#mark={far.pk}")
    for mark, words in ((far, FAR), (near, NEAR), (far, FAR)):
        page.evaluate("(id) => { location.hash = `mark=${id}` }", str(mark.pk))
        page.locator("#annotator[data-whole=yes]").wait_for()
        page.wait_for_function("(words) => String([...(CSS.highlights.get('focus') ?? [])][0]) === words", arg=words)
        settled(page)
        assert desk.lit("focus") == [words]
        assert page.evaluate(IN_VIEW, "focus"), words


def settled(page):
    """Two frames, in which the browser lays out what has come on the screen."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))")


def test_a_link_leads_to_its_mark_when_styles_come_last(transactional_db, page, sign_in):
    assignment = assignment_on("\n\n".join(f"Paragraph {number}. {WORDS}" for number in range(30)))
    mark = span_on(assignment, "Paragraph 20")
    sign_in(page, assignment.annotator)
    late = []
    page.route("**/*.css", lambda route: late.append(route))  # noqa: PLW0108 - a builtin cannot be routed to
    page.goto(f"{assignment.get_absolute_url()}#mark={mark.pk}", wait_until="commit")
    page.locator("#annotator[data-ready=yes]").wait_for(state="attached")
    for route in late:
        route.continue_()
    page.unroute("**/*.css")
    page.wait_for_load_state()
    page.wait_for_function(IN_VIEW, arg="focus")
