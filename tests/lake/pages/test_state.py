"""What a lake lacks is told: near-duplicates, screened lists, and what gave no page."""

import pytest

from lake.engines.screening import NameRow
from lake.files.folder import LakeFolder
from lake.files.parts import PartSource, finish_run, write_part
from lake.read.page import UnreadPage
from lake.views import state
from tests import factories
from tests.lakes import page, small_lake


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def lists(monkeypatch):
    """The current versions of the lists that are loaded."""

    def act(**versions):
        monkeypatch.setattr(state, "current_versions", lambda: versions)

    return act


@pytest.fixture
def behind(tmp_path):
    """A lake to which a second crawl came after all else, with two things that gave no page for one reason and one for another."""
    lake = small_lake(tmp_path / "lake")
    whole = {"crawl": "c", "crawl_sha256": "d", "offset": 0, "length": 0, "name": ""}
    unread = [
        ("unread", UnreadPage(**whole, stage=stage, why=why))
        for stage, why in [("text", "No <b>words</b>."), ("page", "Killed."), ("page", "Killed.")]
    ]
    pages = [("pages", page(5, "https://new.example/5", "", "2019", "en", "New", "Something new."))]
    part = write_part(lake, "read", "part-more", PartSource("y", "y", "warc"), pages + unread, ["pages", "unread"])
    finish_run(lake, "read", "1", [part])
    return lake


def test_a_lake_that_lacks_nothing_says_so(client, open_lake, tmp_path, lists):
    lists(UN=3)
    open_lake(small_lake(tmp_path / "lake").root)
    assert "manage.py" not in text_of(client.get("/lakes/web/"))
    shown = text_of(client.get("/lakes/web/state/"))
    assert "Found among all pages." in shown
    assert "1 of 1" in shown
    assert "Unread: 0" in shown


def test_pages_that_came_later_are_told(client, open_lake, behind, lists):
    lists(UN=3)
    open_lake(behind.root)
    shown = text_of(client.get("/lakes/web/"))
    assert "Near-duplicates are older than the newest pages" in shown
    assert "Some pages are not screened under UN 3. On the server, run <code>manage.py lake screen --list UN</code>" in shown
    shown = text_of(client.get("/lakes/web/state/"))
    assert "Older than the newest pages." in shown
    assert "1 of 2" in shown


def test_a_version_that_came_later_is_told_and_lists_that_were_never_screened(client, open_lake, tmp_path, lists):
    lists(EU=12, UN=4)
    open_lake(small_lake(tmp_path / "lake").root)
    shown = text_of(client.get("/lakes/web/"))
    assert "No page is screened under UN 4" in shown
    assert "EU 12" not in shown
    rows = client.get("/lakes/web/state/").context["state"].lists
    assert rows == [("EU", 12, 0, 0), ("UN", 4, 3, 0)]


def test_what_gave_no_page_is_counted_by_its_reason(client, open_lake, behind):
    open_lake(behind.root)
    shown = text_of(client.get("/lakes/web/state/"))
    assert "Unread: 3" in shown
    assert shown.index("Killed.") < shown.index("No &lt;b&gt;words&lt;/b&gt;.")


def test_a_lake_in_which_nothing_was_looked_for_says_what_to_run(client, open_lake, tmp_path):
    lake = LakeFolder(tmp_path / "lake")
    pages = [("pages", page(5, "https://new.example/5", "", "2019", "en", "New", "Something new."))]
    finish_run(
        lake, "read", "1", [write_part(lake, "read", "part-read", PartSource("y", "y", "warc"), pages, ["pages", "unread"])]
    )
    open_lake(lake.root)
    assert "Near-duplicates are not found yet" in text_of(client.get("/lakes/web/"))
    shown = text_of(client.get("/lakes/web/?named=north"))
    assert "Not screened" in shown
    assert "<code>manage.py lake screen --list CODE</code>" in shown
    assert "No list is loaded." in text_of(client.get("/lakes/web/state/"))
    part = PartSource("UN 3", "part-read", "names")
    finish_run(
        lake,
        "names",
        "1",
        [write_part(lake, "names", "part-names", part, [("names", NameRow("x", "UN 3", "7", "x", 0, 1, "x"))], ["names"])],
    )
    assert "No pages" in text_of(client.get("/lakes/web/?named=north"))


def test_strangers_see_nothing(client, open_lake, behind):
    open_lake(behind.root)
    client.force_login(factories.user("stranger"))
    assert client.get("/lakes/web/state/").status_code == 404
