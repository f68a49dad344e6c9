"""Journey 10 whole, in Chromium, on the worked article: concordance, timeline, network, frequencies. B1 to B5 and A1 are those of the journey.

By keys alone, by touch on a phone, and on paper.
"""

import csv
import io
import json
import re
import zipfile

import pytest
from playwright.sync_api import expect

from registry.models import Entity
from tests import factories
from tests.browser.asking import rows
from tests.browser.hands import HANDS
from tests.browser.paper import letters_of, piled, words_of
from tests.questions.ledgers.asking import take_up

GOLD = json.loads((factories.DOMAIN / "gold_seed.json").read_text("utf-8"))
# What stands in an element, node by node: cells of a row are printed beside each other.
WRITTEN = """element => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (walker.currentNode.parentElement.checkVisibility()) nodes.push(walker.currentNode.data);
  return nodes;
}"""
READ = ["ongoing", "general or habitual", "not carried out (ordered, planned, threatened, hypothetical)", "general or habitual"]


@pytest.fixture(params=HANDS)
def hand(request, seeded, reviewer, new_page, sign_in):
    take_up()
    page = new_page(**HANDS[request.param].context)
    sign_in(page, reviewer)
    return HANDS[request.param](page)


def ledger(hand, name):
    hand.page.goto("/corpora/seeded/ask/")
    hand.go(name)


def test_journey_10(hand, seeded):
    the_concordance_of_a_beginning(hand)
    contracts_that_are_over(hand)
    marks_of_a_class(hand, Entity.objects.get(corpus=seeded, key="E-NKW").pk)
    the_timeline(hand)
    the_network(hand)
    frequencies(hand)
    by_api(hand.page)


def the_concordance_of_a_beginning(hand):
    """B1: left and right of each word, and how the event is spoken of."""
    ledger(hand, "Words")
    hand.press("Filters")
    hand.write("Words", "terminat*")
    hand.go("Filter")
    expect(rows(hand.page)).to_have_count(4)
    for row, status in zip(rows(hand.page).all(), READ, strict=True):
        expect(row.get_by_role("rowheader")).to_have_text(re.compile("^terminat"))
        assert all(row.locator(side).inner_text().strip() for side in (".left", ".right"))
        expect(row.locator(".about")).to_contain_text(f"Work and contracts, {status}, positive")
    for row in on_paper(hand.page):
        assert re.search(r"terminated?\[\d\]", row)


def contracts_that_are_over(hand):
    """B1: a fifth that no search for the word finds, since it says *not extended*."""
    ledger(hand, "Events")
    hand.press("Filters")
    hand.press("More filters")
    hand.write("Event filter", "Contract ended or not renewed")
    hand.go("Filter")
    expect(rows(hand.page)).to_have_count(5)
    expect(rows(hand.page).filter(has_text="extended")).to_contain_text("negative")


def marks_of_a_class(hand, entity):
    """B2: by label, entity and attribute instead of words."""
    ledger(hand, "Words")
    hand.press("Filters")
    hand.press("More filters")
    hand.write("On marks", f"label:GROUP,entity:{entity}")
    hand.go("Filter")
    expect(rows(hand.page)).to_have_count(6)
    for row in rows(hand.page).all():
        expect(row.locator(".about")).to_contain_text("North Korean workers at Chinese factories (class)")
    hand.page.goto(hand.page.url.partition("?")[0] + "?on=attr:phase:end,label:EMPLOY")
    expect(rows(hand.page)).to_have_count(4)


def the_timeline(hand):
    """B3: days and spans, and a lane for what is undated."""
    ledger(hand, "Events")
    hand.go("Timeline and table")
    plot = hand.page.locator("svg.plot")
    expect(plot).to_contain_text("Undated")
    shapes = " ".join(
        plot.locator("a").evaluate_all("links => links.map((link) => link.getAttribute('aria-label') ?? link.textContent)")
    )
    for words in ("5 Aug 2017", "5 Aug – 30 Sep 2017", "4 Sep 2017"):
        assert words in shapes, shapes
    on_paper(hand.page)


def the_network(hand):
    """B4: thirteen pairs; an edge leads to its events and quotations; some are only expected or general."""
    page = hand.page
    ledger(hand, "Network")
    hand.go("Table")  # on paper, names of the plot may touch
    expect(page.get_by_role("status")).to_contain_text("pairs: 13")
    on_paper(page)
    count = rows(page).first.locator("td.number a")
    number = int(count.inner_text())
    with page.expect_navigation():
        hand.follow(count)
    expect(rows(page)).to_have_count(number)
    expect(rows(page).locator(".quotation")).to_have_count(number)
    page.goto("/corpora/seeded/ask/network/")
    hand.press("Filters")
    for status in ("happened", "ongoing"):
        hand.tick(status)
    hand.go("Filter")
    expect(page.get_by_role("status")).to_contain_text("edges: 6")


def frequencies(hand):
    """B5: of labels, event types, sources and modalities, as the gold has been counted; sorted, and as a file."""
    page = hand.page
    of = {"label": {}, "source": {}}
    for name in ("label", "type", "source", "modality"):
        page.goto(f"/corpora/seeded/ask/counts/?by={name}")
        on_paper(page)
        numbers = [int(cell.inner_text().replace(",", "")) for cell in rows(page).locator("td[data-name=Together]").all()]
        assert numbers == sorted(numbers, reverse=True)
        of[name] = dict(zip((head.inner_text() for head in rows(page).get_by_role("rowheader").all()), numbers, strict=True))
    layers = json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8"))["layers"]
    names = {label["code"]: label["name"] for layer in layers for label in layer["labels"]}
    for code in ("PEOPLE", "MONEY", "REPATRIATE", "EMPLOY"):
        events = sum(event["type"] == code for event in GOLD["events"])
        assert of["label"][names[code]] == events or sum(mark["label"] == code for mark in GOLD["mentions"])
    assert sum(of["label"].values()) == GOLD["counts"]["events"] + GOLD["counts"]["FIGURE"]
    hand.page.goto("/corpora/seeded/ask/counts/?by=label")
    hand.press("Filters")
    hand.press("More filters")
    hand.write("Order", "By the value")
    hand.go("Filter")
    sorted_names = [head.inner_text() for head in rows(page).get_by_role("rowheader").all()]
    assert len(sorted_names) == len(of["label"])
    hand.press("Download")
    with page.expect_download() as started:
        hand.press("CSV tables")
    assert sum(int(record["count"]) for record in records(started.value.path())) == sum(of["label"].values())


def on_paper(page):
    """All rows, each whole and upon nothing else, with the addresses of its links to the text. The rows as they are printed."""
    printed = page.pdf()
    assert piled(printed) == []
    words, letters = words_of(printed), letters_of(printed)
    assert page.get_by_role("heading", level=1).inner_text() in words
    page.emulate_media(media="print")
    written = rows(page).all_inner_texts()
    assert [words for words in page.locator(".ledger tbody").evaluate(WRITTEN) if "".join(words.split()) not in letters] == []
    listed = page.locator(".addresses li").all_inner_texts()
    assert all("".join(line.split()) in letters for line in listed)
    numbers = [int(each.strip("[]")) for each in page.locator(".ledger sup.paper").all_inner_texts()]
    assert sorted(set(numbers)) == list(range(1, len(listed) + 1))
    page.emulate_media(media="screen")
    return written


def records(path):
    archive = zipfile.ZipFile(path)
    name = next(name for name in archive.namelist() if name.endswith("counts.csv"))
    return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def by_api(page):
    """A1: in pages that neither skip nor repeat, with the total."""
    of_ledger = {
        "words/?q=terminat*": (4, lambda answer: answer["totals"]["lines"]),
        "events/?filter=contract_over": (5, lambda answer: answer["parts"]["counted"]),
        "network/?": (14, lambda answer: answer["parts"]["counted"]),
        "counts/?by=label": (13, lambda answer: answer["totals"]["values"]),
    }
    for asked, (rows_in_all, total) in of_ledger.items():
        whole = page.request.get(f"/api/v1/corpora/seeded/ask/{asked}").json()
        assert len(whole["results"]) == total(whole) == rows_in_all
        paged, address = [], f"/api/v1/corpora/seeded/ask/{asked}&limit=2"
        while address:
            answer = page.request.get(address).json()
            assert total(answer) == rows_in_all
            paged += answer["results"]
            address = answer["next"]
        assert paged == whole["results"]
