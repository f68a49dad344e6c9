"""A crawl from reading to promotion: what was planted in it is found, what cannot be read is told, and nothing else gets into the corpus."""

import pytest

from benchmarks.planted import faults, lake_run, number_of, plant

PAGES = 200


@pytest.mark.django_db
def test_everything_planted_is_found_and_nothing_else_is_promoted(tmp_path):
    planted = plant(tmp_path, PAGES, in_a_file=100)
    run = lake_run(planted, "named", lambda line: None)
    assert list(faults(planted, run)) == []
    assert len(run.promoted) == PAGES // 20

    # A check that cannot fail would check nothing: whatever is otherwise has its line.
    number, name = next(iter(planted.made.names.items()))
    url, source, sha256 = run.promoted[0]
    page = next(row for row in run.pages if "/crawl-" in row[0])  # DuckDB tells no order
    for other, line in [
        (run._replace(pages=[row for row in run.pages if row != page]), f"pages: {number_of(page[1])} is missing"),
        (run._replace(pages=[*run.pages, page]), "pages: 1 are there twice"),
        (
            run._replace(unread=[("crawls/crawl-00000.warc.gz", "slow"), *run.unread[1:]]),
            "unread: crawls/crawl-00000.warc.gz: slow",
        ),
        (run._replace(unread=run.unread[1:]), "unread: 4 things, where 5 cannot be read"),
        (run._replace(copies=[]), "near-duplicates: 9 is not found"),
        (run._replace(copies=[*run.copies, ("x/1", "x/2")]), "near-duplicates: 1 is none of 2"),
        (run._replace(named=[]), f"names: {(number, name[0])} is missing"),
        (run._replace(promoted=[]), f"promoted: {number} is missing"),
        (run._replace(promoted=[*run.promoted, ("x/0", source, sha256)]), "promoted: 0 was never planted"),
        (run._replace(promoted=[(url, source, "0" * 64)]), f"promoted: {url} does not lie at {source}"),
        (run._replace(again=3), "promoted: 3 articles more by the second promotion"),
    ]:
        assert line in list(faults(planted, other))
