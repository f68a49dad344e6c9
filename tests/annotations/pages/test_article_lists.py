"""What the page of an article says of sanctions lists: names in its text, and actors with links and candidates."""

import html
import re

import pytest
from django.core.management import call_command

from registry.models import ListLink, SanctionsList, ScreenedBy
from tests import factories, listed, marks

TEXT = "Exampel Trading Corporation closed\n\nExample Trading Corp of <Dandong> sold it. Exampel Trading Corporation did not."
ENTRIES = "TEST-001; Example Trading Corp; alias: Exampel Trading Corporation; KP; 2016-03-02\nTEST-002; Ri Ye Je; KP; 2017-06-02"


@pytest.fixture
def document(corpus):
    return factories.document(TEXT, of=factories.article(corpus, "Firm closed"))


@pytest.fixture
def address(document):
    return f"/articles/{document.article.pk}/"


@pytest.fixture
def version():
    return listed.version("TEST", ENTRIES)


@pytest.fixture
def firm(document, people):
    """A firm that the annotator marked, and nobody else."""
    reading = factories.assignment(document, people.annotator)
    entity = marks.entity(reading.document.corpus, "Example Trading", type="COMPANY", countries=["KP"])
    marks.span(reading, "Example Trading Corp", "COMPANY", entity=entity)
    return entity


@pytest.fixture
def section(page, address):
    """The words of the section, as somebody sees them."""

    def words(role):
        text = re.search(r'<section [^>]*id="listed".*?</section>', page(role, address), re.DOTALL)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text[0])).split()) if text else None

    return words


def test_without_a_list_nothing_is_said(section, document):
    assert section("viewer") is None


def test_names_in_the_text_are_offered_once_with_entry_and_how_they_are_alike(section, document, version):
    words = section("viewer")
    assert "“ Exampel Trading Corporation ” 2 times : TEST TEST-001 , Exampel Trading Corporation 100, same words" in words
    assert "“ Example Trading Corp ”: TEST TEST-001 , Example Trading Corp 100, same words" in words
    assert "TEST-002" not in words
    assert "Offers by name alone." in words
    assert f"Looked for in TEST of {version.published}, version 1 ." in words


def test_more_than_eight_names_and_weak_aliases_are_folded(page, corpus):
    names = [f"{first} {last} Ltd" for first in ("Aman", "Borin", "Cerat") for last in ("Ulmo", "Vendal", "Wistra")]
    listed.version(
        "MANY", "\n".join(f"M-{number}; {name}" for number, name in enumerate(names)) + "\nM-9; Zzz; weak: Dorata Quine Ltd"
    )
    text = ". ".join(["Dorata Quine Ltd closed", *(f"{name} closed" for name in names)])
    document = factories.document(text, of=factories.article(corpus, "Many"))
    shown = html.unescape(page("viewer", f"/articles/{document.article.pk}/"))
    first, folded = re.search(r'id="listed".*?</section>', shown, re.DOTALL)[0].split("<details>")
    assert re.findall(r"“<bdi>(.*?)</bdi>", first) == names[:8]
    assert re.findall(r"“<bdi>(.*?)</bdi>", folded) == [names[8], "Dorata Quine Ltd"]
    assert "2 more names" in folded


def test_a_text_without_such_names_says_so(section, document):
    listed.version("TEST", "TEST-002; Ri Ye Je; KP; 2017-06-02", "2024-05-15")
    text = "No name in the text matches an entry. Looked for in TEST of 2024-05-15, version 1 ."
    assert text in section("viewer")


def test_names_are_looked_for_in_the_lists_that_the_corpus_chose(section, document, corpus, version):
    ScreenedBy.objects.create(corpus=corpus, list=listed.version("OTHER", "O-1; Exempel Bank AG; DE; 2019-01-01").list)
    assert "TEST-001" not in section("viewer")


def test_actors_show_their_links_and_candidates(section, document, version, corpus, firm):
    ScreenedBy.objects.create(corpus=corpus, list=version.list)
    call_command("screen", corpus=corpus.slug, verbosity=0)
    assert "Actors Example Trading Candidate TEST TEST-001 , 95" in section("annotator")
    ListLink.objects.create(entity=firm, list="UN", entry="KPe.001", match="confirmed")
    ListLink.objects.create(entity=firm, list="EU", entry="EU.1", match="rejected")
    words = section("annotator")
    assert "Example Trading UN KPe.001: confirmed; list not loaded" in words
    assert "EU.1" not in words


def test_nothing_of_a_list_of_another_corpus_is_there(section, document, version, corpus, firm):
    ScreenedBy.objects.create(corpus=corpus, list=version.list)
    call_command("screen", corpus=corpus.slug, verbosity=0)
    assert "TEST-001" in section("annotator")
    SanctionsList.objects.filter(pk=version.list_id).update(corpus=factories.corpus("elsewhere"))
    assert "TEST" not in (section("annotator") or "")


def test_actors_of_marks_that_one_may_not_see_are_not_there(section, document, version, corpus, firm):
    ListLink.objects.create(entity=firm, list="UN", entry="KPe.001", match="confirmed")
    assert "KPe.001" in section("annotator")
    assert "KPe.001" not in section("viewer")


def test_the_number_of_queries_does_not_grow_with_actors(queries, address, document, version, firm, people, corpus):
    ListLink.objects.create(entity=firm, list="UN", entry="KPe.001", match="confirmed")
    before = queries("annotator", address)
    reading = document.assignments.get()
    for number in range(5):
        other = marks.entity(corpus, f"Firm {number}", type="COMPANY")
        marks.span(reading, "Exampel Trading Corporation", "COMPANY", entity=other)
        ListLink.objects.create(entity=other, list="UN", entry=f"KPe.{number}", match="possible")
    assert queries("annotator", address) == before
