"""The download of a selection: streamed, of one moment, readable by a spreadsheet and by a program."""

import csv
import io
from threading import Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus.admin import download
from corpus.admin.download import columns, lines, reader
from corpus.models import Article, Corpus, Membership, Outlet
from tests import factories
from tests.staff import address


def table(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_columns_are_named_in_a_line_with_their_paths_and_readers():
    def shout(row):
        return row.name.upper()

    assert columns("id=pk name loud", loud=shout) == (("id", "pk"), ("name", "name"), ("loud", shout))


def test_a_path_ends_where_there_is_nothing(ours):
    article = factories.article(ours)
    assert reader("outlet.name")(article) is None
    assert reader("corpus.slug")(article) == "ours"


def test_a_path_may_end_in_a_method(manager):
    assert reader("get_username")(manager) == "manager"


def test_the_file_begins_with_the_mark_by_which_spreadsheets_know_utf_8(ours):
    factories.outlet(ours, "데일리")
    text = "".join(lines(Outlet.objects.all(), columns("name")))
    assert text.startswith("\ufeff")
    assert table(text) == [{"name": "데일리"}]


def test_rows_come_through_a_cursor_and_not_all_at_once(ours):
    for number in range(5):
        factories.outlet(ours, f"Wire {number}")
    stream = lines(Outlet.objects.all(), columns("name"))
    with CaptureQueriesContext(connection) as captured:
        assert [next(stream) for _ in range(3)] == ["\ufeff", "name\r\n", "Wire 0\r\n"]
        list(stream)
    assert len([query for query in captured.captured_queries if "corpus_outlet" in query["sql"]]) == 1


def elsewhere(act):
    """Do it in a thread, that is over another connection to the database."""

    def run():
        act()
        connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_the_file_shows_one_moment(transactional_db, monkeypatch):
    """What is renamed while a slow reader takes the file stays in the file as it was."""
    monkeypatch.setattr(download, "CHUNK", 1)
    corpus = factories.corpus()
    for number in range(3):
        factories.outlet(corpus, f"Wire {number}")
    stream = lines(Outlet.objects.order_by("pk"), columns("name"))
    begun = [next(stream) for _ in range(3)]
    elsewhere(lambda: Outlet.objects.filter(name="Wire 2").update(name="Renamed"))
    assert Outlet.objects.filter(name="Renamed").exists()
    assert [*begun, *stream][2:] == ["Wire 0\r\n", "Wire 1\r\n", "Wire 2\r\n"]


def test_a_hostile_name_is_inert_in_the_file_and_unchanged_in_the_row(ours, as_manager):
    outlet = factories.outlet(ours, "=cmd|' /C calc'!A0", domain="@SUM(A1)")
    data = {"action": "download_csv", "_selected_action": [outlet.pk]}
    response = as_manager.post(address(Outlet, "changelist"), data)
    row = table(b"".join(response.streaming_content).decode())[0]
    assert (row["name"], row["domain"]) == ("'=cmd|' /C calc'!A0", "'@SUM(A1)")
    outlet.refresh_from_db()
    assert outlet.name == "=cmd|' /C calc'!A0"


def test_the_file_is_offered_as_a_download_that_no_browser_shows(ours, as_manager):
    data = {"action": "download_csv", "_selected_action": [factories.article(ours).pk]}
    response = as_manager.post(address(Article, "changelist"), data)
    assert response["Content-Disposition"].startswith('attachment; filename="article-')
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_selection_is_what_was_selected_in_the_order_of_the_list(ours, as_manager):
    outlets = [factories.outlet(ours, name) for name in "cab"]
    data = {"action": "download_csv", "_selected_action": [outlets[0].pk, outlets[1].pk]}
    response = as_manager.post(address(Outlet, "changelist"), data)
    assert [row["name"] for row in table(b"".join(response.streaming_content).decode())] == ["a", "c"]


def test_counts_are_in_the_file_too(ours, as_manager):
    factories.article(ours)
    data = {"action": "download_csv", "_selected_action": [ours.pk]}
    response = as_manager.post(address(Corpus, "changelist"), data)
    row = table(b"".join(response.streaming_content).decode())[0]
    assert (row["articles"], row["members"]) == ("1", "1")


def test_a_viewer_downloads_what_they_see(ours, as_viewer):
    data = {"action": "download_csv", "_selected_action": [membership.pk for membership in Membership.objects.all()]}
    response = as_viewer.post(address(Membership, "changelist"), data)
    assert [row["account"] for row in table(b"".join(response.streaming_content).decode())] == ["viewer"]
