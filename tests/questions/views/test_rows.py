"""What a row of events shows beside its values: which report states which, and what may be the same."""

import html
import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from annotations.models import Event
from questions.coreference.judge import judge
from tests import factories, marks
from tests.questions.ledgers.asking import fill, take_up

pytestmark = pytest.mark.django_db
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture
def get(client, seeded, indexed):
    reviewer = factories.user("reviewer")
    factories.membership(seeded, reviewer, "reviewer")
    client.force_login(reviewer)

    def get(address, status=200):
        answer = client.get(address)
        page = answer.getvalue().decode()
        assert answer.status_code == status, page[:3000]
        return html.unescape(page)

    return get


@pytest.fixture
def post(client):
    return lambda address, **fields: client.post(address, fields)


def reported(corpus, title, words, **value):
    """A return home of so many people, in an article of its own."""
    document = factories.document(f"Workers: {words} went.", of=factories.article(corpus, title))
    event = marks.event(factories.assignment(document, factories.user(), "adjudication"), "went", status="happened")
    fill(event, count=marks.figure(event.assignment, words, use="reported", **value).span)
    return event


def test_each_report_of_a_row_says_its_own_value(get, seeded):
    one = reported(seeded, "One", "20", low=20, high=20, comparator="eq")
    other = reported(seeded, "Other", "20", low=20, comparator="gt")
    judge(one, other, "same", factories.user())
    take_up()
    page = get(f"/corpora/{seeded.slug}/ask/events/?type=REPATRIATE")
    (reports,) = re.findall(r"<summary[^>]*>2 reports</summary>(.*?)</details>", page, re.DOTALL)
    items = [(TAGS.sub(" ", item).split(), re.findall("<strong>(.*?)</strong>", item)) for item in reports.split("</li>")[:2]]
    values = {title: "; ".join(said) for words, said in items for title in ("One", "Other") if title in words}
    assert values == {"One": "20", "Other": "more than 20"}


def test_what_may_be_the_same_is_named_by_its_words_and_leads_to_the_pair(get, seeded):
    one, other = (Event.objects.get(assignment__document__corpus=seeded, key=key) for key in ("EV27", "EV07"))
    words = " ".join(f"“{span.quote}”" for span in other.triggers.order_by("start"))
    for address in (f"/corpora/{seeded.slug}/ask/events/?type=REPATRIATE", reverse("questions:linked", args=[one.pk])):
        (pair,) = re.findall(rf'<a href="([^"]+)" dir="auto">{words}</a>', get(address))
        assert pair == f"/corpora/{seeded.slug}/pairs/?row={one.pk}&row={other.pk}"
    assert words.strip("“”") in get(pair)


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_whoever_judges_two_ticked_rows_is_back_at_the_row(get, post, seeded, verdict):
    for title in ("One", "Other"):
        reported(seeded, title, "20", low=20, high=20, comparator="eq")
    take_up()
    here = f"/corpora/{seeded.slug}/ask/events/?type=REPATRIATE&figure=PEOPLE"
    page = get(here)
    (back,) = re.findall(r'name="back" value="([^"]+)"', page)
    ticked = [
        pk
        for pk, row in re.findall(r'<tr id="row-([^"]+)" tabindex="-1">(.*?)</tr>', page, re.DOTALL)
        if re.search(">(One|Other)</bdi>", row)
    ]
    query = urlencode({"row": ticked, "back": back}, doseq=True)
    pair = get(f"/corpora/{seeded.slug}/pairs/?{query}")
    (address,), (other,) = re.findall(r'action="([^"]+/judge/)"', pair), re.findall(r'name="other" value="([^"]+)"', pair)
    (following,) = re.findall(r'name="next" value="([^"]+)"', pair)
    answer = post(address, other=other, verdict=verdict, next=following)
    assert answer["Location"].startswith(f"{here}#row-")
    assert f'id="{answer["Location"].partition("#")[2]}" tabindex="-1"' in get(here)


def test_skip_links_lead_to_filters_and_answer(get, seeded):
    page = get(f"/corpora/{seeded.slug}/ask/events/")
    for name in ("main", "filters", "answer"):
        assert f'class="skip" href="#{name}"' in page
    # Around it, tabindex would take all that is inside out of the order of the keyboard.
    assert '<summary id="filters">' in page
    assert re.search(r'<section [^>]*id="answer"[^>]* tabindex="-1"', page)
    refused = get(f"/corpora/{seeded.slug}/ask/events/?type=NOTHING", 400)
    assert 'href="#filters"' in refused
    assert 'href="#answer"' not in refused


def test_figures_lead_to_those_that_exclude_each_other(get, seeded):
    address = f"/corpora/{seeded.slug}/ask/figures/?label=PEOPLE&use=any"
    assert "exclude each other</a>" not in get(address)
    reported(seeded, "One", "20", low=20, high=20, comparator="eq")
    take_up()
    (disputed,) = re.findall(r'<a href="([^"]+)">Figures of several articles that exclude each other</a>', get(address))
    assert disputed == f"/corpora/{seeded.slug}/ask/disputes/?label=PEOPLE"
    get(disputed)


def test_the_annotator_leads_to_the_ledgers(get, gold):
    (address,) = re.findall(r'<a href="([^"]+)">in the ledgers</a>', get(gold.get_absolute_url()))
    assert "<mark>" in get(address)
    assert f"article={gold.document.article_id}" in address
