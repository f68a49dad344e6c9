"""Every page that links lead to, walked by each role over hostile content."""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import connection

from corpus.accounts import sessions
from registry.models import Entity, Measure, Relation
from tests import factories
from tests.annotations.pages.conftest import submitted
from tests.registry.pages.marking import cite, mark

HOSTILE = (
    "<script>alert(1)</script><img src=//evil.invalid/x onerror=alert(1)>\"' style=x:y {{ 7|add:7 }} {% now %} "
    "<link rel=prefetch href=//evil.invalid> javascript:alert(1) \u202e\u2028 &lt;b&gt;"
)
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE)\b")


@pytest.fixture
def everything(corpus, people):
    """Whatever a person or an article can put on a page is hostile."""
    corpus.name = corpus.description = HOSTILE
    corpus.save()
    outlet = factories.outlet(corpus, HOSTILE[:200])
    facts = {
        "outlet": outlet,
        "source_file": HOSTILE,
        "url_basis": HOSTILE[:200],
        "language": '"><b>',
        "published_edtf": HOSTILE[:100],
    }
    article = factories.article(corpus, HOSTILE, url="https://evil.invalid/?" + HOSTILE, **facts)
    document = factories.document(f"{HOSTILE}\n\nNorth {HOSTILE}. Resolution 2371 {HOSTILE}", of=article)
    submitted(document, people.annotator)
    entity = Entity.objects.create(corpus=corpus, name=HOSTILE, type="TERRITORY", note=HOSTILE)
    other = Entity.objects.create(corpus=corpus, name=f"{HOSTILE} 2", type=HOSTILE[:40])
    Relation.objects.create(corpus=corpus, source=entity, target=other, type=HOSTILE[:40])
    gold = factories.assignment(document, people.reviewer, role="adjudication")
    mark(gold, "North", entity=entity)
    cite(gold, "Resolution 2371", Measure.objects.get(code="UNSCR-2371"), "11", note=HOSTILE)
    factories.assignment(factories.document("Another", corpus=corpus), people.manager)
    return [f"/entities/{entity.pk}/", "/measures/UNSCR-2371/", "/queue/", "/"]


class Links(HTMLParser):
    """Where a page leads to, and what it loads."""

    def __init__(self, address, text):
        super().__init__()
        self.address, self.inside, self.outside, self.loaded, self.handlers = address, set(), [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        self.handlers += [name for name in facts if name.startswith("on") or name == "style"]
        target = facts.get("href") if tag == "a" else None
        if target and urlsplit(target).scheme:
            self.outside.append(facts)
        elif target and not target.startswith("#"):
            self.inside.add(urljoin(self.address, target).partition("#")[0])
        data = facts.get("type") == "application/json"  # a script of that type is never run
        if tag in {"script", "img", "iframe", "link", "source", "object", "embed"} and not data:
            self.loaded.add(facts.get("src") or facts.get("href") or "inline")


def walk(client, start):
    """Every page of ours that can be reached by links, with its Links; downloads and the API are left out.

    Of a page whose links ask it for something else, three addresses: each filter of a ledger leads to others without end.
    """
    seen, waiting, asked = {}, list(start), Counter()
    while waiting:
        address = waiting.pop()
        path, query = urlsplit(address).path, urlsplit(address).query
        if address in seen or re.match(r"/(admin|api|documents)/", path) or path.endswith(".svg") or (query and asked[path] > 2):
            continue
        asked[path] += bool(query)
        answer = client.get(address)
        assert answer.status_code == 200, address
        html = answer.getvalue().decode() if answer["Content-Type"].startswith("text/html") else ""
        seen[address] = Links(address, html)
        waiting += seen[address].inside
    return seen


@pytest.fixture(params=["viewer", "annotator", "reviewer", "manager"])
def walked(request, as_, everything, monkeypatch):
    monkeypatch.setattr(sessions, "NOTED_EVERY_SECONDS", sessions.IDLE_SECONDS)  # the walk may take more than a minute
    client, writes = as_(request.param), []
    client.get("/")

    def note(execute, sql, *arguments):
        if WRITES.match(sql):
            writes.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(note):
        pages = walk(client, everything)
    return pages, writes, client, request.param


def test_no_link_is_dead_no_page_changes_anything_and_nothing_comes_from_elsewhere(walked):
    pages, writes, client, role = walked
    assert len(pages) >= 9
    assert writes == []
    for address, links in pages.items():
        assert [place for place in links.loaded if not re.match(r"/[^/]", place)] == [], address
        assert links.handlers == [], address
        for facts in links.outside:
            assert address.endswith("/original/")
            assert {"noopener", "noreferrer"} <= set(facts["rel"].split())
            assert urlsplit(facts["href"]).scheme == "https"
    # Downloads and the API
    others = {place for links in pages.values() for place in links.inside if re.match(r"/(api|documents)/", place)}
    assert others
    if role == "manager":
        assert {place: client.get(place).status_code for place in others} == dict.fromkeys(others, 200)
