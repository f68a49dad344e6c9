"""Pages that ask the corpus: each ledger with its rows, what a form leads to, what is refused, and what is said where nothing fits."""

import html
import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from corpus.passages.index import index_all
from questions.address.parameters import LEDGERS
from questions.asking import answer
from questions.drawing import times
from questions.drawing.every import VIEWS
from questions.index import keep
from questions.ledgers import answered, entries
from questions.views import ask
from registry.models import Entity, Relation
from tests import factories, marks

pytestmark = pytest.mark.django_db
RESTS_ON = {
    "articles": 23_456,
    "marked": 12_345,
    "not_marked": 11_111,
    "drafts": 0,
    "copies": 0,
    "behind": 0,
    "moment": datetime(2026, 11, 28, tzinfo=UTC),
    "number": 1_234_567,
}


@pytest.fixture
def reviewer(seeded, indexed):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    return person


@pytest.fixture
def get(client, reviewer, seeded):
    client.force_login(reviewer)

    def get(ledger="events", query="", status=200):
        address = ledger if ledger.startswith("/") else f"/corpora/{seeded.slug}/ask/{ledger}/"
        answer = client.get(f"{address}?{query}" if query else address)
        assert answer.status_code == status, answer.content.decode()[:3000]
        return answer

    return get


def rows_of(answer):
    return len(answer.context["rows"])


@pytest.mark.parametrize("ledger", [name for name in LEDGERS if name != "words"])
def test_every_ledger_shows_its_rows(get, ledger):
    answer = get(ledger)
    assert (rows_of(answer) > 0) == (ledger != "disputes")


@pytest.mark.parametrize("ledger", VIEWS)
def test_a_plot_stands_above_the_table_and_is_a_file(get, ledger, seeded):
    page = get(ledger, f"view={VIEWS[ledger]}").content.decode()
    assert '<svg class="plot' in page
    file = get(f"/corpora/{seeded.slug}/ask/{ledger}/plot.svg")
    assert file["Content-Type"] == "image/svg+xml"
    assert file.content.startswith(b"<?xml")


@pytest.mark.parametrize(
    ("ledger", "words"),
    [
        ("network", "No actors who act on others"),
        ("figures", "No figures with a value"),
        ("events", "No events"),
        ("law", "No events"),
    ],
)
def test_the_file_of_a_plot_in_which_nothing_is_says_so(get, ledger, words, seeded):
    file = get(f"/corpora/{seeded.slug}/ask/{ledger}/plot.svg", "from=1950-01-01&to=1950-12-31&undated=0")
    assert f">{words}</text>" in file.content.decode()


@pytest.mark.parametrize(
    ("ledger", "query"), [("figures", "label=PEOPLE"), ("network", ""), ("counts", "by=type"), ("counts", "by=type,status")]
)
def test_a_plot_of_a_part_of_the_rows_says_so(get, monkeypatch, ledger, query, seeded):
    monkeypatch.setattr(ask, "DRAWN", 3)
    whole, words = "rows of the answer are drawn", "Only 3 rows of the answer are drawn."
    first = get(ledger, f"{query}&view={VIEWS[ledger]}").content.decode()
    assert words in first
    assert words in get(f"/corpora/{seeded.slug}/ask/{ledger}/plot.svg", query).content.decode()
    following = html.unescape(re.search(r'rel="next" href="([^"]+)"', first)[1]).partition("?")[2]
    assert whole in get(ledger, following).content.decode()
    monkeypatch.setattr(ask, "DRAWN", 200)
    assert whole not in get(ledger, f"{query}&view={VIEWS[ledger]}").content.decode()


@pytest.mark.parametrize(
    ("ledger", "query"), [("events", "status=any"), ("figures", ""), ("words", "q=workers"), ("words", "q=workers&sample=9")]
)
def test_for_paper_all_rows_stand_on_one_page(get, monkeypatch, ledger, query, seeded):
    number = rows_of(get(ledger, query))
    assert number > 6
    monkeypatch.setattr(ask, "PAGE", 3)
    first = get(ledger, query).content.decode()
    there = html.escape(f"/corpora/{seeded.slug}/ask/{ledger}/?{f'{query}&' if query else ''}rows=all")
    assert f'href="{there}">Up to 500 rows on one page' in first
    assert f"{number - 3} further rows. Up to 500 on one page: http://testserver{there}" in first
    whole = get(ledger, f"{query}&rows=all".lstrip("&"))
    assert (rows_of(whole), whole.context["next"], whole.context["at_once"]) == (number, None, "")
    assert "urther rows" not in whole.content.decode()


def test_what_does_not_fit_on_one_page_is_counted(get, monkeypatch):
    monkeypatch.setattr(ask, "MOST_AT_ONCE", 4)
    number = rows_of(get(query="status=any"))
    first = get(query="status=any&rows=all")
    assert f"{number - 4} further rows: on the next page, and in the files" in first.content.decode()
    later = get(query=first.context["next"].partition("?")[2])
    assert (rows_of(later), later.context["further"]) == (4, None)
    assert later.context["first"].endswith("?status=any&rows=all")
    assert (
        "<strong>rows</strong> is not asked together with a basis" in get(query="basis=any&rows=all", status=400).content.decode()
    )
    with_basis = get(query="status=any&basis=any")
    assert with_basis.context["at_once"] == ""
    assert "<strong>rows</strong> takes “all”" in get(query="rows=500", status=400).content.decode()


def test_a_plot_beside_all_rows_is_that_of_its_page(get, monkeypatch):
    monkeypatch.setattr(ask, "DRAWN", 3)
    page = get("figures", "label=PEOPLE&view=ranges&rows=all").content.decode()
    assert "Only 3 rows of the answer are drawn." in page
    assert 'rel="next"' not in page


def test_a_timeline_of_a_part_of_the_events_says_so(get, monkeypatch):
    monkeypatch.setattr(times, "MOST", 5)
    page = get(query="view=timeline").content.decode()
    assert "Only the first 5 events are drawn, by day." in page
    monkeypatch.setattr(times, "MOST", 5_000)
    assert "events are drawn, by day" not in get(query="view=timeline").content.decode()


def test_what_leads_on_from_an_answer_asks_the_same(get, seeded):
    """Files, the file of the plot, articles to read next, and saving."""
    factories.document("Nobody has read this.", corpus=seeded)
    page = html.unescape(get("events", "type=REPATRIATE&view=timeline").content.decode())
    here = f"/corpora/{seeded.slug}/ask/events"
    for address in (f"{here}/plot.svg", f"{here}/next/", f"{here}/save/", f"/api/v1{here}/file/"):
        assert re.findall(rf'href="{address}\?([^"&]+)', page)[:1] == ["type=REPATRIATE"], address


def test_the_fifteen_are_one_click_away(get, seeded):
    page = get(f"/corpora/{seeded.slug}/ask/")
    addresses = re.findall(r'<li class="card"><a href="([^"]+)"', page.content.decode())
    assert len(addresses) >= 14
    for address in addresses:
        get(*address.partition("#")[0].replace("&amp;", "&").partition("?")[::2])


def test_parts_that_are_in_the_rows_are_not_called_apart(get):
    assert "Parts of the answer" in get("screening").content.decode()
    assert "Not in these rows" in get("screening", "part=not_screened").content.decode()


def test_what_is_left_out_for_want_of_a_day_has_its_number_and_its_address(get):
    page = get("events", "type=REPATRIATE&figure=1&from=2017-08-01&to=2017-12-31&dates=within").content.decode()
    (address, number), *others = re.findall(r'<a href="([^"]+)">undated: (\d+)</a>', page)
    assert (int(number), others) == (1, [])
    assert rows_of(get(*address.replace("&amp;", "&").partition("?")[::2])) == len(re.findall('<tr id="row-', page)) + 1
    assert page.index('href="#apart"') < page.index('<h2 id="apart" tabindex="-1"')
    assert "undated:" not in get("events", "type=REPATRIATE").content.decode()


def test_a_form_leads_to_the_one_address_of_its_question(get, seeded):
    dandong = Entity.objects.get(corpus=seeded, key="E-DDG")
    query = "filters=1&type=REPATRIATE&status=happened&status=ongoing&polarity=positive&place=dandong&from=2017-08-01&to=2017-12-31&figure=1&source="
    answer = get("events", query, 302)
    assert answer["Location"].endswith(f"/ask/events/?type=REPATRIATE&figure=1&place={dandong.pk}&from=2017-08-01&to=2017-12-31")


def test_a_group_without_a_tick_asks_for_any(get):
    assert get("events", "filters=1", 302)["Location"].endswith("/ask/events/?status=any&polarity=any")


def test_the_name_of_an_entity_that_is_asked_for_stands_in_its_field(get, seeded):
    dandong = Entity.objects.get(corpus=seeded, key="E-DDG")
    page = get("events", f"place={dandong.pk}").content.decode()
    assert 'value="Dandong"' in page
    assert f'<input type="hidden" name="was.place" value="{dandong.pk}">' in page


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("type=NOTHING", 400, "type"),
        ("nothing=1", 400, "This link is not valid: Events has no “nothing”."),
        ("whose=somebody", 400, "Unknown annotator “somebody”: use best"),
        ("from=2018-01-01&to=2017-01-01", 400, "from"),
        ("place=3b241101-e2bb-4255-8caf-4136c566a962", 404, "place"),
        ("filters=1&place=Atlantis", 400, "Atlantis"),
        ("cursor=bm90aGluZw", 400, "cursor"),
    ],
)
def test_what_cannot_be_asked_is_named_and_the_form_keeps_it(get, query, status, words):
    page = get("events", query, status).content.decode()
    alert = re.search(r'role="alert">(.*?)</p>', page, re.DOTALL)[1]
    assert words in alert
    assert ("Start from Events</a>" in alert) == ("not valid" in words)
    assert "filter-box" in page


def test_where_nothing_fits_the_page_says_what_to_take_away(get):
    page = get("events", "type=REPATRIATE&from=2030-01-01&undated=0").content.decode()
    assert "No matching events" in page
    assert re.search(r"Without “<bdi>from 1 Jan 2030</bdi>”: \d+ row", page)


def test_where_no_check_fits_either(get):
    """A ledger whose rows are all in one part."""
    page = get("findings", "code=FIG-05&result=note").content.decode()
    assert re.search(r"Without “<bdi>result: note</bdi>”: \d+ row", page)


def test_each_piece_of_the_question_can_be_taken_away(get):
    page = get("events", "type=REPATRIATE&timed=1").content.decode()
    assert 'aria-label="Remove: Return home"' in page
    removed = re.search(r'<a href="([^"]+)"[^>]*aria-label="Remove: happened, ongoing"', page)[1]
    assert removed.endswith("?type=REPATRIATE&amp;status=any&amp;timed=1")


@pytest.mark.parametrize(
    ("ledger", "query"), [("events", "type=REPATRIATE&status=unrealised"), ("figures", "label=PEOPLE&use=limit")]
)
def test_taking_a_piece_away_is_one_act_wherever_it_is_offered(get, ledger, query):
    """In the question, and where nothing fits."""
    answer = get(ledger, query)
    assert rows_of(answer) == 0
    pieces = {piece["words"]: piece["address"] for piece in answer.context["pieces"]}
    offered = {each["words"]: each["address"] for each in answer.context["removals"]}
    assert offered.items() <= pieces.items()
    assert offered
    for each in answer.context["removals"]:
        assert f"{each['rows'].number} row" in get(*each["address"].split("/ask/")[1].split("/?")).content.decode()


def test_a_foreign_corpus_looks_like_none(client, seeded):
    client.force_login(factories.user("outsider"))
    assert client.get(f"/corpora/{seeded.slug}/ask/events/").status_code == 404
    assert client.get(f"/corpora/{seeded.slug}/ask/").status_code == 404


def test_ticked_rows_become_lines_of_the_evidence_table(get, seeded, client):
    rows = get("events", "type=REPATRIATE&figure=1").context["rows"]
    answer = get(f"/corpora/{seeded.slug}/ask/events/lines/", "&".join(f"row={row['id']}" for row in rows), 302)
    page = client.get(answer["Location"], follow=True)
    chosen = page.context["chosen"]
    assert [line is not None for _, line in chosen] == [True] * sum(
        len(entry["lines"]) for row in rows for entry in row["entries"]
    )
    assert len(chosen) >= 3


@pytest.mark.parametrize(
    ("ledger", "query"), [("figures", "use=basis"), ("events", "status=any&whose=mine"), ("events", "part=expected")]
)
def test_lines_are_those_of_the_rows_that_were_ticked(get, seeded, reviewer, ledger, query):
    """Also of rows that another question would not have."""
    reading = factories.assignment(factories.document("Some went home.", corpus=seeded), reviewer)
    marks.event(reading, "went", "REPATRIATE", status="happened")
    keep.take_up()
    answer = get(ledger, query)
    form = re.search(r'<form method="get" action="[^"]*/lines/".*?</form>', answer.content.decode(), re.DOTALL)[0]
    hidden = re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', form)
    ticked = "&".join([f"row={row['id']}" for row in answer.context["rows"]] + [f"{name}={value}" for name, value in hidden])
    goal = get(f"/corpora/{seeded.slug}/ask/{ledger}/lines/", ticked, 302)["Location"]
    lines = [line for row in answer.context["rows"] for entry in row["entries"] for line in entry["lines"]]
    assert re.findall("add=([^&]+)", goal) == lines != []


def test_pages_follow_each_other(get):
    page = get("sources", "view=").content.decode()
    assert "Next page" not in page
    answer = get("events", "status=any&polarity=any")
    assert rows_of(answer) > 20


def test_rows_that_take_too_long_to_count_are_more_than_some(get, monkeypatch):
    monkeypatch.setattr(answer.IndexAnswer, "parts", lambda self: None)
    monkeypatch.setattr(entries, "MANY", 2)
    assert "more than 2 rows" in get().content.decode()


def test_large_numbers_are_set_apart_by_thousands(get, monkeypatch):
    monkeypatch.setattr(answered, "rests_on", lambda *_: RESTS_ON)
    page = get().content.decode()
    assert "From 12,345 of 23,456 articles; 11,111 not annotated" in page
    assert "change 1,234,567" in page


def test_an_answer_of_one_page_says_how_many_sources_it_has_in_all(get, monkeypatch):
    query = "use=any&unnamed=1"
    assert "12 rows · 2 to 3 sources in all" in get("figures", query).content.decode()
    monkeypatch.setattr(ask, "PAGE", 5)
    assert "sources in all" not in get("figures", query).content.decode()


def test_a_wider_place_says_how_many_rows_it_has_more(get, seeded):
    station, city = (Entity.objects.get(corpus=seeded, key=key) for key in ("E-STN", "E-DDG"))
    asked = "/corpora/seeded/ask/events/?type=REPATRIATE&figure=1&place="
    page = get(f"{asked}{station.pk}").content.decode()
    assert re.findall(r"<bdi>([^<]+)</bdi> \(\+(\d+)\)", page) == [
        (name, "2") for name in (city.name, "Liaoning Province", "China")
    ]
    page = get(f"{asked}{city.pk}").content.decode()
    assert "<bdi>China</bdi>" in page
    assert "(+" not in page


def test_the_number_of_queries_does_not_grow_with_the_rows(get):
    get("events", "type=REPATRIATE")
    with CaptureQueriesContext(connection) as few:
        assert rows_of(get("events", "type=REPATRIATE")) < 10
    with CaptureQueriesContext(connection) as many:
        assert rows_of(get("events", "status=any&polarity=any")) > 30
    assert len(many) == len(few) < 42


def test_the_page_of_an_event_shows_all_that_is_stated_of_it(get):
    row = get("events", "type=REPATRIATE&figure=1").context["rows"][0]
    page = get(reverse("questions:linked", args=[row["id"]])).content.decode()
    assert "170" in page
    assert "Nobody has judged yet" in page


class TestReadNext:
    @pytest.fixture
    def unread(self, seeded):
        said = factories.document("Forty workers were sent back and repatriated.", corpus=seeded)
        factories.document("Nothing of the kind.", corpus=seeded)
        once = factories.document("They will return.", corpus=seeded)
        factories.document(
            "Workers were repatriated.", of=factories.article(seeded, "A copy", copy_of=said.article, similarity=0.9)
        )
        index_all()
        return said.article, once.article

    def test_articles_with_most_words_of_the_rows_come_first(self, get, seeded, unread):
        page = get("events", "type=REPATRIATE").content.decode()
        address = re.search(r'href="([^"]+)">read next', page)[1].replace("&amp;", "&")
        articles = get(*address.partition("?")[::2]).context["articles"]
        assert [each["article"] for each in articles] == [article.pk for article in unread]
        assert {"repatriated", "sent back"} <= set(articles[0]["words"])

    def test_what_somebody_has_annotated_is_none_of_them(self, get, seeded, unread):
        factories.assignment(unread[0].documents.get(), factories.user("other"))
        articles = get(f"/corpora/{seeded.slug}/ask/events/next/", "type=REPATRIATE").context["articles"]
        assert [each["article"] for each in articles] == [unread[1].pk]

    def test_without_any_the_page_says_so(self, get, seeded):
        page = get(f"/corpora/{seeded.slug}/ask/events/next/").content.decode()
        assert "No articles to read next" in page
        assert "type" in get(f"/corpora/{seeded.slug}/ask/events/next/", "type=NOTHING", 400).content.decode()


def test_a_supposition_moves_the_number_of_sources_of_one_page(get, seeded):
    row = next(row for row in get("events", "type=REPATRIATE&figure=1").context["rows"] if row["independent"]["most"] == 2)
    one, other = (Entity.objects.get(pk=source["entity"]) for source in row["entries"][0]["sources"])
    Relation.objects.create(corpus=seeded, source=one, target=other, type="possible_same_as")
    address = reverse("questions:linked", args=[row["id"]])
    page = get(address)
    assert "1 to 2 sources" in page.content.decode()
    (doubt,) = page.context["doubts"]
    known = {choice["words"]: choice["address"] for choice in doubt["choices"]}
    supposed = get(address, known["One source"].strip("?").partition("#")[0]).content.decode()
    assert "· 1 source</span>" in supposed
    assert "rest on a supposition" in supposed
    assert '1 source</span> <span class="badge">supposed</span></h2>' in supposed
    assert "supposed</span>" not in page.content.decode()
    assert "· 2 sources</span>" in get(address, known["Two sources"].strip("?").partition("#")[0]).content.decode()
    assert "1 to 2 sources" in get(address, "one=nonsense:&two=").content.decode()
