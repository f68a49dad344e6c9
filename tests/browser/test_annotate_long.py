"""A report of 500,000 characters with 5,000 marks: what browsers do with a text works on all of it, though little is drawn."""

import itertools

import pytest
from playwright.sync_api import expect

from annotations.models import Change, Span
from tests import marks
from tests.browser.desk import Desk, assignment_on

WORDS = (
    "the ministry said that workers sent abroad earn hard currency for ships and mines while inspectors count visas at "
    "ports near a border where trains carry coal seafood textiles and statues under contracts nobody has read twice"
).split()
LENGTH = 500_000
COUNT = 5_000
LAST = "Zephyrwort"
IN_VIEW = """(name) => [...CSS.highlights.get(name)].every((range) => {
  const { top, bottom } = range.getBoundingClientRect();
  return top > 0 && bottom < innerHeight;
})"""


def long_text():
    paragraphs, size, word = [], 0, itertools.cycle(WORDS)
    while size < LENGTH:
        sentences = [" ".join(next(word) for _ in range(13 + number % 7)).capitalize() for number in range(8)]
        paragraphs.append(". ".join(sentences) + (" 💩." if len(paragraphs) % 5 == 0 else "."))
        size += len(paragraphs[-1]) + 2
    return "\n\n".join([*paragraphs, f"The last word is {LAST}."])


def mark_all(assignment):
    """Every hundredth character begins a mark, and a longer one lies over each fifth of them."""
    text = assignment.document.text
    kind = marks.label(assignment, "GROUP")
    entity = marks.entity(assignment.document.corpus, type="GROUP")
    rows, at = [], 0
    while len(rows) < COUNT:
        start = text.index(" ", at) + 1
        end = text.index(" ", start + 8)
        if "\n" in text[start:end]:
            at = end
            continue
        more = text.index(" ", end + 1) if len(rows) % 5 == 0 else end
        for last in {end, more if "\n" not in text[start:more] else end}:
            quote = text[start:last].rstrip(".")
            rows.append((start, start + len(quote), quote))
        at = start + 105
    Span.objects.bulk_create(
        Span(
            assignment=assignment, label=kind, kind=kind.layer.kind, fragments=[[start, end]], quote=quote, revision=1,
            mention_type="NOM", entity=entity,
        )
        for start, end, quote in rows
    )  # fmt: skip
    return rows


@pytest.fixture
def long(new_page, sign_in, transactional_db):
    made = assignment_on(long_text())
    rows = mark_all(made)
    page = new_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, made.annotator)
    return Desk(page, made), rows


def test_a_long_text_with_many_marks(long):
    desk, rows = long
    page, text = desk.page, desk.assignment.document.text
    far = desk.assignment.spans.order_by("start")[4_000]
    near = desk.assignment.spans.order_by("start")[40]

    # A link to a mark far down.
    page.goto(f"{desk.assignment.get_absolute_url()}#mark={far.id}")
    page.wait_for_selector("#annotator[data-whole=yes]")
    assert desk.lit("focus") == [far.quote]
    assert page.evaluate(IN_VIEW, "focus")
    drawn = page.locator(".seg[data-badge]").count()
    assert 0 < drawn < len(rows) / 4
    page.evaluate("(id) => { location.hash = `mark=${id}` }", str(near.id))
    page.wait_for_function("(words) => String([...CSS.highlights.get('focus')][0]) === words", arg=near.quote)
    assert page.evaluate(IN_VIEW, "focus")

    # Find in page: also where nothing has been laid out yet.
    assert page.evaluate("(word) => window.find(word)", LAST)
    assert page.evaluate("String(getSelection())") == LAST

    # Select all, copy: the text and nothing but the text.
    page.locator("#text").focus()
    desk.press("Control+a", "Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == text
    page.evaluate("getSelection().removeAllRanges()")

    # The end of the text, by keys.
    desk.press("Control+End", "a", "g")
    expect(page.locator("#spoken")).to_contain_text(LAST)
    desk.saved()
    made = desk.assignment.spans.get(quote=LAST)
    assert text[made.start : made.end] == LAST
    assert Change.objects.filter(assignment=desk.assignment).count() == 1

    # On paper: everything, with its marks.
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".seg[data-badge]").count() > len(rows) * 0.75
    shown = page.evaluate(
        "[...document.querySelectorAll('.chunk')].every((chunk) => getComputedStyle(chunk).contentVisibility === 'visible')"
    )
    assert shown
    for hidden in (".toolbar", ".panel", ".topbar"):
        expect(page.locator(hidden)).to_be_hidden()
