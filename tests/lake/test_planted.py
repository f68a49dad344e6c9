"""A crawl from reading to promotion: what was planted in it is found, what cannot be read is told, and nothing else gets into the corpus."""

import csv

import pytest
from django.core.management import call_command

from benchmarks.crawls import PLANTED_NAMES, write_crawl, write_hostile
from corpus.models import Article
from tests import factories, listed

PAGES = 200


def number_of(url):
    return int(url.rpartition("/")[2])


@pytest.mark.django_db
def test_everything_planted_is_found_and_nothing_else_is_promoted(tmp_path, capsys):
    made = write_crawl(tmp_path / "crawls", PAGES, in_a_file=100)
    unread = write_hostile(tmp_path / "crawls")
    listed.version("MADE", "\n".join(f"{n}; {name}; type: body" for n, name in enumerate(PLANTED_NAMES)))

    def lake(act, *arguments):
        call_command("lake", act, *map(str, arguments), "--lake", str(tmp_path / "lake"))
        return capsys.readouterr().out

    def rows(sql, name):
        lake("select", sql, "--out", tmp_path / name)
        return list(csv.DictReader((tmp_path / name).read_text().splitlines()))

    assert f"{PAGES + 1:,} pages, {unread} unread" in lake(
        "read", tmp_path / "crawls"
    )  # one good one stands behind the hostile ones
    assert len(rows("SELECT * FROM unread WHERE why <> ''", "unread.csv")) == unread
    lake("copies")
    lake("screen", "--list", "MADE")
    both = "SELECT p.url AS copy, o.url AS original FROM copies c JOIN pages p USING (text_sha256) JOIN pages o ON o.text_sha256 = c.of"
    pairs = [{number_of(url) for url in row.values()} for row in rows(both, "copies.csv")]
    sets = {number: made.copies.get(number, number) for number in range(PAGES)}
    assert {frozenset(sets[each] for each in pair) for pair in pairs} == {frozenset([of]) for of in made.copies.values()}
    assert set(made.copies) <= set().union(*pairs)
    corpus = factories.corpus("named")
    lake("promote", "SELECT page FROM pages JOIN names USING (text_sha256)", "--corpus", "named", "--from", tmp_path / "crawls")
    articles = Article.objects.filter(corpus=corpus)
    urls = articles.values_list("claimed_url", flat=True)
    assert sorted(map(number_of, urls)) == sorted(made.names)
