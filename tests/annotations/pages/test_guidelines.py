"""Guidelines of a corpus on their pages, and beside the labels of the annotator."""

import json
import re
import threading
from datetime import timedelta

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from annotations.guidelines.markup import html_of
from annotations.guidelines.versions import NewerVersion, change, create
from annotations.models import Assignment, Guideline, GuidelineVersion
from corpus.edits.history import EditError
from tests import factories, marks

BODY = "Mark the **name**, without *its* article.\n\n- right: `Daesong`\n- wrong: `the Daesong`"


@pytest.fixture
def version(corpus, people):
    return create(corpus, "ACTOR.COMPANY", people.reviewer, title="Companies", body=BODY)


def test_an_empty_corpus_says_what_to_do(page, corpus):
    assert "New guideline" in page("reviewer", "/corpora/reports/guidelines/")
    reader = page("viewer", "/corpora/reports/guidelines/")
    assert "Reviewers of this corpus write guidelines." in reader
    assert "New guideline" not in reader


def test_a_reviewer_writes_one_about_a_label_and_it_is_unread_for_others(as_, page, corpus):
    sent = {"subject": "ACTOR.COMPANY", "title": "Companies", "body": BODY}
    answer = as_("reviewer").post("/corpora/reports/guidelines/new/", sent, follow=True)
    assert "<strong>name</strong>" in answer.text
    assert "Unread" in page("annotator", "/corpora/reports/guidelines/")
    assert "Unread" not in page("reviewer", "/corpora/reports/guidelines/")
    address = Guideline.objects.get().get_absolute_url()
    assert "Mark as read" in page("annotator", address)
    as_("annotator").post(f"/guideline-versions/{GuidelineVersion.objects.get().pk}/read/")
    assert "Unread" not in page("annotator", "/corpora/reports/guidelines/")
    assert "Mark as read" not in page("annotator", address)


def test_a_label_has_one_guideline(as_, version):
    sent = {"subject": "ACTOR.COMPANY", "title": "Again", "body": "x"}
    assert "Select a valid choice" in as_("reviewer").post("/corpora/reports/guidelines/new/", sent).text
    with pytest.raises(EditError, match=r"ACTOR\.COMPANY has a guideline already"):
        create(version.guideline.corpus, "ACTOR.COMPANY", version.user, title="Again", body="x")
    with pytest.raises(EditError, match="is no label"):
        create(version.guideline.corpus, "ACTOR.GHOST", version.user, title="Ghosts", body="x")
    assert Guideline.objects.count() == 1


def test_several_general_ones_stand_first(page, corpus, people, version):
    for title in ("Order of work", "Doubt"):
        create(corpus, "", people.manager, title=title, body="x")
    seen = page("viewer", "/corpora/reports/guidelines/")
    assert seen.index("Order of work") < seen.index("Doubt") < seen.index("Companies")


def test_the_list_is_filtered_by_subject_and_by_what_is_not_read(as_, corpus, people, version):
    create(corpus, "", people.reviewer, title="Doubt", body="Ask.")
    browser, address = as_("annotator"), "/corpora/reports/guidelines/"

    def titles(**query):
        return [row.title for _, row in browser.get(address, query).context["rows"]]

    names = {row.title: about["name"] for about, row in browser.get(address).context["rows"]}
    assert titles(subject=names["Companies"]) == ["Companies"]
    assert titles(subject=names["Doubt"]) == ["Doubt"]
    assert titles(subject="whatever") == ["Doubt", "Companies"]
    browser.post(f"/guideline-versions/{version.pk}/read/")
    assert titles(unread="on") == ["Doubt"]
    assert "No matching guidelines" in browser.get(address, {"unread": "on", "subject": names["Companies"]}).text


def test_a_change_is_a_version_and_shows_what_changed(as_, page, version):
    address = version.guideline.get_absolute_url()
    sent = {"base": 1, "title": "Companies", "body": BODY.replace("name", "whole name"), "note": "Two read it differently."}
    assert "Version 2" in as_("reviewer").post(f"{address}edit/", sent, follow=True).text
    seen = page("annotator", address)
    assert "<ins>whole" in seen
    assert "Two read it differently." in seen
    assert "This is an old version." in page("annotator", f"{address}?version=1")
    assert as_("annotator").get(f"{address}?version=7").status_code == 404


def test_the_same_text_is_no_version(as_, version):
    address = version.guideline.get_absolute_url()
    sent = {"base": 1, "title": "Companies", "body": BODY.replace("\n", "\r\n")}
    assert "Nothing changed." in as_("reviewer").post(f"{address}edit/", sent, follow=True).text
    assert version.guideline.versions.count() == 1


def test_a_version_of_a_colleague_is_never_written_over(as_, people, version):
    address = version.guideline.get_absolute_url()
    change(version.guideline, 1, people.manager, title="Companies", body="Theirs", note="")
    answer = as_("reviewer").post(f"{address}edit/", {"base": 1, "title": "Companies", "body": "Mine"})
    assert "manager wrote version 2 meanwhile" in answer.text
    assert "Mine" in answer.context["form"]["body"].value()
    assert version.guideline.versions.count() == 2
    assert answer.context["form"]["base"].value() == "2"
    as_("reviewer").post(f"{address}edit/", {"base": 2, "title": "Companies", "body": "Both"})
    assert version.guideline.versions.all()[0].body == "Both"


@pytest.mark.django_db(transaction=True)
def test_two_versions_at_once_make_one(people, version):
    outcomes = []

    def write(text):
        try:
            outcomes.append(change(version.guideline, 1, people.reviewer, title="Companies", body=text, note="").number)
        except NewerVersion as error:
            outcomes.append(error.newest.number)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(text,)) for text in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [2, 2]
    assert version.guideline.versions.count() == 2


def test_versions_only_grow(version):
    for statement in ("UPDATE annotations_guidelineversion SET body = 'x'", "DELETE FROM annotations_guidelineversion"):
        with pytest.raises(Error, match="only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_version_says_how_many_annotations_are_older(corpus, people, page, version):
    reading = factories.assignment(factories.document("The firm paid.", corpus=corpus), people.annotator, revision=1)
    marks.span(reading, "firm", "COMPANY")
    made = change(version.guideline, 1, people.reviewer, title="Companies", body="New", note="")
    assert (version.older, made.older) == (0, 1)
    assert "1 annotation older than this version" in page("viewer", version.guideline.get_absolute_url())
    assert create(corpus, "", people.reviewer, title="Doubt", body="x").older is None


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("annotator", 403), ("reviewer", 200), ("stranger", 404)])
def test_who_writes(as_, version, who, status):
    addresses = ("/corpora/reports/guidelines/new/", f"{version.guideline.get_absolute_url()}edit/")
    assert [as_(who).get(address).status_code for address in addresses] == [status, status]


def test_strangers_find_nothing(as_, version):
    browser = as_("stranger")
    assert browser.get(version.guideline.get_absolute_url()).status_code == 404
    assert browser.get("/corpora/reports/guidelines/").status_code == 404
    assert browser.post(f"/guideline-versions/{version.pk}/read/").status_code == 404


def test_the_list_asks_no_more_with_more_guidelines(queries, corpus, people, version):
    before = queries("annotator", "/corpora/reports/guidelines/")
    for number in range(5):
        create(corpus, "", people.reviewer, title=f"General {number}", body="x")
    assert queries("annotator", "/corpora/reports/guidelines/") == before


def test_the_annotator_knows_the_guidelines_of_its_labels(page, corpus, people, version):
    reading = factories.assignment(factories.document("The firm paid.", corpus=corpus), people.annotator)
    create(corpus, "", people.reviewer, title="General", body="x")
    seen = page("annotator", f"/annotate/{reading.pk}/")
    [data] = re.findall(r'<script id="guidelines" type="application/json">(.*?)</script>', seen)
    address = version.guideline.get_absolute_url()
    assert json.loads(data) == {"ACTOR.COMPANY": {"title": "Companies", "address": address, "unread": True, "rulings": []}}


HOSTILE = [
    ("<script>alert(1)</script>", "<script"),
    ("a <b onclick=x>b</b>", "<b"),
    ("![x](https://elsewhere.example/p.png)", "<img"),
    ("[x](javascript:alert(1))", "<a"),
    ("[x](data:text/html,x)", "<a"),
    ("[x](//elsewhere.example/)", "<a"),
    ('[x](https://a.example/"onclick=x)', '"onclick'),
    ("```\n</code><script>\n```", "<script"),
]


@pytest.mark.parametrize(("body", "never"), HOSTILE)
def test_what_is_written_stays_text(body, never):
    assert never not in html_of(body)


def test_shapes_of_markdown():
    text = "# One\n\n1. a\n2. **b** `c`\n\n> quoted\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\nline  \nbreak\nsoft\n\n---\n\n[law](/measures/)"
    seen = html_of(text)
    for part in (
        "<h3>One</h3>", "<ol><li>a</li><li><strong>b</strong> <code>c</code></li></ol>", "<blockquote><p>quoted</p></blockquote>",
        "<td>2</td>", "line<br>break\nsoft", "<hr>", '<a href="/measures/" rel="noopener noreferrer">law</a>',
    ):  # fmt: skip
        assert part in seen


def test_older_gold_of_a_label_is_listed_for_reviewers_until_it_is_submitted_anew(as_, corpus, people, page, version):
    gold = factories.assignment(factories.document("The firm paid.", corpus=corpus), people.reviewer, role="adjudication")
    mark = marks.span(gold, "firm", "COMPANY")
    reading = factories.assignment(gold.document, people.annotator)
    marks.span(reading, "firm", "COMPANY")
    address, link = version.guideline.get_absolute_url(), f"/annotate/{gold.pk}/#mark={mark.pk}"
    form = f"{address}edit/"
    assert link not in page("reviewer", address), "it is newer than the first version"
    assert "Gold under the present version: 1" in page("reviewer", form)
    assert link in page("reviewer", form)
    Assignment.objects.filter(pk=gold.pk).update(submitted=version.at - timedelta(days=1))
    assert "Older gold: 1" in page("reviewer", address)
    assert link in page("reviewer", address)
    assert link not in page("annotator", address)
    change(version.guideline, 1, people.reviewer, title="Companies", body="Without articles.")
    assert link in page("reviewer", address)
    assert link not in page("reviewer", f"{address}?version=1")
    Assignment.objects.filter(pk=gold.pk).update(submitted=timezone.now())
    assert link not in page("reviewer", address)
    Assignment.objects.filter(pk=gold.pk).update(status="open", submitted=None)
    assert link not in page("reviewer", form), "a draft is no gold"
