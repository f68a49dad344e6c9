"""The page of a paragraph: the events of a corpus that cite it, with quotation, source and timeline."""

import json
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Citation
from annotations.schemes.measures import load_measures
from questions.index import keep
from questions.templatetags import paragraph_events
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/measures/UNSCR-2371/11/"
RETURNS = "/measures/UNSCR-2397/8/"


@pytest.fixture
def reader(seeded):
    person = factories.user("reader")
    factories.membership(seeded, person, "viewer")
    return person


@pytest.fixture
def read(client, reader):
    load_measures(json.loads((factories.DOMAIN / "measures.json").read_text("utf-8")))
    while keep.take_up():
        pass
    client.force_login(reader)

    def text(address=PAGE):
        answer = client.get(address)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return text


def events(page):
    return re.search(r'<section [^>]*id="events".*?</section>', page)[0]


def test_events_have_quotation_source_and_timeline_and_are_a_file(read, client):
    shown = events(read())
    assert {"adopted", "participation", "rejection", "return"} <= set(re.findall(r"<mark>([^<]*)</mark>", shown))
    assert shown.count("Unnamed Manager of North Korean workers at the textile factory said (direct quotation") == 2
    assert shown.count("Daily NK reported (paraphrase") == 2
    assert shown.count(">not required</span>") == 4
    assert "Timeline of 4 events" in shown
    file = re.search(r'href="([^"]*format=csv)"', shown)[1].replace("&amp;", "&")
    answer = client.get(file)
    assert any(name.endswith(".csv") for name in ZipFile(BytesIO(b"".join(answer))).namelist())


def test_the_timeline_draws_what_the_rows_are(read, client):
    address = "/corpora/seeded/ask/law/?measure=UNSCR-2371&paragraph=11&view=timeline"
    assert "Timeline of 4 events" in read(f"{address}&verdict=not_required")
    Citation.objects.filter(quote="UNSC resolution").update(paragraph="8")
    assert "Timeline of 2 events" in read(address)
    assert "Timeline of 2 events" in events(read())


def by_paragraph(page):
    return re.search(r'<section [^>]*id="verdicts".*?</section>', page)[0]


def counts(shown):
    """(words, (address, number) of those that cite, the same of the others)"""
    cell = r'<td[^>]*>(?:<a href="([^"]*)">)?(\d+).*?</td>'
    rows = re.findall(rf'<th scope="row">([^<]+)</th> {cell} {cell}', shown)
    return {words: ((citing, int(one)), (others, int(other))) for words, citing, one, others, other in rows}


def test_events_are_counted_by_verdict_and_each_leads_to_its_article(read):
    (citing, number), (_, others) = counts(by_paragraph(read()))["not required"]
    assert (number, others) == (4, 0)
    shown = by_paragraph(read(f"{PAGE}{citing.replace('&amp;', '&')}"))
    assert len(re.findall(r'href="/annotate/[^"]*" class="quotation"', shown)) == 4


def test_events_of_its_kind_are_shown_though_nobody_cites_it(read, seeded):
    known = counts(by_paragraph(read(RETURNS)))
    assert {words: (one[1], other[1]) for words, (one, other) in known.items()} == {"before it was in force": (0, 11)}
    seeded.articles.update(published_earliest=None, published_latest=None)  # then nothing says that undated ones are older
    for _ in keep.rebuild(seeded):
        pass
    known = counts(by_paragraph(read(RETURNS)))
    assert {words: other[1] for words, (_, other) in known.items()} == {"before it was in force": 2, "cannot be said": 9}
    shown = by_paragraph(read(f"{RETURNS}{known['cannot be said'][1][0].replace('&amp;', '&')}"))
    assert shown.count('<span class="badge">cannot be said</span>') == 9
    assert "Other events, cannot be said" in shown


def test_pages_of_other_events_follow_each_other(read, client, monkeypatch):
    monkeypatch.setattr(paragraph_events, "AT_ONCE", 4)
    seen, address = [], RETURNS
    while address:
        shown = by_paragraph(read(address))
        seen += re.findall(r'href="(/annotate/[^"]*)" class="quotation"', shown)
        following = re.search(r'href="(\?[^"]*events=[^"#]*)#verdicts"', shown)
        address = following and RETURNS + following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 11
    assert client.get(f"{RETURNS}?events=x").status_code == 404


def test_one_corpus_at_a_time_and_no_other_than_ones_own(read, client, reader):
    other = factories.corpus("another")
    work = factories.assignment(
        factories.document("Resolution 2371.", corpus=other), factories.user("somebody"), role="adjudication"
    )
    measure = Citation.objects.first().measure
    Citation.objects.create(
        assignment=work, fragments=[[0, 15]], quote="Resolution 2371", measure=measure, paragraph="11", paragraph_basis="stated",
        revision=1,
    )  # fmt: skip
    assert 'aria-label="Corpus"' not in read()
    assert client.get(f"{PAGE}?corpus=another").status_code == 404
    assert client.get(f"{PAGE}?corpus=nowhere").status_code == 404
    factories.membership(other, reader, "viewer")
    assert f"Events in {other.name}" in events(read())
    assert "Timeline of 4 events" in events(read(f"{PAGE}?corpus=seeded"))
    client.force_login(factories.user("stranger"))
    page = client.get(PAGE).content.decode()
    assert [name for name in ("events", "verdicts") if f'id="{name}"' in page] == []


def test_the_number_of_queries_does_not_grow_with_events(read, monkeypatch):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            read()
        return len(captured)

    read()
    before = queries()
    monkeypatch.setattr(paragraph_events, "AT_ONCE", 2)
    assert "The first 2." in events(read())
    assert queries() == before
