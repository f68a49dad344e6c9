"""Lists asked for days: an open end meets every day beyond it, and what has no day at all is not in the answer."""

import pytest

from annotations.models import Event
from annotations.text.edtf import bounds
from corpus.models import Article

# EDTF → whether it is found by a filter from 2017-08-05 on, and by one up to then.
TIMES = {
    "2017-08-05": (True, True),
    "2017-08": (True, True),
    "2017-08-06": (True, False),
    "2017-08-04": (False, True),
    "2017-08-05/..": (True, True),
    "2017-08-06/..": (True, False),
    "2016/..": (True, True),
    "2016/": (True, True),
    "../2017-08-05": (True, True),
    "../2017-08-04": (False, True),
    "/2018": (True, True),
    "[2018..]": (True, False),
    "": (False, False),
}
DAY = "2017-08-05"


def columns(name: str, edtf: str) -> dict[str, object]:
    first, last = bounds(edtf) if edtf else (None, None)
    return {f"{name}_edtf": edtf, f"{name}_earliest": first, f"{name}_latest": last}


def rows(client, address: str, **asked: str) -> list[str]:
    return [row["id"] for row in client.get(f"/api/v1/{address}/", asked).json()["results"]]


@pytest.mark.parametrize("edtf", TIMES)
def test_an_event_is_found_by_every_day_that_its_time_covers(own, annotator, edtf):
    Event.objects.filter(pk=own.ids["event"]).update(**columns("time", edtf))
    found = [own.ids["event"] in rows(annotator, "events", drafts="true", **{name: DAY}) for name in ("date_from", "date_to")]
    assert tuple(found) == TIMES[edtf]


@pytest.mark.parametrize("area", ["corpora/own/articles", "spans", "figures", "events", "claims"])
def test_articles_and_their_marks_are_found_by_every_day_of_publication(own, annotator, area):
    drafts = {} if area.startswith("corpora") else {"drafts": "true"}
    found = {}
    for edtf in TIMES:
        Article.objects.filter(pk=own.article.pk).update(**columns("published", edtf))
        asked = ({name: DAY} for name in ("published_after", "published_before"))
        found[edtf] = tuple(bool(rows(annotator, area, **drafts, **day)) for day in asked)
    assert found == TIMES


def test_a_date_that_gives_no_day_is_not_found(own, annotator):
    """What a file calls its date need not be one."""
    Article.objects.filter(pk=own.article.pk).update(published_edtf="some day in autumn")
    assert rows(annotator, "corpora/own/articles", published_after="0001-01-01") == []
    assert rows(annotator, "corpora/own/articles", published_before="9999-12-31") == []
