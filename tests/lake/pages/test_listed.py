"""Listed names of a lake counted: by entry, outlet and month, each with the way to its pages."""

import re
from html import unescape

import pytest

from lake.engines.screening import NameRow
from lake.files.parts import PartSource, finish_run, write_part
from lake.models import Lake
from lake.queries.screenings import Screenings, screenings
from lake.views import listed
from tests import factories
from tests.lakes import small_lake


@pytest.fixture
def lake(tmp_path):
    """The first page and its near-duplicate have a name of UN 10, the second one of UN 3, and both are of OTHER 1."""
    lake = small_lake(tmp_path / "lake")
    texts = [(1, "Workers", 14, 21, "workers"), (4, "Workers", 14, 21, "workers"), (2, "Abroad & Co", 31, 37, "abroad")]
    for key in ("UN 10", "OTHER 1"):
        rows = [("names", NameRow(f"text {number}", key, f"E/{number % 3}", *name)) for number, *name in texts]
        finish_run(
            lake, "names", "1", [write_part(lake, "names", f"part {key}", PartSource(key, "part-read", "names"), rows, ["names"])]
        )
    return lake


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("asked", "groups"),
    [
        ({"list": "UN 10"}, [("E/1", 1, 2), ("E/2", 1, 1)]),
        ({"list": "UN 3"}, [("7", 1, 1)]),
        ({"list": "UN 10", "by": "outlet"}, [("The News", 2, 2), ("copy.example", 1, 1)]),
        ({"list": "UN 10", "by": "month"}, [("2017-09", 2, 2), ("", 1, 1)]),
    ],
)
def test_names_are_counted_and_lead_to_their_pages(client, lake, open_lake, asked, groups):
    open_lake(lake.root)
    answer = client.get("/lakes/web/listed/", asked)
    rows = answer.context["rows"]
    assert [(row.group, row.texts, row.pages) for row, _ in rows] == groups
    for row, samples in rows:
        if samples:
            assert client.get(f"/lakes/web/?{samples}").context["total"] == row.texts
    assert [row.group for row, samples in rows if not samples] == [group for group, *_ in groups if not group]


def test_an_entry_shows_its_names_and_the_words(client, lake, open_lake):
    open_lake(lake.root)
    shown = text_of(client.get("/lakes/web/listed/"))
    assert '<div dir="auto">Abroad &amp; Co</div>' in shown
    assert '<q dir="auto">abroad</q>' in shown
    assert '<strong class="score">100</strong> <q dir="auto">workers</q>' in shown
    assert "“<bdi>workers</bdi>” and “<bdi>Workers</bdi>” are the same, word for word." in shown
    addresses = re.findall(r'href="(/lakes/web/\?named=[^"]+)"', shown)
    assert "/lakes/web/?named=UN+10+E%2F2" in map(unescape, addresses)


def test_versions_that_are_superseded_are_told(client, lake, open_lake, monkeypatch):
    open_lake(lake.root)
    form = client.get("/lakes/web/listed/").context["form"]
    assert [label for _, label in form.fields["list"].choices] == ["UN 10", "OTHER 1", "UN 3 (superseded)"]
    monkeypatch.setattr(listed, "current_versions", lambda: {"UN": 11, "OTHER": 1})
    assert "UN 10 (superseded)" in text_of(client.get("/lakes/web/listed/"))


def test_what_is_no_list_is_refused_and_what_is_not_screened_told(client, lake, open_lake, tmp_path):
    row = open_lake(lake.root)
    assert "Select a valid choice" in text_of(client.get("/lakes/web/listed/?list=UN+4"))
    assert "Select a valid choice" in text_of(client.get("/lakes/web/listed/?by=quote"))
    Lake.objects.filter(pk=row.pk).update(folder=str(tmp_path / "gone"))
    assert "is not on this host" in text_of(client.get("/lakes/web/listed/"))
    (tmp_path / "gone" / "runs").mkdir(parents=True)
    assert "manage.py lake screen --list" in text_of(client.get("/lakes/web/listed/"))


def test_strangers_see_nothing(client, lake, open_lake):
    open_lake(lake.root)
    client.force_login(factories.user("stranger"))
    assert client.get("/lakes/web/listed/").status_code == 404


def test_screenings_count_parts_of_pages_that_count(lake):
    assert screenings(lake) == Screenings(1, {"UN 3": 1, "UN 10": 1, "OTHER 1": 1})
    part = write_part(lake, "names", "part-of-none", PartSource("UN 11", "gone", "names"), [], ["names"])
    finish_run(lake, "names", "1", [part])
    assert screenings(lake).newest == {"UN": "UN 10", "OTHER": "OTHER 1"}
