"""The whole text of a page of a lake, which somebody else has written."""

from dataclasses import replace

import pytest

from lake.engines.screening import NameRow
from lake.files.folder import LakeFolder
from lake.files.parts import PartSource, finish_run, write_part
from tests.lakes import page, small_lake

HOSTILE = "<script>alert(1)</script>"


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_a_sample_leads_to_its_text_with_the_names_in_it(client, open_lake, tmp_path):
    open_lake(small_lake(tmp_path / "lake").root)
    samples = text_of(client.get("/lakes/web/?named=UN+3+7"))
    address = f"/lakes/web/pages/{2:032x}/"
    assert f'href="{address}">Coal</a>' in samples
    assert "<mark>Coal</mark> of the mine" in samples
    assert "https://www.news.example/2" in samples
    shown = text_of(client.get(address))
    assert "👨‍👩‍👧 é: <mark>Coal</mark> of the mine went abroad." in shown
    assert "9–13" in shown
    assert '<bdi>Mine of the North</bdi> (<a href="/lakes/web/?named=UN+3+7">UN 3, entry 7</a>)' in shown
    assert '<strong class="score">0</strong> <q dir="auto">Coal</q>' in shown
    assert "“<bdi>Coal</bdi>” and “<bdi>Mine of the North</bdi>” have nothing in common." in shown
    assert "1, from byte 0" in shown


def test_names_of_the_newest_version_of_a_list_are_marked(client, open_lake, tmp_path):
    lake = small_lake(tmp_path / "lake")
    rows = [("names", NameRow("text 2", "UN 10", "8", "Abroad", 31, 37, "abroad"))]
    part = write_part(lake, "names", "part-names-10", PartSource("UN 10", "part-read", "names"), rows, ["names"])
    finish_run(lake, "names", "1", [part])
    open_lake(lake.root)
    shown = text_of(client.get(f"/lakes/web/pages/{2:032x}/"))
    assert "<mark>abroad</mark>" in shown
    assert "<mark>Coal</mark>" not in shown


def test_words_of_others_are_text_and_addresses_no_links(client, open_lake, tmp_path):
    lake = LakeFolder(tmp_path / "lake")
    row = page(5, "https://bad.example/5", HOSTILE, "", "en", HOSTILE, f"{HOSTILE} spoke.")
    row = replace(row, url="javascript:alert(1)", crawl=HOSTILE, name=HOSTILE, length=0)
    named = ("names", NameRow("text 5", "UN 3", HOSTILE, HOSTILE, 0, 25, HOSTILE))
    for kind, rows in [("read", [("pages", row)]), ("names", [named])]:
        source = PartSource("UN 3", "part-read", kind)
        tables = ["pages", "unread"] if kind == "read" else ["names"]
        finish_run(lake, kind, "1", [write_part(lake, kind, f"part-{kind}", source, rows, tables)])
    open_lake(lake.root)
    for address in ("/lakes/web/", "/lakes/web/?named=UN+3", f"/lakes/web/pages/{5:032x}/"):
        shown = client.get(address).content.decode()
        assert HOSTILE not in shown
        assert "&lt;script&gt;alert(1)" in shown
        assert 'href="javascript' not in shown
    assert "<mark>&lt;script&gt;alert(1)&lt;/script&gt;</mark> spoke." in shown


@pytest.mark.parametrize("page", ["f" * 32, "x", "0' OR true --"])
def test_a_page_that_is_none_is_not_there(client, open_lake, tmp_path, page):
    open_lake(small_lake(tmp_path / "lake").root)
    assert client.get(f"/lakes/web/pages/{page}/").status_code == 404


def test_a_lake_that_is_gone_is_told(client, open_lake, tmp_path):
    open_lake(tmp_path / "gone")
    answer = client.get(f"/lakes/web/pages/{2:032x}/")
    assert (answer.status_code, "is not on this host" in text_of(answer)) == (200, True)
