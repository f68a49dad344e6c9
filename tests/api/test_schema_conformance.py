"""Schemathesis makes requests from the schema: no answer is a failure, each is one that the schema tells of.

Each operation once with its examples and once as it comes; the long tests try the edges of its parameters and make up more requests.
"""

import re

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from corpus.api.openapi import schema
from corpus.models import Token
from questions.address.parameters import LEDGERS

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

# Ledgers are one view over one table of parameters: each has forty, and each parameter makes examples of its own.
LIKE_EVENTS = r"/ask/(causes|counts|disputes|figures|findings|law|network|screening|sources)/$"
SCHEMA = schema()


def operations(*, edges: bool):
    """`edges`: with some forty requests for each parameter, which may be all that a value can be and is not."""
    config = schemathesis.Config.from_dict({"phases": {"coverage": {"enabled": edges}}})
    found = schemathesis.openapi.from_dict(SCHEMA, config=config).exclude(path_regex=LIKE_EVENTS)
    found.app = get_wsgi_application()
    return found


once, api = operations(edges=False), operations(edges=True)


@pytest.fixture(autouse=True)
def one_connection():
    """The server under test is in this thread: the end of its request is not the end of the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def headers(own, world):
    """A token that may everything, of a person who may everything."""
    _, secret = Token.issue(world.cast["annotator"], "schemathesis", Token.Scope.values)
    world.cast["annotator"].memberships.update(role="manager")
    return {"Authorization": f"Bearer {secret}"}


def at_home(case, own):
    """The path of what exists, so that the request gets behind the look-up."""
    ids = {"articles": own.article, "documents": own.document, "assignments": own.assignment, "corpora": own.intake}
    area = case.path.split("/")[3]
    found = {"slug": own.corpus.slug, "name": "brat", "ledger": "events", "id": ids[area].pk if area in ids else None}
    code = "UNSCR-2371" if area == "measures" else own.list.code
    found |= {"code": code, "paragraph": "11", "number": 2, "ref": "A-1"}
    case.path_parameters = {name: str(found[name]) for name in case.path_parameters or {}}
    return case


def examples(most, *phases):
    return settings(max_examples=most, phases=phases, derandomize=True, suppress_health_check=list(HealthCheck))


@once.parametrize()
@examples(1, Phase.explicit, Phase.generate)
def test_every_operation_answers_as_the_schema_says(case, own, headers):
    at_home(case, own).call_and_validate(headers=headers, checks=CHECKS)


@pytest.mark.long
@api.parametrize()
@examples(10, Phase.explicit, Phase.generate, Phase.shrink)
def test_so_it_does_to_requests_that_are_made_up(case, own, headers):
    at_home(case, own).call_and_validate(headers=headers, checks=CHECKS)


def test_what_is_left_out_is_asked_elsewhere():
    """Each ledger by `tests/questions/api/test_every_ledger.py`; here the one with most parameters, and that of words."""
    left_out = {path for path in SCHEMA["paths"] if re.search(LIKE_EVENTS, path)}
    asked = {path for path in SCHEMA["paths"] if re.search(r"/ask/\w+/$", path)}
    assert {path.rsplit("/", 2)[1] for path in left_out} == set(LEDGERS) - {"events", "words"}
    assert len(asked - left_out) == 2


# Without the cases at the edges, which the test above has sent where there is something to find.
@pytest.mark.long
@api.parametrize()
@examples(4, Phase.generate)
def test_so_it_does_for_what_is_not_there_and_for_strangers(case, own, headers):
    case.call_and_validate(headers=headers, checks=CHECKS)
    case.call_and_validate(checks=CHECKS)
