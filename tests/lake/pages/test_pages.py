"""The pages of lakes: who sees them, what is promoted, and what is said where nothing can be."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from benchmarks.crawls import write_crawl
from lake import extras
from lake.files.addresses import lake_at
from lake.models import Lake, Promotion
from lake.promotion import jobs
from lake.queries.bounded import bounded
from lake.queries.filters import PageFilter
from lake.queries.samples import Fitting
from lake.views import answers
from lake.views.ticks import Ticks
from tests import factories
from tests.lakes import small_lake

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    write_crawl(folder / "crawls", 30)
    call_command("lake", "read", str(folder / "crawls"), "--lake", str(folder / "lake"), "--processes", "1")
    call_command("lake", "copies", "--lake", str(folder / "lake"))
    return folder


@pytest.fixture
def corpus():
    return factories.corpus("reports", name="Reports")


@pytest.fixture
def lake(folder, corpus):
    row = Lake.objects.create(slug="web", name="The web", folder=str(folder / "lake"), crawls=[str(folder / "crawls")])
    row.corpora.add(corpus)
    return row


@pytest.fixture
def enter(client, corpus):
    def act(role):
        person = factories.user(role)
        if role != "stranger":
            factories.membership(corpus, person, role)
        client.force_login(person)
        return person

    return act


def a_page(lake):
    with bounded(lake_at(lake.folder)) as connection:
        return f"/lakes/{lake.slug}/pages/{Fitting(connection, PageFilter()).samples()[0].page}/"


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_members_see_a_lake_and_others_do_not(client, lake, enter):
    enter("stranger")
    promotion = jobs.start(lake, lake.corpora.get(), "SELECT page FROM pages")
    addresses = ["/lakes/web/", f"/promotions/{promotion.pk}/", a_page(lake)]
    assert [client.get(each).status_code for each in addresses] == [404, 404, 404]
    assert client.post(f"{addresses[1]}cancel/").status_code == 404
    assert "No lakes yet" in text_of(client.get("/lakes/"))
    enter("viewer")
    assert [client.get(each).status_code for each in addresses] == [200, 200, 200]
    assert client.post(f"{addresses[1]}cancel/").status_code == 403
    assert "The web" in text_of(client.get("/lakes/"))
    assert 'type="checkbox" name="page"' not in text_of(client.get("/lakes/web/"))


@pytest.mark.parametrize(
    ("role", "page"),
    [("viewer", "corpus:intakes"), ("annotator", "corpus:intakes"), ("manager", "corpus:intakes"), ("manager", "corpus:members")],
)
def test_a_corpus_leads_to_its_lakes(client, lake, enter, corpus, role, page):
    enter(role)
    (address,) = re.findall(r'href="([^"]+)">Lakes<', client.get(reverse(page, args=[corpus.slug])).content.decode())
    assert 'href="/lakes/web/"' in text_of(client.get(address))


def test_a_corpus_without_lakes_leads_only_its_managers_to_how_one_is_opened(client, enter, corpus):
    enter("annotator")
    assert ">Lakes<" not in text_of(client.get(reverse("corpus:intakes", args=[corpus.slug])))
    enter("manager")
    assert ">Lakes<" in text_of(client.get(reverse("corpus:members", args=[corpus.slug])))


def test_pages_are_filtered_and_near_duplicates_folded(client, lake, enter):
    enter("viewer")
    assert "27 pages, 20 samples" in text_of(client.get("/lakes/web/"))
    assert "30 pages, 20 samples" in text_of(client.get("/lakes/web/?copies=on"))
    assert "No pages" in text_of(client.get("/lakes/web/?words=nowhere-at-all"))


@pytest.mark.parametrize("day", ["yesterday", "2017-99-99", "2017-02-29", "2017-13", "0000", "2017/09", "٢٠١٧"])
def test_what_is_no_date_is_refused(client, lake, enter, day):
    enter("viewer")
    answer = client.get("/lakes/web/", {"until": day})
    assert "Enter a date like 2017-09-04, 2017-09 or 2017." in text_of(answer)
    assert "samples" not in answer.context


def test_samples_lead_to_the_next_ones_and_back(client, lake, enter):
    enter("viewer")
    first = client.get("/lakes/web/?copies=on")
    (following,) = re.findall(r'rel="next" href="([^"]+)"', first.content.decode())
    assert 'rel="prev"' not in text_of(first)
    second = client.get("/lakes/web/" + following.replace("&amp;", "&"))
    assert "30 pages, 10 samples" in text_of(second)
    assert 'rel="next"' not in text_of(second)
    pages = [each.page for answer in (first, second) for each in answer.context["samples"]]
    assert len(set(pages)) == 30
    (preceding,) = re.findall(r'rel="prev" href="([^"]+)"', second.content.decode())
    assert client.get("/lakes/web/" + preceding.replace("&amp;", "&")).context["samples"] == first.context["samples"]
    for elsewhere in ("after=zzz", "after=' OR true --", f"after={'f' * 32}"):
        assert client.get(f"/lakes/web/?copies=on&{elsewhere}").context["samples"] == first.context["samples"]


def posted(client, address="/lakes/web/", **values):
    return client.post(address, {"promote-corpus": "reports", "promote-which": "ticked"} | values)


def test_ticked_pages_are_promoted(client, lake, enter, corpus):
    person = enter("manager")
    shown = client.get("/lakes/web/").context["samples"]
    answer = posted(client, page=[each.page for each in shown[:3]])
    promotion = Promotion.objects.get()
    assert answer.url == f"/promotions/{promotion.pk}/"
    assert promotion.intake.user == person
    jobs.carry_out(str(promotion.pk))
    assert "Done: 3 pages. 3 stored, 0 near-duplicates, 0 already present" in text_of(client.get(answer.url))
    assert set(corpus.articles.values_list("title", flat=True)) == {each.title for each in shown[:3]}


def turned(client, answer, to, ticked):
    """On to other samples of a page with these ticks: what is ticked there."""
    page = answer.content.decode()
    address = re.search(rf'value="{to}" formaction="([^"]+)"', page)[1].replace("&amp;", "&") if to != "untick" else ""
    shown = re.search(r'name="shown" value="([^"]+)"', page)[1]
    answer = client.post(f"/lakes/web/{address}", {"turn": to, "shown": shown, "page": ticked})
    assert answer.url == f"/lakes/web/{address}"
    return client.get(answer.url)


def ticks_of(answer):
    return set(re.findall(r'name="page" value="(\w+)"[^>]* checked', answer.content.decode()))


def test_ticks_stay_among_other_samples_and_are_promoted_with_them(client, lake, enter, corpus):
    enter("manager")
    first = client.get("/lakes/web/")
    one, two = (each.page for each in first.context["samples"][:2])
    second = turned(client, first, "next", [one, two, "' OR true --"])
    assert ticks_of(second) == set()
    assert "2 pages ticked among other samples" in text_of(second)
    three = second.context["samples"][0].page
    again = turned(client, second, "previous", [three])
    assert ticks_of(again) == {one, two}
    assert "1 page ticked among other samples" in text_of(again)
    second = turned(client, again, "next", [one])  # and no longer the other
    assert ticks_of(second) == {three}
    assert ticks_of(client.get("/lakes/web/")) == {one}
    assert ticks_of(posted(client, shown=three, page=["0"])) == {one}  # refused
    posted(client, shown=three, page=[three])
    assert {each for each in (one, two, three) if each in Promotion.objects.get().sql} == {one, three}
    assert ticks_of(client.get("/lakes/web/")) == set()


FIELDS = dict.fromkeys(["words", "named", "outlet", "language", "since", "until"], "")  # as a browser sends them


def test_ticks_of_samples_just_shown_are_kept_where_one_filters(client, lake, enter, corpus):
    enter("manager")
    first = client.get("/lakes/web/?language=en")
    one, two, three = (each.page for each in first.context["samples"][:3])

    def press(turn, address="/lakes/web/?language=en", **values):
        shown = " ".join(each.page for each in client.get(address).context["samples"])
        return client.post(address, FIELDS | {"language": "en", "turn": turn, "shown": shown} | values)

    answer = press("filter", outlet="site3.example & co", copies="on", page=[one])
    assert answer.url == "/lakes/web/?outlet=site3.example+%26+co&language=en&copies=on"
    assert "No pages" in text_of(client.get(answer.url))
    answer = press("stay", page=[one, two], words='"a phrase"')  # Enter in a field
    assert answer.url == "/lakes/web/?words=%22a+phrase%22&language=en"
    place = f"/lakes/web/?language=en&after={first.context['later']}"
    assert press("stay", place, page=[]).url == place  # Enter on a tick
    assert press("filter", place, page=[]).url == "/lakes/web/?language=en"
    assert press("filter", language="", page=[one, two]).url == "/lakes/web/"
    assert press("clear", page=[one, two, three]).url == "/lakes/web/"
    assert ticks_of(client.get("/lakes/web/?language=en")) == {one, two, three}


def test_all_pages_of_a_filter_that_nobody_looked_at_are_not_promoted(client, lake, enter, corpus):
    enter("manager")
    answer = posted(client, **FIELDS | {"outlet": "site3.example", "promote-which": "all"})
    assert answer.url == "/lakes/web/?outlet=site3.example"
    assert "The filter was changed." in text_of(client.get(answer.url))
    assert not Promotion.objects.exists()
    posted(client, answer.url, **FIELDS | {"outlet": "site3.example", "promote-which": "all"})
    assert "site3.example" in Promotion.objects.get().sql


def test_who_only_reads_filters_by_an_address(client, lake, enter):
    enter("reviewer")
    page = client.get("/lakes/web/").content.decode()
    assert '<form method="get" class="stack">' in page
    assert 'name="turn"' not in page
    assert 'name="shown"' not in page
    enter("manager")
    assert '<form method="post" class="stack">' in client.get("/lakes/web/").content.decode()


def test_ticks_are_taken_back_together_and_are_of_one_lake_and_no_more_than_a_thousand(client, lake, enter, corpus, folder):
    enter("manager")
    other = Lake.objects.create(slug="other", name="Other", folder=str(folder))
    other.corpora.add(corpus)
    first = client.get("/lakes/web/")
    one = first.context["samples"][0].page
    second = turned(client, first, "next", [one])
    assert Ticks(client.session, lake).pages == [one]
    assert Ticks(client.session, other).pages == []
    assert "among other samples" not in text_of(turned(client, second, "untick", []))
    assert ticks_of(client.get("/lakes/web/")) == set()
    answer = client.post("/lakes/web/", {"turn": "next", "shown": one, "page": [f"{number:032x}" for number in range(990)]})
    answer = client.post("/lakes/web/", {"turn": "next", "shown": one, "page": [f"f{number:031x}" for number in range(11)]})
    assert "1,000 ticked pages are kept." in text_of(client.get(answer.url))
    assert "1000 pages ticked among other samples" in text_of(client.get("/lakes/web/"))


def test_who_only_reads_ticks_nothing(client, lake, enter):
    enter("reviewer")
    assert client.post("/lakes/web/", {"turn": "next", "page": ["0" * 32]}).status_code == 403
    assert "ticks" not in repr(client.session.items())


def test_all_pages_of_the_filter_are_promoted(client, lake, enter, corpus):
    enter("manager")
    posted(client, "/lakes/web/?outlet=site3.example", **{"promote-which": "all"})
    jobs.carry_out(str(Promotion.objects.get().pk))
    assert corpus.articles.get().claimed_url.startswith("https://site3.example/")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "Tick one page at least"),
        ({"page": ["0' OR true --"]}, "One of the ticked pages is no page of this lake"),
        ({"promote-corpus": "other", "promote-which": "all"}, "Select a valid choice"),
        ({"promote-which": "everything"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_promoted_is_told(client, lake, enter, values, message):
    person = enter("manager")
    factories.membership(factories.corpus("other"), person, "manager")  # which is none of the lake's
    assert message in text_of(posted(client, **values))
    assert not Promotion.objects.exists()


def test_who_only_reads_promotes_nothing(client, lake, enter):
    enter("reviewer")
    assert posted(client, **{"promote-which": "all"}).status_code == 403
    assert not Promotion.objects.exists()


def test_a_promotion_is_cancelled(client, lake, enter, corpus):
    enter("manager")
    promotion = jobs.start(lake, corpus, "SELECT page FROM pages")
    answer = client.post(f"/promotions/{promotion.pk}/cancel/", follow=True)
    assert "Promotion cancelled. Stored articles stay" in text_of(answer)
    jobs.carry_out(str(promotion.pk))
    assert not corpus.articles.exists()


def test_a_promotion_tells_what_became_of_all_pages_and_how_many_are_to_come(client, lake, enter, corpus):
    enter("viewer")
    first = jobs.start(lake, corpus, "SELECT page FROM pages ORDER BY page LIMIT 2")
    assert "Running: 0 pages. 0 stored" in text_of(client.get(f"/promotions/{first.pk}/")), "not counted yet"
    jobs.carry_out(str(first.pk))
    second = jobs.start(lake, corpus, "SELECT page FROM pages ORDER BY page LIMIT 3")
    jobs.carry_out(str(second.pk))
    assert "Done: 3 pages. 1 stored, 0 near-duplicates, 2 already present, 0 awaiting" in text_of(
        client.get(f"/promotions/{second.pk}/")
    )
    Promotion.objects.filter(pk=second.pk).update(state="cancelled", pages=0)
    assert "Cancelled: 1 of 3 pages. 1 stored, 0 near-duplicates, 0 already present" in text_of(
        client.get(f"/promotions/{second.pk}/")
    )


def test_an_import_leads_to_its_promotion_and_the_lake(client, lake, enter, corpus):
    enter("viewer")
    promotion = jobs.start(lake, corpus, "SELECT page FROM pages")
    address = promotion.intake.get_absolute_url()
    Promotion.objects.update(pages=7, total=30)
    shown = text_of(client.get(address))
    assert (
        f'From the lake <a href="/lakes/web/" dir="auto">The web</a>: <a href="/promotions/{promotion.pk}/">Promotion</a>, running'
        in shown
    )
    assert "7 of 30 pages. 0 stored" in shown
    assert "queued" not in shown
    jobs.carry_out(str(promotion.pk))
    assert "Finished. 27 stored, 3 near-duplicates" in text_of(client.get(address))


def test_without_its_libraries_or_its_folder_the_page_says_what_to_do(client, lake, enter, monkeypatch, tmp_path):
    enter("manager")

    def missing(row, *further):
        raise extras.MissingExtra("install requirements/lake.txt")

    monkeypatch.setattr(answers, "bounded", missing)
    assert "requirements/lake.txt" in text_of(client.get("/lakes/web/"))
    Lake.objects.update(folder=str(tmp_path / "gone"))
    assert "is not on this host. Ask an administrator to mount or restore it." in text_of(client.get("/lakes/web/"))


def test_queries_do_not_grow_with_lakes_and_promotions(client, lake, enter, corpus, django_assert_max_num_queries, folder):
    enter("manager")
    for number in range(5):
        row = Lake.objects.create(slug=f"lake-{number}", name=f"Lake {number}", folder=str(folder / str(number)))
        row.corpora.add(corpus)
        jobs.start(lake, corpus, "SELECT page FROM pages")
    for address in ("/lakes/", "/lakes/web/", "/lakes/web/listed/", "/lakes/web/state/", a_page(lake)):
        with django_assert_max_num_queries(10):
            client.get(address)


def test_a_lake_that_lost_a_file_or_its_server_says_so_and_not_where_it_is(client, enter, corpus, tmp_path, monkeypatch):
    enter("manager")
    row = Lake.objects.create(slug="lost", name="Lost", folder=str(small_lake(tmp_path / "lake").root))
    row.corpora.add(corpus)
    for path in (tmp_path / "lake" / "pages").iterdir():
        path.unlink()
    with pytest.raises(CommandError, match=r"part-read.*lake check.*restore them from a backup"):
        call_command("lake", "select", "SELECT 1", lake=str(tmp_path / "lake"))
    monkeypatch.setattr("corpus.objects.s3.RETRIES", {"max_retries": 0})
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    for folder in (tmp_path / "lake", "s3://lakes/secret"):
        Lake.objects.filter(pk=row.pk).update(folder=str(folder))
        promotion = jobs.start(Lake.objects.get(pk=row.pk), corpus, "SELECT page FROM pages")
        jobs.carry_out(str(promotion.pk))
        for address in ("/lakes/lost/", f"/promotions/{promotion.pk}/"):
            text = text_of(client.get(address))
            assert "cannot be read now. Ask an administrator to restore it." in text
            assert str(folder) not in text
            assert "127.0.0.1:9" not in text
