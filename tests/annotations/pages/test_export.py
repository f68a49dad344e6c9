"""Before a corpus leaves: the choice, what the format does not include, and the names of the labels in the file."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from annotations.models import FormatMapping
from annotations.views import exports
from tests import factories
from tests.api.world import seven_kinds

PAGE = "/corpora/reports/export/"
WORDS = f"{PAGE}words/"


@pytest.fixture
def marked(corpus, people):
    """An article with a thing of every kind, marked by the annotator."""
    from annotations.write.apply import apply_changes
    from tests.api.world import TEXT

    document = factories.document(TEXT.format(canary="x"), corpus=corpus)
    assignment = factories.assignment(document, people.annotator)
    apply_changes(assignment, people.annotator, 0, seven_kinds(document.text, "x")[1])
    return assignment


def words_of(corpus):
    return FormatMapping.of(corpus, "brat").marks


def test_losses_are_counted_and_listed(marked, as_):
    page = as_("manager").get(PAGE, {"status": "drafts", "format": "webannotation"})
    assert page.context["total"] == 1
    losses = dict(page.context["losses"])
    assert losses
    text = page.content.decode()
    for kind, loss in losses.items():
        assert f"{kind[0].upper()}{kind[1:]}: <strong>{loss['count']}</strong>" in text


def test_our_own_format_comes_first_and_loses_nothing(marked, as_):
    page = as_("viewer").get(PAGE)
    assert page.context["module"].TITLE == "Attest JSON"
    assert page.context["total"] == 0, "a viewer sees the gold alone"
    assert (
        "Everything in 1 reading is included."
        in as_("manager").get(PAGE, {"status": "drafts", "format": "native"}).content.decode()
    )


def test_the_file_is_what_was_chosen_also_before_its_format_was_checked(marked, as_):
    chosen = {"format": "docx", "whose": "by:annotator", "status": "open"}
    manager, file = as_("manager"), "/api/v1/corpora/reports/export/?annotator=annotator&status=open&format=docx"
    assert f"<code>{escape(file)}</code>" in manager.get(PAGE, chosen).content.decode()
    for download, address in (("file", file), ("report", f"{file}&report=1")):
        assert manager.get(PAGE, chosen | {"download": download}).headers["Location"] == address


def test_a_file_of_drafts_alone_is_not_downloaded_but_told(marked, as_):
    page = as_("manager").get(PAGE, {"format": "docx", "download": "file"})
    assert "1 draft is not included" in page.content.decode()
    assert (page.status_code, page.context["drafts"]["number"]) == (200, 1)


def test_what_cannot_be_chosen_is_said(marked, as_):
    page = as_("manager").get(PAGE, {"format": "stone", "whose": "by:stranger"})
    assert page.status_code == 400
    assert page.context["form"].errors.keys() == {"format", "whose"}


def test_what_can_be_asked_of_a_format_is_offered_and_goes_along(marked, as_):
    manager = as_("manager")
    page = manager.get(PAGE, {"status": "drafts", "format": "doccano", "project": "spans", "scheme": "iobes"})
    assert "/export/?drafts=1&amp;format=doccano&amp;project=spans<" in page.content.decode()
    assert "ties" in " ".join(dict(page.context["losses"])), "relations are lost where only marks are asked for"
    assert '<select name="project"' not in manager.get(PAGE, {"status": "drafts", "format": "brat"}).content.decode()
    page = manager.get(PAGE, {"status": "drafts", "format": "doccano", "unit": "bytes"})
    assert (page.status_code, page.context["form"].errors.keys()) == (400, {"unit"})


def test_the_rest_of_a_large_corpus_is_looked_at_by_the_page(marked, as_, monkeypatch):
    factories.assignment(factories.document("Another.", corpus=marked.document.corpus), marked.annotator)
    monkeypatch.setattr(exports, "LOOKED_AT", 1)
    page = as_("manager").get(PAGE, {"status": "drafts", "format": "webannotation"})
    assert f"/export/losses/?drafts=1&amp;format=webannotation&amp;after={marked.pk}" in page.content.decode()
    assert "1 of 2 readings checked." in page.content.decode()


def test_a_label_is_called_otherwise_and_as_usual_again(marked, corpus, as_):
    manager = as_("manager")
    assert manager.post(WORDS, {"format": "brat", "FIGURE.PEOPLE": "HeadCount"}).status_code == 302
    assert words_of(corpus)["HeadCount"] == "FIGURE.PEOPLE"
    assert 'value="HeadCount"' in manager.get(PAGE, {"status": "drafts", "format": "brat"}).content.decode()
    manager.post(WORDS, {"format": "brat", "FIGURE.PEOPLE": ""})
    assert words_of(corpus)["PEOPLE"] == "FIGURE.PEOPLE"


def test_words_that_only_files_that_come_in_have_are_kept(marked, corpus, as_):
    FormatMapping.objects.create(corpus=corpus, format="brat", words={"marks": [["Per", "ACTOR.PERSON"]], "ties": [["x", None]]})
    as_("manager").post(WORDS, {"format": "brat", "ACTOR.PERSON": "Human"})
    assert [word for word, meaning in words_of(corpus).items() if meaning == "ACTOR.PERSON"] == ["Human", "Per"]
    assert FormatMapping.of(corpus, "brat").ties == {"x": None}


@pytest.mark.parametrize("word", ["GROUP", "x" * 61, "two\x01lines"])
def test_a_word_that_could_not_be_read_back_is_refused(word, marked, as_):
    page = as_("manager").post(WORDS, {"format": "brat", "ACTOR.PERSON": word}, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert not FormatMapping.objects.exists()


@pytest.mark.parametrize("name", ["", "native", "stone"])
def test_a_format_without_words_is_refused(name, corpus, as_):
    assert as_("manager").post(WORDS, {"format": name}).status_code == 302
    assert not FormatMapping.objects.exists()


def test_only_a_manager_changes_the_words(marked, as_):
    assert as_("reviewer").post(WORDS, {"format": "brat"}).status_code == 403
    assert '<input id="word-1"' not in as_("reviewer").get(PAGE, {"status": "drafts", "format": "brat"}).content.decode()


def test_the_page_asks_as_often_for_one_as_for_many(marked, as_):
    manager, counts = as_("manager"), []
    for _ in range(2):
        manager.get(PAGE, {"status": "drafts", "format": "brat"})
        with CaptureQueriesContext(connection) as queries:
            manager.get(PAGE, {"status": "drafts", "format": "brat"})
        counts.append(len(queries))
        for _ in range(5):
            factories.assignment(factories.document("More of it.", corpus=marked.document.corpus), marked.annotator)
    assert counts[0] == counts[1]
