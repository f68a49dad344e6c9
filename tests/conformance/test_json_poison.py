"""The shared catalogue of poisoned JSON, sent to every write of the API."""

import json
from copy import deepcopy
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest
from rest_framework.exceptions import ParseError

from corpus.api.parsers import loads
from tests.api import world as worlds
from tests.api.test_authorisation import addressed, operations
from tests.conformance.material import cases
from tests.fixtures.standing import Standing


def build():
    made = worlds.World()
    assert made.own
    return made


standing = Standing("world", Path(__file__), build)


@pytest.fixture
def world(db):
    return deepcopy(standing.made) if standing.stands else worlds.World()


NAMES = {"corpora_articles_create": ["title", "text", "outlet"], "assignments_create": ["document"],
         "assignments_partial_update": ["status"], "assignments_changes_create": ["base", "changes"], "assignments_restore_create": ["base", "change"], "assignments_undo_create": ["changes"], "assignments_suggestions_create": ["digest"],
         "entities_merge_create": ["into"], "entities_decisions_create": ["list", "entry", "match", "note"], "merges_undo_create": [],
         "documents_adjudication_create": ["reason"], "adjudications_readings_create": [], "adjudications_paragraphs_create": ["id", "reader", "difference"], "adjudications_decisions_create": ["outcome", "difference", "reader", "reason", "note"],
         "candidates_decision_create": ["match", "entry", "note"], "corpora_screening_create": [], "match_create": ["names", "lists"],
         "lists_versions_create": [], "lists_look_create": [], "lists_versions_confirm_create": [], "lists_versions_refuse_create": [],
         "corpora_intakes_create": ["urls"], "corpora_intakes_files_create": [], "corpora_intakes_retry_create": [], "corpora_load_create": [], "corpora_evidence_create": [],
         "corpora_members_create": ["user", "role"], "corpora_members_partial_update": ["role", "languages", "paused"], "corpora_members_destroy": [],
         "corpora_feeds_create": ["url"], "corpora_feeds_partial_update": ["minutes", "is_active"],
         "corpora_approval_gold_create": [], "corpora_bin_create": ["kind", "id", "name", "reason"], "bin_restore_create": [], "corpora_bin_restore_create": ["deletions"], "carries_undo_create": [], "articles_carries_create": ["reading"], "carry_items_decision_create": ["decision"],
         "corpora_plans_practice_create": ["article", "kind"],
         "corpora_threads_create": ["id", "assignment", "mark", "text"], "threads_partial_update": ["state", "assignee", "public"], "threads_posts_create": ["id", "text"],
         "corpora_guidelines_create": ["title", "body", "layer", "label"], "guidelines_rulings_create": ["document", "right", "wrong", "why"], "guidelines_versions_create": ["base", "title", "body", "note"],
         "corpora_mappings_update": ["marks", "ties"], "corpora_mappings_destroy": [],
         "corpora_team_partial_update": ["open_at_once", "before"], "corpora_plans_create": ["name", "filter", "readings", "share", "chances", "people"],
         "corpora_plans_partial_update": ["state", "revision", "name", "due", "people"], "corpora_plans_start_create": [], "corpora_plans_assign_create": [], "corpora_assigned_undo_create": [], "notices_partial_update": ["read"],
         "corpora_moves_create": ["source", "target", "scope", "mapping"], "corpora_moves_partial_update": ["scope", "mapping"],
         "corpora_moves_destroy": [], "corpora_moves_do_create": [], "corpora_moves_undo_create": [], "queue_next_create": ["corpus", "again"],
         "corpora_feeds_look_create": [], "corpora_feeds_destroy": [],
         "articles_copy_create": ["is_copy", "of"], "articles_story_create": ["other"], "articles_story_destroy": [],
         "events_join_create": ["with", "verdict", "note"], "judgements_undo_create": [],
         "corpora_questions_create": ["id", "name", "ledger", "query", "note", "is_shared"],
         "questions_partial_update": ["name", "ledger", "query", "note", "is_shared"], "questions_destroy": [],
         "questions_look_create": ["seal"],
         "intake_items_save_create": ["refuse"], "intake_items_leave_create": []}  # fmt: skip

SOUND = {("threads_partial_update", '{"assignee":null}')}  # a thread that nobody is to answer


def variants(payload, operation):
    """The body as it stands, and with its field names replaced by those of the operation: each that it has."""
    replaced = (
        payload.replace(f'"{theirs}"', json.dumps(name)) for name in NAMES[operation] for theirs in ("name", "meta", "start")
    )
    return list(dict.fromkeys([payload, *replaced]))


def bodies_of(payload, operation):
    """Of what the one reader of bodies refuses whatever its names are, one body: that each operation reads by it."""
    bodies = variants(payload, operation)
    if all(unreadable(body) for body in bodies):
        return bodies[-1:]
    return [body for body in bodies if (operation, body.strip()) not in SOUND]


def unreadable(body):
    try:
        loads(body.encode("utf-8", "surrogatepass"))
    except ParseError:
        return True
    return False


@pytest.fixture
def writes(world):
    """(operation, a function that sends it a body) of each write, as somebody who may."""
    roles = {
        "entities_merge_create": "reviewer",
        "merges_undo_create": "reviewer",
        "events_join_create": "reviewer",
        "judgements_undo_create": "reviewer",
        "documents_adjudication_create": "reviewer",
        "adjudications_decisions_create": "reviewer",
        "adjudications_readings_create": "reviewer",
    }
    roles |= {name: "manager" for name in NAMES if name.startswith(("corpora_", "articles_", "intake_items_"))}
    held = {role: worlds.bearer(world.cast[role], "annotate") for role in ("annotator", "reviewer", "manager")}
    return [
        (name, partial(held[roles.get(name, "annotator")].generic, method.upper(), addressed(path, world.own)))
        for name, method, path in operations()
        if method != "get"
    ]


def assert_refused(operation, send, body):
    response = send(body.encode("utf-8", "surrogatepass"), content_type="application/json")
    assert 400 <= response.status_code < 500, (operation, body[:100])
    assert response["Content-Type"] == "application/problem+json"


def test_every_write_refuses_a_poisoned_body(writes):
    """One body under each of its names, the kinds in turn; the next test sends all to all."""
    kinds = cycle(cases("json_poison.txt"))
    for operation, send in writes:
        for body in bodies_of(next(kinds).payload, operation):
            assert_refused(operation, send, body)


@pytest.mark.long
@pytest.mark.parametrize("case", cases("json_poison.txt"), ids=lambda case: case.id)
def test_each_is_refused_by_every_write(case, writes):
    for operation, send in writes:
        for body in bodies_of(case.payload, operation):
            assert_refused(operation, send, body)
