"""The register of measures, and the page of a paragraph: what it requires, since when, and what has been verified."""

import json
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.schemes.measures import load_measures
from annotations.templatetags.register_words import limit_words, scope_words
from registry.models import Measure, Paragraph, ParagraphEffect
from tests import factories
from tests.registry.pages.marking import cite

FILE = Path(__file__).parents[3] / "domain" / "measures.json"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def reviewer(db, client):
    load_measures(json.loads(FILE.read_text("utf-8")))
    factories.scheme()
    person = factories.user("reviewer")
    client.force_login(person)
    return person


@pytest.fixture
def corpus(reviewer):
    made = factories.corpus("reports")
    factories.membership(made, reviewer, "reviewer")
    return made


@pytest.fixture
def read(client, reviewer):
    def page(address):
        response = client.get(address)
        assert response.status_code == 200, address
        return " ".join(response.content.decode().split())

    return page


def queries(read, address):
    read(address)
    with CaptureQueriesContext(connection) as captured:
        read(address)
    return len(captured)


def test_the_register_lists_every_measure_with_what_is_verified(read):
    text = read("/measures/")
    for measure in Measure.objects.all():
        assert f'href="{measure.get_absolute_url()}"' in text
    assert "Executive Order 13810" in text
    assert text.count("not verified") == Measure.objects.filter(adopted_verified=False).count() == 4


def test_the_number_of_queries_does_not_grow_with_the_register(read):
    few = queries(read, "/measures/"), queries(read, "/measures/UNSCR-2371/"), queries(read, "/measures/UNSCR-2371/8/")
    measure = Measure.objects.get(code="UNSCR-2371")
    for number in range(20, 40):
        Measure.objects.create(code=f"X-{number}", symbol="X", issuer="X", adopted="2000-01-01")
        measure.paragraphs.create(number=str(number), replaces=["UNSCR-2371 8"], evidence=["eo-13810"], effect="cap")
    assert (queries(read, "/measures/"), queries(read, "/measures/UNSCR-2371/"), queries(read, "/measures/UNSCR-2371/8/")) == few


def test_a_paragraph_says_what_it_requires_and_what_nobody_checked(read):
    text = read("/measures/UNSCR-2371/11/")
    assert "It does not itself require anyone to go home." in text
    assert "caps a number" in text
    assert "Content verified" in text
    assert "Number not verified" in text
    assert "approved in advance by the Committee" in text
    assert 'from <time datetime="2017-08-05">2017-08-05</time>' in text


def test_a_measure_says_who_verified_the_day_of_its_adoption(read):
    file = "<dt>Date of adoption</dt><dd>"
    assert "by the register file, " in read("/measures/UNSCR-2371/").partition(file)[2].partition("</dd>")[0]
    signed = {
        "adopted_verified_by": factories.user("lawyer"),
        "adopted_verified_on": "2026-12-01",
        "adopted_verified_source": "p. 1",
    }
    Measure.objects.filter(code="UNSCR-2371").update(**signed)
    stated = read("/measures/UNSCR-2371/").partition(file)[2].partition("</dd>")[0]
    assert ("<bdi>lawyer</bdi>" in stated, "2026-12-01" in stated, "p. 1" in stated) == (True, True, True)
    Measure.objects.filter(code="UNSCR-2371").update(
        adopted_verified=False, **dict.fromkeys(signed) | {"adopted_verified_source": ""}
    )
    assert file not in read("/measures/UNSCR-2371/")


def test_what_has_no_source_is_not_verified(read):
    text = read("/measures/UNSCR-1718/8(e)/")
    assert "Content not verified" in text
    assert "our own earlier note; not a source" in text


def test_limits_deadlines_and_codes_are_written_out(read):
    assert "coal: the lower of 400,870,018 USD and 7,500,000 t a year, from 2017-01-01, exact amount not verified" in read(
        "/measures/UNSCR-2321/26/"
    )
    text = read("/measures/UNSCR-2375/14/")
    assert "refined petroleum: 500,000 bbl, from 2017-10-01 to 2017-12-31" in text
    assert "2,000,000 bbl a year, from 2018-01-01, replaced by UNSCR-2397 5" in text
    assert '<dt>Deadline</dt><dd>2018-01-09 <span class="muted">not verified</span></dd>' in read("/measures/UNSCR-2375/18/")
    assert "<dt>Deadline</dt><dd>2019-12-22</dd>" in read("/measures/UNSCR-2397/8/")
    codes = read("/measures/UNSCR-2397/6/")
    assert '85 <span class="muted">(not verified)</span>' in codes
    assert "89</dd>" in codes


@pytest.mark.parametrize("address", ["/measures/UNSCR-2270/29/", "/measures/UNSCR-2371/8/"])
def test_the_chain_is_a_line_of_dates_from_either_end(read, address):
    chain = read(address).partition('<ol class="chain">')[2].partition("</ol>")[0]
    assert re.findall(r'<time datetime="(.*?)"', chain) == ["2016-03-02", "2016-11-30", "2017-08-05"]
    assert re.findall(r"<(?:a href=[^>]*|strong)>(.*?)</", chain) == ["UNSCR-2270 ¶29", "UNSCR-2321 ¶26", "UNSCR-2371 ¶8"]
    assert chain.count("in force to 2017-08-05") == 2
    assert chain.count('aria-current="true"') == 1
    assert set(re.findall(r'badge open">(.*?)<', chain)) <= set(ParagraphEffect.objects.values_list("does", flat=True))


def test_a_paragraph_that_only_others_name_has_its_chain_too(read):
    assert not Paragraph.objects.get(measure__code="UNSCR-2397", number="8").replaces
    chain = read("/measures/UNSCR-2397/8/").partition('<ol class="chain">')[2].partition("</ol>")[0]
    assert re.findall(r'<time datetime="(.*?)"', chain) == ["2017-08-05", "2017-09-11", "2017-12-22"]
    assert "tightened by UNSCR-2397 ¶8" in chain


def test_a_paragraph_that_stands_alone_has_no_chain(read):
    assert 'class="chain"' not in read("/measures/UNSCR-1718/12/")


def test_every_paragraph_has_a_page(read):
    for row in Paragraph.objects.select_related("measure"):
        assert row.number.replace("'", "&#x27;") in read(row.get_absolute_url())
    assert read("/measures/EU-2016-849/remittances%20(2017/1858)/").count("5,000 EUR") == 1


@pytest.mark.parametrize("address", ["/measures/UNSCR-2371/99/", "/measures/UNSCR-1/8/", "/measures/UNSCR-2371/8/9/"])
def test_what_the_register_does_not_have_is_not_found(client, reviewer, address):
    assert client.get(address).status_code == 404


def test_citations_stand_on_the_page_of_their_paragraph_only(client, read, corpus, reviewer):
    work = factories.assignment(factories.document("Visas were refused under Resolution 2371.", corpus=corpus), reviewer)
    cite(work, "Resolution 2371", Measure.objects.get(code="UNSCR-2371"), "11")
    assert "<mark>Resolution 2371</mark>" in read("/measures/UNSCR-2371/11/")
    assert "<mark>" not in read("/measures/UNSCR-2371/8/")
    assert "/corpora/reports/ask/law/?measure=UNSCR-2371&amp;paragraph=11" in read("/measures/UNSCR-2371/11/")
    client.force_login(factories.user("stranger"))
    text = read("/measures/UNSCR-2371/11/")
    assert "<mark>" not in text
    assert "reports" not in text


def test_words_of_others_are_escaped(read):
    measure = Measure.objects.create(
        code="H-1", symbol=HOSTILE, issuer=HOSTILE, adopted="2000-01-01", kind=HOSTILE, note=HOSTILE, regime=HOSTILE
    )
    fields = dict.fromkeys(["topic", "effect", "summary", "exceptions", "note"], HOSTILE)
    limits = [{"goods": HOSTILE, "high": [HOSTILE, HOSTILE], "period": HOSTILE, "from": HOSTILE}, HOSTILE, {"low_of": [7]}]
    row = measure.paragraphs.create(number="1", limits=limits, applies_to=[{"label": HOSTILE}, 3], hs=[HOSTILE[:20]], **fields)
    row.replaces, row.replaced_by = ["UNSCR-2371 8"], [HOSTILE]
    row.save()
    for address in ("/measures/", "/measures/H-1/", "/measures/H-1/1/"):
        text = read(address)
        assert HOSTILE not in text
        assert "&lt;script&gt;" in text


def test_a_limit_of_another_shape_says_nothing_wrong():
    assert limit_words({"goods": "coal"}) == "coal: amount not stated"
    assert limit_words("coal") == scope_words(None) == ""
    assert (
        scope_words({"label": "PERMIT", "where": {"decision": ["granted", "extended"]}}) == "permit: decision granted or extended"
    )
