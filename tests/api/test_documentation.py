"""docs/api.md tells what is there, and its session runs as it stands."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from corpus.api.openapi import schema
from corpus.api.pagination import DEFAULT_LIMIT, LARGEST_LIMIT
from corpus.api.parsers import DEEPEST
from corpus.models import Token
from tests import factories

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")


def test_every_resource_of_the_api_is_on_the_page():
    areas = {path.removeprefix("/api/v1/").partition("{")[0] for path in schema()["paths"]}
    assert [area for area in areas if f"`{area}" not in PAGE] == []


def test_every_scope_is_on_the_page():
    assert all(f"| `{scope}` |" in PAGE for scope in Token.Scope.values)


def test_the_numbers_of_the_page_are_those_of_the_code():
    assert f"1 to {LARGEST_LIMIT} ({DEFAULT_LIMIT} if not given)" in PAGE
    assert f"than {DEEPEST} levels" in PAGE
    assert f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20} MiB" in PAGE


@pytest.mark.django_db(transaction=True)
def test_the_session_of_the_page_runs_as_it_stands(live_server):
    person = factories.user("manager")
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    factories.membership(corpus, person, "manager")
    _, secret = Token.issue(person, "the page", ["annotate"])
    session, newer_text = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names = {"BASE": live_server.url, "TOKEN": secret}
    exec(compile(session, "docs/api.md", "exec"), names)
    assert names["figures"]["results"][0]["low"] == 300
    exec(compile(newer_text, "docs/api.md, newer texts", "exec"), names)
    assert names["taken"]["decision"] == "taken"
