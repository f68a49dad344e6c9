"""What was read is held until a person has looked at it, and is stored once or left out."""

from __future__ import annotations

import pytest

from corpus.cleaning.clean import clean
from corpus.intake import review
from corpus.intake.deliveries import bring_in
from corpus.models import Article, Held, Intake, IntakeItem
from corpus.tasks import read_turn
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stays_whole")]
TEXT = b"Factory closed\n\nThe factory in Dandong closed its doors last week because the visas of\nits workers had ended.\n"
PAGE = (
    b"<html><head><title>From the web</title></head><body><article><p>"
    + b"There were many words on the page. " * 9
    + b"</p></article></body></html>"
)


@pytest.fixture
def manager(client):
    person = factories.user("manager")
    factories.membership(factories.corpus("reports"), person, "manager")
    client.force_login(person)
    return person


def held(manager, *files: tuple[str, bytes]) -> Intake:
    """An intake of these files, read by a worker."""
    corpus = manager.memberships.get().corpus
    intake = bring_in(corpus, files or [("a.txt", TEXT)], (), user=manager, door="page", look_first=True)
    read_turn(intake.pk, job=1)
    return intake


def test_nothing_is_stored_before_the_look(manager) -> None:
    intake = held(manager, ("a.txt", TEXT), ("empty.txt", b" "), ("page.html", PAGE))
    assert list(intake.items.values_list("name", "outcome")) == [
        ("a.txt", "held"),
        ("empty.txt", "failed"),
        ("page.html", "held"),
    ]
    assert not Article.objects.exists()


@pytest.mark.parametrize("content", [TEXT, PAGE])
def test_what_is_saved_is_what_would_have_been_stored_at_once(manager, content) -> None:
    intake = held(manager, ("thing", content))
    review.save(intake.items.get())
    item = intake.items.get()
    direct = bring_in(factories.corpus("direct"), [("thing", content)], (), user=manager, door="page")
    read_turn(direct.pk, job=1)
    other = direct.items.get()
    assert (item.outcome, item.document.text) == ("stored", other.document.text)
    for name in ("raw_length", "encoding", "encoding_basis", "source_map", "extractor", "extractor_version"):
        assert getattr(item.document, name) == getattr(other.document, name)
    assert item.document.raw.sha256 == other.document.raw.sha256
    assert item.document.article.title == other.document.article.title
    assert not Held.objects.exists()


def test_a_refused_repair_is_not_made(manager) -> None:
    item = held(manager).items.get()
    review.save(item, [clean(TEXT.decode()).repairs[0].key])
    assert "visas of\nits" in IntakeItem.objects.get().document.text


def test_it_is_decided_once(manager) -> None:
    item = held(manager).items.get()
    review.save(item)
    review.save(item)
    review.leave_out(item)
    assert IntakeItem.objects.get().outcome == "stored"
    assert Article.objects.count() == 1


def test_what_is_there_already_needs_no_look(manager) -> None:
    intake = held(manager)
    review.save(intake.items.get())
    assert held(manager).items.get().outcome == "present"


def test_two_of_one_kind_in_one_intake_become_one_article(manager) -> None:
    intake = held(manager, ("a.txt", TEXT), ("b.txt", TEXT))
    assert review.save_all(intake) == 2
    assert list(intake.items.values_list("outcome", flat=True)) == ["stored", "present"]


def test_a_person_walks_from_thing_to_thing(client, manager) -> None:
    intake = held(manager, ("a.txt", TEXT), ("page.html", PAGE))
    first, second = intake.items.all()
    assert f"/intake-items/{first.pk}/look/" in client.get(f"/intakes/{intake.pk}/").text
    page = client.get(f"/intake-items/{first.pk}/look/")
    assert "2 items of this import awaiting review" in page.text
    assert "1 line join" in page.text
    ((offer,),) = [group.offers for group in page.context["preview"].groups]
    again = client.post(f"/intake-items/{first.pk}/look/", {"look": "", "refuse": [offer.key]})
    assert "1 rejected" in again.text
    onward = client.post(f"/intake-items/{first.pk}/look/", {"save": "", "refuse": [offer.key]})
    assert onward.url == f"/intake-items/{second.pk}/look/"
    assert "visas of\nits" in Article.objects.get().current.text
    back = client.post(onward.url, {"leave": ""}, follow=True)
    assert "1 stored" in back.text
    assert "1 skipped" in back.text
    assert Article.objects.count() == 1
    assert "Already decided" in client.get(f"/intake-items/{first.pk}/look/", follow=True).text


def test_what_was_left_out_can_still_be_saved(client, manager) -> None:
    intake = held(manager)
    item = intake.items.get()
    review.leave_out(item)
    assert "Review again" in client.get(f"/intakes/{intake.pk}/").text
    assert "Skipped; it can still be saved." in client.get(f"/intake-items/{item.pk}/look/").text
    client.post(f"/intake-items/{item.pk}/look/", {"save": ""})
    assert IntakeItem.objects.get().outcome == "stored"


def test_all_are_saved_without_a_look(client, manager) -> None:
    intake = held(manager, ("a.txt", TEXT), ("page.html", PAGE))
    assert "2 saved" in client.post(f"/intakes/{intake.pk}/save/", follow=True).text
    assert Article.objects.count() == 2


def test_a_refusal_of_what_is_not_there_is_told(client, manager) -> None:
    item = held(manager).items.get()
    assert "this text has no repair" in client.post(f"/intake-items/{item.pk}/look/", {"save": "", "refuse": ["x@1-2"]}).text
    assert not Article.objects.exists()


def test_what_is_too_long_to_be_shown_can_be_saved(client, manager) -> None:
    item = held(manager, ("long.txt", b"Title\n\n" + b"word " * 200_001)).items.get()
    assert "too long for a preview" in client.get(f"/intake-items/{item.pk}/look/").text
    client.post(f"/intake-items/{item.pk}/look/", {"save": ""})
    assert IntakeItem.objects.get().outcome == "stored"
