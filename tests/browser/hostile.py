"""An article in which every title, word, label, name and note is markup that would run, and somebody who looks at all of it."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import expect

from annotations.assign import open_for
from annotations.models import Assignment, CorpusScheme
from annotations.schemes.stored import load_scheme
from tests import factories, marks
from tests.browser.desk import Desk

#: Placeholders of the payloads: what would run, and where a request would go.
RUNS, ASKS = "{X}", "{BEACON}"
WATCH = "window.hits = []; window.__xss = (name) => window.hits.push(name);"
ELEMENTS = "img, script:not([src^='/static/']), iframe, object, embed, video, svg, math, style, link, meta, base, a[href^='javascript' i]"
LONGEST_NAME = 100


def armed(payload: str, number: int) -> str:
    return payload.replace(RUNS, f"__xss({number})").replace(ASKS, f"http://elsewhere.invalid/{number}")


def filled(payloads: list[str]) -> Assignment:
    """One assignment with all of them in each place that holds words of people."""
    words = [armed(payload, number) for number, payload in enumerate(payloads)]
    text = "\n\n".join([words[0], *(f"There were {number} workers of {word} there." for number, word in enumerate(words))])
    corpus = factories.corpus(description=words[0], name=words[-1][:LONGEST_NAME])
    CorpusScheme.objects.create(corpus=corpus, scheme=load_scheme(hostile_scheme(words)).scheme)
    person = factories.user("annotator")
    factories.membership(corpus, person, "annotator")
    title = " ".join(words)[:1_000]
    made = open_for(person, factories.document(text, of=factories.article(corpus, title)))[0]
    for number, word in enumerate(words):
        entity = marks.entity(corpus, word, type="GROUP", note=word)
        marks.span(made, f"{number} workers of {word}", "GROUP", entity=entity)
        marks.figure(made, f"There were {number}", note=word)
        marks.note(made, word)
    return made


def hostile_scheme(words: list[str]) -> dict[str, Any]:
    """Ours, with other names."""
    data = json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8"))
    data["scheme"]["version"] = "9.9.9"
    labels = [label for layer in data["layers"] for label in layer["labels"]]
    for number, label in enumerate(labels):
        word = words[number % len(words)]
        label.update(name=word[:LONGEST_NAME], definition=word)
    return data


def look_at_all(desk: Desk) -> None:
    """Every tab, every card, the menu of labels, the search for an entity, the help, and what the server says of a refusal."""
    page = desk.page
    for tab in page.get_by_role("tab").all():
        tab.click()
    page.locator("#text").focus()
    for _ in range(desk.assignment.spans.count()):
        desk.press("j")
    expect(desk.card).to_be_visible()
    desk.click("workers", nth=1)
    desk.card.locator("[data-field=entity]").click()
    expect(page.locator("#menu")).to_be_visible()
    desk.press("Escape")
    desk.drag("there.", nth=1)
    expect(page.locator("#menu .option").nth(10)).to_be_visible()
    desk.press("Escape")
    page.get_by_role("button", name="Help", exact=True).click()
    desk.press("Escape")
    refused(desk)


def refused(desk: Desk) -> None:
    """A server, or whoever stands between, that answers with markup."""
    said = armed(f"<img src=x onerror={RUNS}>", 999)
    body = {"code": said, "status": 422, "title": said, "errors": [{"code": said, "detail": said}]}
    desk.page.route("**/changes/", lambda route: route.fulfill(status=422, json=body), times=1)
    desk.drag("there.", nth=1)
    desk.options.nth(1).click()
    expect(desk.page.locator(".problem")).to_contain_text(said)


def assert_harmless(desk: Desk) -> None:
    page = desk.page
    shown = page.eval_on_selector_all("#text p", "found => found.map(({ textContent }) => textContent).join('')")
    assert shown == desk.assignment.document.text
    assert page.locator("h1").first.text_content() == desk.assignment.document.article.title
    assert page.evaluate("window.hits") == []
    assert page.locator("#annotator").locator(ELEMENTS).count() == 0
