"""Bodies made to break a server, put into every place of every write: each is refused, none is a failure."""

import copy
import json
from itertools import cycle

import pytest
from django.db import transaction
from rest_framework.exceptions import ParseError

from annotations.models import LoggedChange
from corpus.api.openapi import schema
from corpus.api.parsers import loads
from tests.api import world as worlds
from tests.api.test_authorisation import addressed
from tests.api.world import change, fragment, new, seven_kinds

WRITES = [
    (operation["operationId"], method, path)
    for path, methods in schema()["paths"].items()
    for method, operation in methods.items()
    if method != "get"
]

# As they stand in the raw body. What no field takes, wherever it is put:
NEVER = {
    "NUL": '"a\\u0000b"',
    "half of a pair": '"a\\ud800"',
    "the other half": '"\\udc00b"',
    "NUL in a key": '{"\\u0000":1}',
    "NaN": "NaN",
    "infinity": "-Infinity",
    "too large a float": "1e999",
    "5,000 digits": "9" * 5000,
    "deep lists": "[" * 100 + "]" * 100,
    "deep objects": '{"a":' * 100 + "1" + "}" * 100,
    "very deep": "[" * 100_000,
    "a key twice": '{"a":1,"a":2}',
    "cut": '{"a":',
}
# What some field may take, and none may fail on:
ODD = {
    "null": "null",
    "true": "true",
    "minus one": "-1",
    "a large number": "99999999999999999999",
    "a fraction": "0.5",
    "an empty text": '""',
    "a long text": json.dumps("x" * 200_000),
    "an empty list": "[]",
    "an empty object": "{}",
    "nulls": "[null,null]",
    "many keys": "{" + ",".join(f'"k{n}":1' for n in range(2_000)) + "}",
    "a list of lists": "[[[[]]]]",
    "direction marks": '"\\u202e\\u2066x"',
    "a path": '"../../../etc/passwd"',
    "SQL": '"\'; DROP TABLE annotations_span; --"',
    "a template": '"{{7*7}}{% debug %}"',
}
MARK = "POISON"


def bodies(own):
    """A good body for each write, and one for each kind of change."""
    _, made = seven_kinds(own.document.text, "poison")
    text = own.document.text
    whole = {"id": new(), "layer": "FIGURE", "label": "MONEY", "key": "k", "event": None,
             "fragments": [fragment(text, "45,000 RMB")],
             "attributes": {"low": 1, "high": 2, "comparator": "between", "approximate": True, "currency": "CNY", "note": "n",
                            "per_count": {"n": 1, "figure": own.ids["figure"], "mention": None},
                            "counted": {"mention": own.ids["actor"]}}}  # fmt: skip
    timed = {"id": new(), "type": "REPATRIATE", "attributes": {"manner": "forced"}, "note": "n",
             "arguments": [{"role": "people", "entity": own.ids["group"], "implicit": True}],
             "time": {"text": None, "start": None, "end": None, "edtf": "2017", "basis": "inferred", "note": "n"}}  # fmt: skip
    entity = {"id": new(), "type": "GROUP", "name": "N", "aliases": ["a"], "countries": ["KP"], "anonymous": False,
              "births": [{"edtf": "1960", "words": "w"}], "identifiers": [{"scheme": "s", "value": "v"}],
              "list_links": [{"list": "l", "entry": "e", "match": "possible", "list_version": "2017-01-01", "reviewer": "x"}]}  # fmt: skip
    more = [change("create", "span", whole), change("create", "event", timed), change("create", "entity", entity),
            change("update", "span", {"id": own.ids["figure"], "attributes": {"low": 1}}),
            change("delete", "link", {"id": own.ids["link"]})]  # fmt: skip
    yield from (("assignments_changes_create", {"base": 1, "changes": [one]}) for one in more + made[2:3] + made[6:7] + made[-2:])
    first = LoggedChange.objects.get(object_id=own.ids["figure"], op="create")
    figures = {"suggester": "figures", "version": "1", "score": 0.5}
    rejected = {"id": new(), "kind": "span", "layer": "FIGURE", "label": "MONEY", "fragments": [fragment(text, "45,000 RMB")],
                "by": [figures], "outcome": "rejected", "made": None, "seconds": 1.5}  # fmt: skip
    yield "assignments_changes_create", {"base": 1, "changes": [change("create", "outcome", rejected)]}
    yield "assignments_suggestions_create", {"digest": "0" * 64}
    yield "assignments_restore_create", {"base": 1, "change": str(first.pk)}
    yield "entities_merge_create", {"into": own.gold_ids["group"]}
    yield "entities_decisions_create", {"id": new(), "revision": 1, "list": "L", "entry": "1", "match": "possible", "note": "n"}
    yield "candidates_decision_create", {"id": new(), "match": "possible", "entry": "0", "note": "n", "revision": 1}
    yield "corpora_screening_create", {}
    match = {"id": "1", "names": ["N"], "type": "PERSON", "births": ["1960"], "countries": ["KP"]}
    yield "match_create", {"names": [match | {"identifiers": [{"scheme": "imo", "value": "1"}]}], "lists": ["L"], "threshold": 72}
    yield "merges_undo_create", {}
    yield "documents_adjudication_create", {"reason": "r"}
    yield "adjudications_readings_create", {}
    accepted = {"outcome": "accepted", "difference": "mark", "base": 1, "reader": "A", "reason": "slip", "note": "n"}
    yield "adjudications_decisions_create", {"id": new()} | accepted
    yield "adjudications_paragraphs_create", {"id": new(), "reader": "A", "difference": "mark"}
    yield "lists_versions_create", {}
    yield "lists_look_create", {}
    yield "lists_versions_confirm_create", {}
    yield "lists_versions_refuse_create", {}
    yield "events_join_create", {"with": own.ids["other"], "verdict": "same", "note": "n"}
    yield "judgements_undo_create", {}
    question = {"name": "N", "ledger": "events", "query": "type=PAY", "note": "n", "is_shared": True}
    yield "corpora_questions_create", {"id": new()} | question
    yield "questions_partial_update", question
    yield "questions_destroy", {}
    yield "questions_look_create", {"seal": "0"}
    yield "corpora_intakes_create", {"urls": ["https://example.org/a"], "with_pages": True, "look_first": False}
    yield "corpora_intakes_files_create", {}
    yield "corpora_intakes_retry_create", {}
    yield "corpora_load_create", {}
    yield "corpora_evidence_create", {}
    yield "corpora_feeds_create", {"url": "https://example.org/feed", "minutes": 60, "with_pages": True}
    yield "corpora_members_create", {"user": "authenticated_no_project", "role": "viewer"}
    yield "corpora_members_partial_update", {"role": "viewer", "languages": ["en"], "capacity": 1000, "paused": True}
    yield "corpora_members_destroy", {}
    yield "corpora_feeds_partial_update", {"is_active": True, "minutes": 60, "with_pages": False}
    yield (
        "corpora_team_partial_update",
        {
            "self_service": True,
            "open_at_once": 5,
            "lapse_days": 14,
            "approve": 20,
            "practice_tests": 1,
            "practice_least": 80,
            "show_people": True,
            "targets": {"ACTOR": 80},
        },
    )
    person = {"user": "annotator", "weight": 1}
    yield (
        "corpora_plans_create",
        {"name": "P", "filter": "", "readings": 2, "share": 9, "chances": "length", "due": "2031-01-01", "people": [person]},
    )
    yield "corpora_plans_partial_update", {"state": "paused"}
    yield "corpora_plans_partial_update", {"revision": 0, "name": "P", "due": "2031-01-01", "people": [person]}
    yield "corpora_plans_practice_create", {"article": str(own.article.pk), "kind": "none"}
    yield "corpora_bin_create", {"kind": "article", "id": str(own.article.pk), "name": "N", "reason": "r"}
    yield "bin_restore_create", {}
    yield "corpora_bin_restore_create", {"deletions": [new()]}
    yield "carries_undo_create", {}
    yield "assignments_undo_create", {"changes": [new()]}
    yield "articles_carries_create", {"reading": str(own.assignment.pk)}
    yield "carry_items_decision_create", {"decision": "dismissed"}
    yield "corpora_plans_assign_create", {}
    yield "corpora_assigned_undo_create", {}
    yield "corpora_plans_start_create", {}
    yield "corpora_approval_gold_create", {}
    row = {"kind": "label", "layer": "ACTOR", "label": "", "attribute": "", "code": "ORG", "to": "", "reason": "r"}
    yield "corpora_moves_create", {"source": "a/1", "target": "b/1", "scope": "all", "mapping": [row]}
    yield "corpora_moves_partial_update", {"scope": "all", "mapping": [row]}
    yield "corpora_moves_destroy", {}
    yield "corpora_moves_do_create", {}
    yield "corpora_moves_undo_create", {}
    yield "notices_partial_update", {"read": True}
    yield "queue_next_create", {"corpus": own.corpus.slug, "again": False}
    yield "corpora_feeds_look_create", {}
    yield "corpora_feeds_destroy", {}
    yield (
        "corpora_mappings_update",
        {"marks": {"GPE": "ACTOR.TERRITORY"}, "ties": {"Located": None}, "roles": {}, "attributes": {}},
    )
    yield "corpora_mappings_destroy", {}
    yield (
        "corpora_threads_create",
        {"id": new(), "assignment": str(own.assignment.pk), "mark": str(own.ids["actor"]), "text": "T"},
    )
    yield "threads_partial_update", {"state": "resolved", "guideline_version": 1}
    yield "threads_partial_update", {"public": True}
    yield "threads_posts_create", {"id": new(), "text": "T"}
    yield "corpora_guidelines_create", {"title": "T", "body": "B", "layer": "ACTOR", "label": "COMPANY"}
    yield "guidelines_versions_create", {"base": 1, "title": "T", "body": "B", "note": "N"}
    text = str(own.document.pk)
    yield (
        "guidelines_rulings_create",
        {"document": text, "start": 0, "end": 3, "right": "ACTOR.COMPANY", "wrong": "ACTOR.ORG", "why": "W"},
    )
    yield "articles_copy_create", {"is_copy": True, "of": str(own.unread.article_id)}
    yield "articles_story_create", {"other": str(own.unread.article_id)}
    yield "articles_story_destroy", {}
    yield "intake_items_save_create", {"refuse": ["rejoin@1-2"]}
    yield "intake_items_leave_create", {}
    yield "assignments_create", {"document": str(own.unread.pk)}
    yield "assignments_partial_update", {"status": "open"}
    yield (
        "corpora_articles_create",
        {
            "title": "T",
            "text": "Words.",
            "url": "https://example.org/x",
            "outlet": "O",
            "language": "en",
            "published": "2017",
            "clean": True,
        },
    )


def places(value, path=()):
    """The path of every value in a body, the body itself included."""
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in children:
        yield from places(entry, (*path, key))


def poisoned(body, path, poison):
    """The raw body with `poison` at that place."""
    if not path:
        return poison
    whole = copy.deepcopy(body)
    inside = whole
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = MARK
    return json.dumps(whole).replace(f'"{MARK}"', poison)


REVIEWERS = {
    "entities_merge_create",
    "merges_undo_create",
    "events_join_create",
    "judgements_undo_create",
    "documents_adjudication_create",
    "adjudications_decisions_create",
    "adjudications_readings_create",
    "adjudications_paragraphs_create",
}
MANAGERS = ("corpora_", "articles_", "intake_items_")


@pytest.fixture
def senders(own, world):
    """Operation → (method, url, a client that may write). What is at an address is made before any body is sent."""
    clients = {role: worlds.bearer(world.cast[role], "annotate") for role in ("annotator", "reviewer", "manager")}
    made = {}
    for operation, method, path in WRITES:
        role = "reviewer" if operation in REVIEWERS else "manager" if operation.startswith(MANAGERS) else "annotator"
        made[operation] = method, addressed(path, own), clients[role]
    return made


def send(senders, operation, raw):
    method, url, client = senders[operation]
    return client.generic(method.upper(), url, raw.encode("utf-8", "surrogatepass"), content_type="application/json")


def test_every_write_of_the_schema_is_poisoned(own):
    assert {name for name, _ in bodies(own)} == {name for name, _, _ in WRITES}


def test_a_body_with_something_odd_in_each_place_is_no_failure(own, senders):
    """One of them in each place, in turn; the two that follow put each of them everywhere."""
    wrong, kinds = [], cycle((NEVER | ODD).items())
    for operation, body in bodies(own):
        for path in places(body):
            name, poison = next(kinds)
            response = send(senders, operation, poisoned(body, path, poison))
            if response.status_code >= 500 or (name in NEVER and response["Content-Type"] != "application/problem+json"):
                wrong.append((operation, path, name, response.status_code, response.content[:200]))
    assert wrong == []


@pytest.mark.long
@pytest.mark.parametrize("poison", NEVER)
def test_what_can_never_be_stored_is_refused_in_every_place(poison, own, senders):
    """By the one reader of bodies; that each operation reads by it is asked with one place of each body."""
    wrong = []
    for operation, body in bodies(own):
        for path in places(body):
            raw = poisoned(body, path, NEVER[poison])
            with pytest.raises(ParseError):
                loads(raw.encode("utf-8", "surrogatepass"))
        response = send(senders, operation, raw)
        if not 400 <= response.status_code < 500 or response["Content-Type"] != "application/problem+json":
            wrong.append((operation, path, response.status_code))
    assert wrong == []


@pytest.mark.long
@pytest.mark.parametrize("oddity", ODD)
def test_nothing_that_is_odd_is_a_failure_in_any_place(oddity, own, senders):
    """An operation finds all as it was made: what an earlier one put in the bin would answer 404 to each body."""
    wrong = []
    for operation, body in bodies(own):
        before = transaction.savepoint_create()
        for path in places(body):
            response = send(senders, operation, poisoned(body, path, ODD[oddity]))
            if response.status_code >= 500:
                wrong.append((operation, path, response.status_code, response.content[:200]))
        transaction.savepoint_rollback(before)
    assert wrong == []
