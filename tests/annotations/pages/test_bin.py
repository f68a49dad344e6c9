"""Pages that delete and restore: what goes along is counted before, and the address of what is deleted says so to managers alone."""

from datetime import timedelta

import pytest

from annotations.bin.put import delete
from annotations.bin.restore import restore
from corpus.models import Corpus, Deletion
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stays_whole")]


@pytest.fixture
def corpus(db, scheme):
    made = factories.corpus("reports", name="Reports")
    factories.adopt(made)
    return made


@pytest.fixture
def as_(corpus, client):
    def enter(role):
        person = factories.user(role)
        factories.membership(corpus, person, role)
        client.force_login(person)
        client.person = person
        return client

    return enter


@pytest.fixture
def reading(corpus):
    document = factories.document("Workers left.", of=factories.article(corpus, "Workers"))
    return factories.submitted(factories.assignment(document, factories.user("ann")))


@pytest.mark.parametrize("of", ["reading", "article"])
def test_a_manager_sees_what_goes_along_deletes_and_restores(as_, reading, of):
    manager, thing = as_("manager"), reading if of == "reading" else reading.document.article
    page = manager.get(f"{thing.get_absolute_url()}delete/")
    assert "Submitted readings</dt><dd>1" in page.content.decode()
    assert manager.post(f"{thing.get_absolute_url()}delete/", {"reason": ""}).status_code == 200
    manager.post(f"{thing.get_absolute_url()}delete/", {"reason": "A copy."})
    gone = manager.get(thing.get_absolute_url())
    assert gone.status_code == 404
    assert "manager deleted the" in gone.content.decode()
    assert "A copy." in manager.get("/corpora/reports/bin/").content.decode()
    manager.post("/corpora/reports/bin/", {"deletion": Deletion.objects.get().pk})
    assert manager.get(thing.get_absolute_url()).status_code == 200
    assert "Nothing was deleted" in manager.get("/corpora/reports/bin/").content.decode()


def test_a_corpus_is_deleted_with_its_name_typed_and_restored_from_a_bin_of_its_own(as_, corpus, reading):
    manager = as_("manager")
    manager.post("/corpora/reports/delete/", {"reason": "Ended.", "name": "reports"})
    assert manager.get("/corpora/reports/").status_code == 200
    manager.post("/corpora/reports/delete/", {"reason": "Ended.", "name": "Reports"})
    assert manager.get("/corpora/reports/").status_code == 404
    assert "Corpora in the bin" in manager.get("/").content.decode()
    assert "Reports" in manager.get("/bin/").content.decode()
    for address in ("settings/", "bin/", "progress/", "ask/", "export/", "members/"):
        assert manager.get(f"/corpora/reports/{address}").status_code == 404, address
    assert manager.get(f"/api/v1/assignments/{reading.pk}/").status_code == 404
    manager.post("/bin/", {"deletion": Deletion.objects.get().pk})
    assert Corpus.objects.for_user(manager.person).get() == corpus


@pytest.mark.parametrize("role", ["viewer", "annotator", "reviewer"])
def test_to_others_what_is_deleted_answers_as_what_does_not_exist(as_, corpus, reading, role):
    manager = factories.user("chief")
    factories.membership(corpus, manager, "manager")
    delete(reading.document.article, manager, "A copy.")
    client = as_(role)
    page = client.get(reading.document.article.get_absolute_url())
    assert page.status_code == 404
    assert "A copy." not in page.content.decode()
    assert client.post("/bin/", {"deletion": Deletion.objects.get().pk}).status_code == 404


def test_the_bin_asks_no_more_with_more_rows(as_, corpus, django_assert_max_num_queries):
    manager = as_("manager")
    for number in range(3):
        delete(factories.article(corpus, f"Article {number}"), manager.person, "A copy.")
    with django_assert_max_num_queries(11):
        manager.get("/corpora/reports/bin/")
    for number in range(20):
        delete(factories.article(corpus, f"Article {number}"), manager.person, "A copy.")
    with django_assert_max_num_queries(11):
        manager.get("/corpora/reports/bin/")


def test_the_bin_is_filtered_by_kind_and_says_what_may_be_deleted_for_good_and_when(as_, corpus, reading):
    manager = as_("manager")
    mistake = factories.assignment(factories.document("They came back.", of=factories.article(corpus, "Mistake")), manager.person)
    delete(reading, manager.person, "A copy.")
    delete(mistake, manager.person, "Opened by mistake.")
    delete(factories.article(corpus, "Without text"), manager.person, "No words.")
    delete(reading.document.article, manager.person, "All of it.")
    day = f"{Deletion.objects.first().at + timedelta(days=90):%Y-%m-%d}"
    until = {row.reason: row.purged_from and f"{row.purged_from:%Y-%m-%d}" for row in shown(manager, "")}
    assert until == {"A copy.": None, "All of it.": None, "Opened by mistake.": day, "No words.": day}
    text = manager.get("/corpora/reports/bin/").content.decode()
    assert (text.count(f">{day}</time>"), text.count("Never: annotated or submitted")) == (2, 2)
    assert {row.reason for row in shown(manager, "?kind=reading")} == {"A copy.", "Opened by mistake."}
    assert {row.reason for row in shown(manager, "?kind=article")} == {"No words.", "All of it."}
    assert len(shown(manager, "?kind=corpus")) == 4
    for row in Deletion.objects.filter(kind="article"):
        restore(row, manager.person)
    assert "Nothing of this kind" in manager.get("/corpora/reports/bin/?kind=article").content.decode()


def shown(client, query):
    return list(client.get(f"/corpora/reports/bin/{query}").context["page"])


def test_what_is_ticked_is_restored_at_once_each_after_what_it_needs(as_, corpus, reading):
    manager, article = as_("manager"), reading.document.article
    other = factories.article(corpus, "Others")
    for thing in (reading, article, other):
        delete(thing, manager.person, "By mistake.")
    rows = list(Deletion.objects.in_bin())
    page = manager.get("/corpora/reports/bin/")
    assert page.text.count('name="deletion"') == 2 * len(rows)
    answer = manager.post("/corpora/reports/bin/", {"deletion": [row.pk for row in rows]}, follow=True)
    assert "3 restored." in answer.text
    assert not Deletion.objects.in_bin().exists()
    assert manager.get(reading.get_absolute_url()).status_code == 200


def test_what_cannot_be_restored_stays_with_its_reason_and_the_others_come_back(as_, corpus, reading):
    manager, other = as_("manager"), factories.article(corpus, "Others")
    for thing in (reading, other):
        delete(thing, manager.person, "By mistake.")
    factories.assignment(reading.document, reading.annotator)
    answer = manager.post("/corpora/reports/bin/", {"deletion": [row.pk for row in Deletion.objects.in_bin()]}, follow=True)
    assert "“Others” restored." in answer.text
    assert "“Reading of “Workers”” stays in the bin: Its annotator has another reading" in answer.text
    assert [row.kind for row in Deletion.objects.in_bin()] == ["reading"]


def test_nothing_ticked_and_what_is_in_another_bin_restore_nothing(as_, corpus, reading):
    manager = as_("manager")
    delete(reading, manager.person, "By mistake.")
    assert "Nothing is selected" in manager.post("/corpora/reports/bin/", follow=True).text
    elsewhere = factories.corpus("elsewhere")
    boss = factories.user("boss")
    factories.membership(elsewhere, boss, "manager")
    foreign = delete(factories.article(elsewhere, "Foreign"), boss, "By mistake.")
    keys = [foreign.pk, Deletion.objects.get(object=str(reading.pk)).pk]
    assert manager.post("/corpora/reports/bin/", {"deletion": keys}).status_code == 404
    assert manager.post("/corpora/reports/bin/", {"deletion": ["no-id"]}).status_code == 404
    assert Deletion.objects.in_bin().count() == 2
