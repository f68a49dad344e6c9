"""A saved evidence table says which of its rows are out of date: by what changed after it was written."""

import io

import pytest

from annotations.documents.export import Export
from annotations.documents.selection import Selection
from annotations.formats.base import Unreadable
from annotations.formats.evidence.seals import MOST_ROWS
from annotations.imports.saved_tables import saved_rows
from annotations.models import Assignment
from annotations.queries.outdated_rows import outdated
from annotations.write.apply import apply_changes
from tests import factories
from tests.api.world import TEXT, bearer, change, fragment, seven_kinds

CHANGES = "/api/v1/corpora/reports/evidence/"


@pytest.fixture
def marked(corpus, people):
    """An article with figures and events, marked by the annotator; the ids by name."""
    document = factories.document(TEXT.format(canary="x"), corpus=corpus)
    assignment = factories.assignment(document, people.annotator)
    ids, changes = seven_kinds(document.text, "x")
    money = {"id": ids["relation"], "layer": "FIGURE", "label": "MONEY", "fragments": [fragment(document.text, "45,000 RMB")]}
    apply_changes(assignment, people.annotator, 0, [*changes, change("create", "span", money)])
    return assignment, ids


def saved(corpus, name="evidence"):
    return b"".join(Export(Selection(drafts=True).rows(corpus), name, derived=True).pieces())


def told(content, corpus, user):
    return [
        (row.number, row.reasons, row.statement) for row in outdated(corpus, user, saved_rows(io.BytesIO(content), "a table"))
    ]


def write(assignment, *changes):
    assignment.refresh_from_db()
    apply_changes(assignment, assignment.annotator, assignment.revision, list(changes))


def row_numbers(content, corpus, user, reason):
    return [number for number, reasons, _ in told(content, corpus, user) if reason in reasons]


@pytest.mark.parametrize("name", ["evidence", "docx", "csv", "xlsx"])
def test_only_the_rows_that_changed_are_out_of_date(marked, corpus, people, name):
    assignment, ids = marked
    table = saved(corpus, name)
    assert told(table, corpus, people.manager) == []
    write(assignment, change("update", "span", {"id": ids["part"], "attributes": {"low": 171, "high": 171}}))
    [(number, reasons, statement)] = told(table, corpus, people.manager)
    assert (number, reasons) == (2, ["changed"])
    assert "171" in statement
    assert told(saved(corpus, name), corpus, people.manager) == []


def test_who_says_it_counts_too(marked, corpus, people):
    assignment, ids = marked
    table = saved(corpus)
    write(assignment, change("update", "claim", {"id": ids["claim"], "reliability": "C", "note": "known to be careful"}))
    assert row_numbers(table, corpus, people.manager, "changed")


def test_what_was_deleted_is_gone(marked, corpus, people):
    assignment, _ = marked
    table = saved(corpus)
    money = assignment.spans.get(quote="45,000 RMB")
    write(assignment, change("delete", "span", {"id": str(money.pk)}))
    [(_, reasons, statement)] = told(table, corpus, people.manager)
    assert (reasons, statement) == (["gone"], "")


def test_a_newer_text_of_the_article_counts_for_all_its_rows(marked, corpus, people):
    assignment, _ = marked
    table = saved(corpus)
    factories.document("Another text of it.", of=assignment.document.article)
    rows = told(table, corpus, people.manager)
    assert len(rows) == len(saved_rows(io.BytesIO(table), "t"))
    assert {tuple(reasons) for _, reasons, _ in rows} == {("newer",)}


def test_who_may_not_see_the_marks_learns_nothing_of_them(marked, corpus, people):
    rows = outdated(corpus, people.viewer, saved_rows(io.BytesIO(saved(corpus)), "t"))
    assert {(*row.reasons, row.assignment, row.article, row.statement) for row in rows} == {("gone", None, "", "")}
    other = factories.corpus("other")
    assert {tuple(row.reasons) for row in outdated(other, people.manager, saved_rows(io.BytesIO(saved(corpus)), "t"))} == {
        ("gone",)
    }


def test_what_is_no_saved_table_is_said():
    with pytest.raises(Unreadable, match="No row has a seal"):
        saved_rows(io.BytesIO(b"a,b\n1,2\n"), "t")
    many = "".join(f"0a1b2c3d-0000-4000-8000-00000000beef:{number:012x}:{0:012x}\n" for number in range(MOST_ROWS + 1))
    with pytest.raises(Unreadable, match="It has more than 2,000 rows"):
        saved_rows(io.BytesIO(many.encode()), "t")


def test_the_api_says_it(marked, corpus, people):
    assignment, ids = marked
    table = saved(corpus)
    write(assignment, change("update", "span", {"id": ids["part"], "attributes": {"low": 171, "high": 171}}))
    client = bearer(people.manager, "export")
    answer = client.post(CHANGES, {"file": io.BytesIO(table)}, format="multipart").json()
    assert answer["rows"] > 1
    [row] = answer["outdated"]
    assert (row["number"], row["reasons"], row["assignment"], row["line"]) == (2, ["changed"], str(assignment.pk), ids["part"])
    for wrong in ({"file": io.BytesIO(b"nothing")}, {}):
        refused = client.post(CHANGES, wrong, format="multipart")
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "file")


def test_the_page_says_it(marked, corpus, as_):
    assignment, ids = marked
    manager, page = as_("manager"), "/corpora/reports/evidence/"
    table = saved(corpus, "xlsx")
    assert "Check a saved table" in manager.get("/corpora/reports/export/?status=drafts&format=xlsx").content.decode()
    assert "rows is out of date" in manager.post(page, {"file": io.BytesIO(table)}).content.decode()
    write(assignment, change("update", "span", {"id": ids["part"], "attributes": {"low": 171, "high": 171}}))
    text = manager.post(page, {"file": io.BytesIO(table)}).content.decode()
    assert "is out of date</h2>" in text
    assert "171" in text
    assert f'href="/annotate/{assignment.pk}/#mark={ids["part"]}"' in text
    assert "No row has a seal" in manager.post(page, {"file": io.BytesIO(b"nothing")}).content.decode()
    assert Assignment.objects.count() == 1
