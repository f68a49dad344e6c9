"""Every operation and every page, asked by every role. The rows stand in authz_matrix.py."""

import re
from contextlib import nullcontext
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone

from annotations.agreement.pair_counts import METHOD
from annotations.bin.put import delete
from annotations.discussion.threads import open_thread
from annotations.guidelines.versions import create
from annotations.models import (
    Adjudication,
    AdjudicationInput,
    Carry,
    CarryItem,
    Event,
    GuidelineVersion,
    LoggedChange,
    Move,
    Notice,
    PairScore,
    Plan,
    Thread,
)
from annotations.notices.choices import mail_key
from annotations.write.merge_entities import merge
from corpus.accounts import sessions
from corpus.api.openapi import schema
from corpus.models import Edit
from lake.models import Lake, Promotion
from lake.promotion.jobs import start as start_promotion
from questions.coreference.judge import judge
from questions.models import SavedQuestion, SeenState
from registry.models import Entity, ListCandidate, ListVersion, ScreenedBy, ScreeningRun
from registry.names import compare
from tests import factories, listed
from tests.api import authz_matrix
from tests.api.world import ROLES, change, fragment, new, newer_scheme

OPERATIONS = authz_matrix.table(authz_matrix.OPERATIONS)
# What an operation does not answer without.
QUERIES = {
    **dict.fromkeys(("corpora_export_retrieve", "corpora_export_losses_retrieve"), "?format=native"),
    "corpora_ask_file_retrieve": "?format=jsonl",
    "corpora_ask_words_retrieve": "?on=label:GROUP",
    **dict.fromkeys(("measures_counts_retrieve", "measures_paragraphs_events_retrieve"), "?corpus={slug}"),
}
ID = {"pk": "id"}  # of a part of an address in the schema
PAGES = authz_matrix.table(authz_matrix.PAGES)
POSTS = authz_matrix.table(authz_matrix.POSTS)


def operations():
    """(operation id, method, path template) of the schema."""
    for path, methods in schema()["paths"].items():
        for method, operation in methods.items():
            yield operation["operationId"], method, path


def names(patterns=None, spaces=()):
    """The named addresses of the site, with their name spaces; the admin's own stand in another test."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            inside = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from () if pattern.namespace == "admin" else names(pattern.url_patterns, inside)
        elif pattern.name:
            yield ":".join([*spaces, pattern.name])


def a_member(of):
    return of.corpus.memberships.filter(role="viewer").first() or factories.membership(of.corpus, factories.user(), "viewer")


def once(make, of):
    """What `make` makes of a corpus, once in a test: what an operation does to it is taken back."""
    if make not in of.made:
        of.made[make] = make(of)
    return of.made[make]


def addressed(path, of):
    """A path of the schema with the ids of a corpus."""
    ids = {"articles": of.article, "documents": of.document, "assignments": of.assignment, "corpora": of.intake}
    ids |= {"corpora": of.feed} if "/feeds/" in path else {}
    ids |= {"corpora": once(a_member, of)} if "/members/" in path else {}
    area = path.split("/")[3]
    named = {"entities": once(an_entity, of).pk} | {name: row.pk for name, row in ids.items()}
    named["intake-items"] = of.held.pk
    named |= {"events": of.ids["event"], "linked-events": of.ids["event"]}
    if area == "questions":
        named["questions"] = once(a_shared_question, of).pk
    if area == "judgements":
        named["judgements"] = once(two_that_were_judged, of).pk
    if "/screening/" in path and "/ask/" not in path:
        named["corpora"] = once(a_candidate, of).first_run_id
    if "/agreement/pairs/" in path:
        named["corpora"] = once(a_pair, of).pk
    if area == "guidelines":
        named["guidelines"] = once(a_guideline, of).guideline_id
    if area == "notices":
        named["notices"] = once(a_notice, of).pk
    if area == "threads":
        named["threads"] = once(a_thread, of).pk
    if area == "adjudications":
        named["adjudications"] = an_adjudication(of).pk
    if "/plans/" in path:
        named["corpora"] = a_plan(of).pk
    if "/assigned/" in path:
        named["corpora"] = once(a_batch, of)
    if "/moves/" in path:
        named["corpora"] = a_move(of).pk
    if area == "carries":
        named["carries"] = a_carry(of, of.article).pk
    if area == "carry-items":
        named["carry-items"] = a_carry(of, of.article).items.get().pk
    if area == "bin":
        named["bin"] = once(a_deletion, of).pk
    if area == "candidates":
        named["candidates"] = once(a_candidate, of).pk
    if area == "merges":
        named["merges"] = once(two_that_were_merged, of).pk
    return (
        path.replace("{slug}", of.corpus.slug)
        .replace("{name}", "brat")
        .replace("{ledger}", "events")
        .replace("measures/{code}", "measures/UNSCR-2371")
        .replace("paragraphs/{paragraph}", "paragraphs/11")
        .replace("{code}", of.list.code)
        .replace("{number}", "2")
        .replace("{ref}", "A-1")
        .replace("{id}", str(named.get(area, "")))
    )


def an_entity(of):
    """That no reading has made, so that nobody is to wait for it."""
    return Entity.objects.create(corpus=of.corpus, type="GROUP", name=f"{of.canary} group", note=f"{of.canary} note")


def a_promotion(of):
    """Out of a lake of its corpus."""
    slug = f"lake-{of.corpus.slug}"
    lake, _ = Lake.objects.get_or_create(slug=slug, defaults={"name": f"{of.canary} lake", "folder": f"/nowhere/{slug}"})
    lake.corpora.add(of.corpus)
    earlier = Promotion.objects.filter(corpus=of.corpus).first()
    return earlier or start_promotion(lake, of.corpus, f"SELECT page FROM pages -- {of.canary}")


def a_guideline(of):
    text = {"title": f"{of.canary} title", "body": f"{of.canary} body"}
    newest = GuidelineVersion.objects.filter(guideline__corpus=of.corpus).first()
    return newest or create(of.corpus, "ACTOR.COMPANY", of.gold.annotator, **text)


def a_notice(of):
    """Of the annotator."""
    about = {"user": of.assignment.annotator, "corpus": of.corpus, "kind": "returned", "assignment": of.assignment}
    return Notice.objects.get_or_create(**about, defaults={"in_app": True})[0]


def a_thread(of):
    """About a mark of the annotator's."""
    earlier = Thread.objects.filter(corpus=of.corpus).first()
    return earlier or open_thread(of.assignment, UUID(str(of.ids["actor"])), f"{of.canary} question", of.assignment.annotator)


def a_deletion(of):
    """Of an article without readings, by a manager."""
    made = factories.article(of.corpus, f"{of.canary} deleted")
    managers = of.corpus.memberships.filter(role="manager", user__is_active=True)
    manager = managers.first() or factories.membership(of.corpus, factories.user(), "manager")
    return delete(made, manager.user, f"{of.canary} reason")


def a_pair(of):
    """The gold and the annotator's reading."""
    revisions = {"left_revision": of.gold.revision, "right_revision": of.assignment.revision}
    fields = {"method": METHOD, "counts": {}, "at": timezone.now()} | revisions
    return PairScore.objects.get_or_create(left=of.gold, right=of.assignment, defaults=fields)[0]


def an_adjudication(of):
    """Whose gold is submitted, made of the annotator's reading."""
    made, _ = Adjudication.objects.get_or_create(gold=of.gold, defaults={"user": of.gold.annotator})
    fields = {"revision": of.assignment.revision, "position": 0}
    AdjudicationInput.objects.get_or_create(adjudication=made, assignment=of.assignment, defaults=fields)
    return made


def a_batch(of):
    """Of one reading, the annotator's."""
    batch, after = uuid5(NAMESPACE_OID, of.canary), {"annotator": of.assignment.annotator.username, "due": ""}
    fields = {"user": of.assignment.annotator, "label": of.canary, "after": after}
    Edit.objects.get_or_create(corpus=of.corpus, kind="reading", object=str(of.assignment.pk), batch=batch, defaults=fields)
    return batch


def a_plan(of):
    """Of no text, and running."""
    fields = {"created_by": of.assignment.annotator, "state": "running", "started": timezone.now()}
    return Plan.objects.get_or_create(corpus=of.corpus, name=f"{of.canary} plan", defaults=fields)[0]


def a_team_edit(of):
    """By who annotates, as they managed once."""
    before, after = {"approve": "0"}, {"approve": "20"}
    fields = {"user": of.assignment.annotator, "label": of.corpus.name, "before": before, "after": after}
    return Edit.objects.get_or_create(corpus=of.corpus, kind="corpus", object=str(of.corpus.pk), defaults=fields)[0]


def a_move(of):
    """A draft of a scheme change."""
    source, fields = of.assignment.scheme, {"user": of.assignment.annotator}
    return Move.objects.get_or_create(corpus=of.corpus, source=source, target=newer_scheme(source), defaults=fields)[0]


def a_candidate(of):
    """An open candidate of a public list, and its run."""
    current = ListVersion.objects.filter(list__code="TEST", state="current").first()
    version = current or listed.version("TEST", "TEST-001; Exampel Trading Corporation; KP")
    ScreenedBy.objects.get_or_create(corpus=of.corpus, list=version.list)
    firm = Entity.objects.create(corpus=of.corpus, type="COMPANY", name=f"Exampel Trading Corporation {of.canary}")
    run = ScreeningRun.objects.create(corpus=of.corpus, trigger="list", matcher="names/1", finished=timezone.now())
    entry = version.list.entries.get()
    explanation = compare(firm.name, "Exampel Trading Corporation", "body").as_dict()
    return ListCandidate.objects.create(
        entity=firm, list=version.list, ref=entry.ref, version=version.number, entry_digest=entry.digest, score=90,
        explanation=explanation, first_run=run, last_run=run,
    )  # fmt: skip


def two_that_were_merged(of):
    gone, kept = (Entity.objects.create(corpus=of.corpus, type="GROUP", name=f"{of.canary} twice") for _ in range(2))
    return merge(gone, kept, of.assignment.annotator)


def two_that_were_judged(of):
    """Events of the gold."""
    one, other = (Event.objects.get(pk=of.gold_ids[name]) for name in ("event", "other"))
    return judge(one, other, "same", of.assignment.annotator)


def a_shared_question(of):
    """A question of the annotator, seen before its rows came."""
    query = f"entity={once(an_entity, of).pk}&status=any"
    fields = {"ledger": "events", "query": query, "note": f"{of.canary} note", "is_shared": True}
    owner = of.assignment.annotator
    question, _ = SavedQuestion.objects.get_or_create(
        corpus=of.corpus, owner=owner, name=f"{of.canary} question", defaults=fields
    )
    SeenState.objects.get_or_create(question=question, user=owner, defaults={"at": timezone.now(), "rows": {of.canary: ""}})
    return question


def a_copy(of):
    """An article that says what another one says, with two texts."""
    made = factories.article(of.corpus, f"{of.canary} again", copy_of=of.article, similarity=0.9)
    factories.document(f"{of.canary} once", of=made)
    return factories.document(f"{of.canary} twice", of=made)


def a_carry(of, article):
    """Of the annotator's marks to another article's text, with one line that waits; once."""
    if earlier := Carry.objects.filter(source=of.assignment).first():
        return earlier
    newer = factories.assignment(factories.document(f"{of.canary} newer", of=article), of.assignment.annotator)
    made = Carry.objects.create(source=of.assignment, assignment=newer, counts={}, user=of.assignment.annotator)
    CarryItem.objects.create(carry=made, position=0, kind="span", object_id="1", quote=of.canary, outcome="orphan")
    return made


def body_for(operation, of):
    """What the operation needs to succeed, for one who may."""
    return once(bodies, of).get(operation)


def bodies(of):
    mark = {"id": new(), "layer": "FIGURE", "label": "MONEY", "fragments": [fragment(of.document.text, "45,000 RMB")]}
    return {
        "corpora_feeds_create": {"url": "https://news.invalid/feed"},
        "corpora_intakes_create": {"urls": []},
        "corpora_threads_create": {"id": new(), "assignment": str(of.assignment.pk), "text": "Why?"},
        "threads_partial_update": {"state": "resolved"},
        "threads_posts_create": {"id": new(), "text": "So."},
        "corpora_guidelines_create": {"title": "T", "body": "B"},
        "guidelines_versions_create": {"base": 1, "title": "T", "body": "B"},
        "guidelines_rulings_create": a_ruling_of(of),
        "corpora_plans_practice_create": {"article": str(of.article.pk), "kind": "none"},
        "corpora_bin_create": {"kind": "article", "id": str(of.unread.article_id), "reason": "R"},
        "corpora_bin_restore_create": {"deletions": [str(once(a_deletion, of).pk)]},
        "corpora_team_partial_update": {"open_at_once": 5},
        "corpora_plans_create": {"name": "Overlap", "readings": 2, "share": 20},
        "corpora_plans_partial_update": {"state": "paused"},
        "corpora_members_create": {"user": "authenticated_no_project", "role": "viewer"},
        "corpora_members_partial_update": {"paused": True},
        "corpora_moves_create": {"target": "sanctions-core/9.0.0"},
        "corpora_moves_partial_update": {"mapping": []},
        "queue_next_create": {},
        "notices_partial_update": {"read": True},
        "corpora_mappings_update": {"marks": {"Person": "ACTOR.PERSON"}},
        "corpora_articles_create": {"title": "A title", "text": "A text of some words."},
        "articles_copy_create": {"is_copy": True, "of": str(of.unread.article_id)},
        "articles_story_create": {"other": str(of.unread.article_id)},
        "entities_merge_create": {"into": of.gold_ids["group"]},
        "entities_decisions_create": {"id": new(), "revision": 1, "list": "UN", "entry": "1", "match": "possible"},
        "candidates_decision_create": {"id": new(), "match": "possible", "entry": once(a_candidate, of).entry_digest},
        "adjudications_decisions_create": {"id": new(), "difference": "mark", "outcome": "dropped", "base": 1},
        "adjudications_paragraphs_create": {"id": new(), "reader": "A", "difference": "mark"},
        "carry_items_decision_create": {"decision": "dismissed"},
        "match_create": {"names": [{"names": ["Exampel Trading Corporation"], "type": "COMPANY"}]},
        "corpora_questions_create": {"name": "Paid", "ledger": "events", "query": "type=PAY"},
        "questions_partial_update": {"name": "Renamed"},
        "questions_look_create": {},
        "events_join_create": {"with": of.ids["other"], "verdict": "same"},
        "assignments_create": {"document": str(of.unread.pk)},
        "assignments_partial_update": {"status": "open"},
        "assignments_changes_create": {"base": 1, "changes": [change("create", "span", mark)]},
        "assignments_restore_create": {"base": 1, "change": made_by(of.ids["figure"])},
        "assignments_suggestions_create": {"digest": "0" * 64},
        "assignments_undo_create": {"changes": [made_by(of.ids["link"])]},
    }


def made_by(pk):
    """The change that created an object."""
    return str(LoggedChange.objects.get(object_id=pk, op="create").pk)


def a_ruling_of(of):
    return {"document": str(of.document.pk), "start": 0, "end": 3, "right": "ACTOR.COMPANY", "why": "W"}


# Not a plan that runs, a scheme change and an adjudication: they are in the way of others.
STAYS = (a_member, an_entity, a_shared_question, two_that_were_judged, a_candidate, a_pair, a_guideline, a_notice, a_thread, a_batch,
         a_deletion, two_that_were_merged, bodies)  # fmt: skip


def ask(client, operation, method, path, of, watch=None):
    """The status, and all bytes of the answer; what was written is taken back. `watch`: entered for the request alone."""
    query = QUERIES.get(operation, "").replace("{slug}", of.corpus.slug)
    for make in STAYS:
        once(make, of)
    with transaction.atomic():
        address, body = addressed(path, of) + query, body_for(operation, of)
        with nullcontext() if watch is None else watch:
            response = getattr(client, method)(address, body, format="json")
            content = response.getvalue()
        transaction.set_rollback(True)
    return response, content


# Parts of the paths of what has a number for an id.
NUMBERED = ("intake", "feeds", "members", "candidates", "screening", "agreement", "/guidelines/{id}", "plans", "notices")


def test_every_operation_of_the_schema_has_a_row():
    assert {name for name, _, _ in operations()} == set(OPERATIONS)


def test_every_named_address_has_a_row_or_is_an_operation():
    assert sorted(set(names())) == sorted(set(PAGES) | set(resources()))


def resources():
    """Names under /api/v1/ whose methods are operations of the schema."""
    return {f"api:{pattern.name}" for pattern in api_patterns() if f"api:{pattern.name}" not in PAGES}


def api_patterns():
    api = next(p for p in get_resolver().url_patterns if getattr(p, "namespace", "") == "api")
    for pattern in api.url_patterns:
        yield from getattr(pattern, "url_patterns", [pattern])


def test_every_method_of_a_resource_is_an_operation(db):
    """So that no method hides behind an address: the schema tells of each."""
    described = {(path.replace("{", "").replace("}", ""), method) for _, method, path in operations()}
    for pattern in api_patterns():
        for method in set(getattr(pattern.callback, "actions", None) or {}) - {"head"}:
            if f"api:{pattern.name}" in resources():
                path = "/api/v1/" + re.sub(r"<\w+:(\w+)>", lambda part: ID.get(part[1], part[1]), str(pattern.pattern))
                assert (path, method) in described


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_the_answers_of_its_column_and_no_trace_of_more(role, world):
    """Neither of the other corpus, however it is asked for, nor of anybody's address of mail."""
    hidden = {"foreign_manager": world.own.canary, "site_admin": "mailcanary"}.get(role, world.foreign.canary)
    asked = [world.own] if role in ("foreign_manager", "site_admin") else [world.own, world.foreign]
    wrong = []
    for operation, method, path in operations():
        for corpus in asked:
            response, content = ask(world.clients[role], operation, method, path, corpus)
            if corpus is world.own and str(response.status_code) != OPERATIONS[operation][role]:
                wrong.append(f"{operation}: {response.status_code}, not {OPERATIONS[operation][role]}: {content[:200]}")
            told = (content + str(dict(response.items())).encode()).replace(b"foreigncanary.example", b"")
            wrong += [f"{operation} tells of {word}" for word in (hidden, "mailcanary") if word.encode() in told]
    assert wrong == []


def test_what_is_foreign_answers_as_what_does_not_exist(world):
    client, wrong = world.clients["manager"], []
    assert world.own
    for operation, method, path in operations():
        if "{" in path:
            _, foreign = ask(client, operation, method, path, world.foreign)
            query = QUERIES.get(operation, "").replace("{slug}", "nowhere")
            with transaction.atomic():
                missing = getattr(client, method)(nowhere(path) + query, body_for(operation, world.own), format="json")
                transaction.set_rollback(True)
            if missing.status_code != 404 or foreign != missing.content:
                wrong.append((operation, missing.status_code, foreign[:200]))
    assert wrong == []


def nowhere(path):
    return (
        path.replace("{slug}", "nowhere")
        .replace("{name}", "brat")
        .replace("{ledger}", "events")
        .replace("{code}", "nowhere")
        .replace("{number}", "2")
        .replace("{ref}", "A-1")
        .replace("{id}", "0" if any(word in path for word in NUMBERED) else new())
    )


def test_no_reading_writes(world, monkeypatch):
    """Whoever asks, with whatever: GET leaves no row behind. The last use of a token and of a session is noted once, before."""
    monkeypatch.setattr(sessions, "NOTED_EVERY_SECONDS", sessions.IDLE_SECONDS)
    own = world.own
    for client in (world.clients["annotator"], world.clients["token_readonly"]):
        client.get("/api/v1/me/")
        for operation, method, path in operations():
            if method == "get":
                queries = CaptureQueriesContext(connection)
                ask(client, operation, method, path, own, watch=queries)
                wrote = [query["sql"] for query in queries if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
                assert wrote == [], operation


# Pages


def page_addresses(own):
    """Name → address."""
    arguments = {
        "corpus:revoke_token": [own.token.pk],
        "corpus:add_article": [own.corpus.slug],
        "corpus:bring_in": [own.corpus.slug],
        "corpus:intakes": [own.corpus.slug],
        "corpus:intake": [own.intake.pk],
        "corpus:retry_intake": [own.intake.pk],
        "corpus:save_held": [own.intake.pk],
        "corpus:look": [own.held.pk],
        "corpus:members": [own.corpus.slug],
        **{
            f"corpus:{name}": [own.corpus.slug, own.corpus.memberships.get(user__username="viewer").pk]
            for name in ("change_member", "remove_member", "member_work", "password_link")
        },
        "corpus:invite": [own.corpus.slug],
        "corpus:revoke_invitation": [own.corpus.slug, own.invitation.pk],
        "corpus:invitation": ["no-secret"],
        "corpus:password_by_link": ["no-secret"],
        "corpus:confirm_password": ["no-secret"],
        "corpus:browser_link": [1, "no-secret"],
        "corpus:undo_edit": [own.corpus.slug, own.edit.pk],
        "corpus:feeds": [own.corpus.slug],
        "corpus:change_feed": [own.feed.pk],
        "corpus:remove_feed": [own.feed.pk],
        "corpus:edit_metadata": [own.article.pk],
        "corpus:confirm_encoding": [own.document.pk],
        **{f"corpus:{name}": [own.corpus.slug, own.batch] for name in ("batch", "undo_all")},
        "annotations:assigned": [own.corpus.slug, own.batch],
        "corpus:original": [own.article.pk],
        "corpus:copy": [own.copy.article_id],
        "corpus:changes": [own.copy.pk],
        "corpus:story": [own.article.pk],
        "corpus:raw": [own.document.pk],
        "annotations:articles": [own.corpus.slug],
        "annotations:settings": [own.corpus.slug],
        **{f"annotations:{name}": [own.corpus.slug] for name in ("team", "targets")},
        **{f"annotations:{name}": [own.corpus.slug] for name in ("bin", "delete_corpus")},
        "annotations:delete_article": [own.article.pk],
        "annotations:delete_reading": [own.assignment.pk],
        "annotations:due": [own.assignment.pk],
        "annotations:hand_over": [own.gold.pk],
        "annotations:put_back_team": [own.corpus.slug, a_team_edit(own).pk],
        "annotations:plans": [own.corpus.slug],
        "annotations:plan": [own.corpus.slug, own.plan.pk],
        **{
            f"annotations:{name}": [own.corpus.slug] for name in ("scheme_changes", "scheme_page", "draft_colours", "scheme_file")
        },
        "annotations:scheme_label": [own.corpus.slug, "EVENT", "PAY"],
        "annotations:scheme_change": [own.corpus.slug, own.move.pk],
        **{f"annotations:{name}": [own.assignment.pk] for name in ("skip", "take_up", "return", "approve", "result")},
        "annotations:approval": [own.corpus.slug],
        "annotations:outlet": [own.corpus.slug, own.outlet.pk],
        "annotations:discussion": [own.corpus.slug],
        "annotations:history": [own.assignment.pk, own.ids["figure"]],
        "annotations:reading_history": [own.assignment.pk],
        "annotations:new_thread": [own.assignment.pk],
        **{f"annotations:{name}": [own.thread.pk] for name in ("thread", "resolve_thread", "give_thread", "publish_thread")},
        "annotations:read_notice": [own.notice.pk],
        "annotations:stop_mails": [mail_key(own.assignment.annotator_id)],
        "annotations:guidelines": [own.corpus.slug],
        "annotations:new_guideline": [own.corpus.slug],
        **{f"annotations:{name}": [own.guideline.guideline_id] for name in ("guideline", "edit_guideline", "new_ruling")},
        "annotations:read_guideline": [own.guideline.pk],
        "annotations:selection": [own.corpus.slug, "metadata"],
        "annotations:article": [own.article.pk],
        "annotations:begin": [own.article.pk],
        "annotations:begin_adjudication": [own.unread.article_id],
        **{
            f"annotations:{name}": [own.gold.pk]
            for name in ("adjudicate", "decide_difference", "include_readings", "submit_gold", "rule_difference")
        },
        "annotations:carry": [own.article.pk],
        "annotations:undo_carry": [own.carried.pk],
        "annotations:carry_item": [own.carried.items.get().pk],
        "annotations:annotate": [own.assignment.pk],
        **{
            f"annotations:{name}": [own.assignment.scheme.code, own.assignment.scheme.version]
            for name in ("scheme", "scheme_colours")
        },
        "annotations:screening": [own.corpus.slug],
        "annotations:screening_run": [own.corpus.slug, own.candidate.first_run_id],
        "annotations:screen": [own.corpus.slug],
        "annotations:screened_by": [own.corpus.slug],
        "annotations:candidate": [own.candidate.pk],
        "annotations:loads": [own.corpus.slug],
        "annotations:load": [own.load.pk],
        "annotations:entities": [own.corpus.slug],
        "annotations:agreement": [own.corpus.slug],
        "annotations:progress": [own.corpus.slug],
        "annotations:progress_file": [own.corpus.slug, "weeks"],
        **{f"annotations:{name}": [own.corpus.slug] for name in ("differences", "own_agreement")},
        "annotations:agreement_pair": [own.corpus.slug, own.pair.pk],
        "annotations:export": [own.corpus.slug],
        "annotations:save_words": [own.corpus.slug],
        "annotations:evidence": [own.corpus.slug],
        "annotations:report": [own.corpus.slug],
        "annotations:entity": [once(an_entity, own).pk],
        "annotations:merge": [once(an_entity, own).pk],
        "annotations:decisions": [once(an_entity, own).pk],
        "annotations:part": [own.merge.pk],
        "annotations:merge_progress": [own.merge.pk],
        **{f"registry:{name}": [own.list.code] for name in ("list", "upload_list", "change_list")},
        **{f"registry:{name}": [own.list.code, 2] for name in ("list_version", "decide_list_version", "list_file")},
        "registry:list_entry": [own.list.code, "A-1"],
        "annotations:base_entity": ["shared-land"],
        "annotations:measure": ["UNSCR-2371"],
        "annotations:paragraph": ["UNSCR-2371", "11"],
        "questions:questions": [own.corpus.slug],
        "questions:search": [own.corpus.slug],
        "questions:ledger": [own.corpus.slug, "events"],
        "questions:next": [own.corpus.slug, "events"],
        "questions:plot": [own.corpus.slug, "events"],
        "questions:sum": [own.corpus.slug],
        "questions:lines": [own.corpus.slug, "events"],
        "questions:pairs": [own.corpus.slug],
        "questions:linked": [own.ids["event"]],
        "questions:save": [own.corpus.slug, "events"],
        **{f"questions:{name}": [own.question.pk] for name in ("saved", "look", "change_saved", "delete_saved")},
        "questions:judge": [own.ids["event"]],
        "questions:undo_judgement": [own.judged.pk],
        **{f"lake:{name}": [own.promotion.lake.slug] for name in ("lake", "listed", "state")},
        "lake:page": [own.promotion.lake.slug, "0" * 32],
        **{f"lake:{name}": [own.promotion.pk] for name in ("promotion", "cancel_promotion")},
    }
    named = {name: reverse(name, args=arguments.get(name, [])) for name in {**PAGES, **POSTS} if name != "api:nothing"}
    named["annotations:compare"] += f"?left={own.gold.pk}&right={own.assignment.pk}"
    return named | {"api:nothing": "/api/v1/nothing/at/all/"}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_the_pages_of_its_column(role, world):
    wrong, canary = [], world.foreign.canary.encode()
    world.own.merge, world.own.copy = two_that_were_merged(world.own), a_copy(world.own)
    world.own.candidate, world.own.carried = a_candidate(world.own), a_carry(world.own, world.own.copy.article)
    world.own.pair, world.own.guideline = a_pair(world.own), a_guideline(world.own)
    world.own.thread, world.own.notice = a_thread(world.own), a_notice(world.own)
    world.own.pair = a_pair(world.own)
    an_adjudication(world.own)
    world.own.pair, world.own.plan, world.own.move = a_pair(world.own), a_plan(world.own), a_move(world.own)
    world.own.judged, world.own.question = two_that_were_judged(world.own), a_shared_question(world.own)
    world.own.promotion, _ = a_promotion(world.own), a_promotion(world.foreign)
    addresses = page_addresses(world.own)
    for name, row in PAGES.items():
        response = world.clients[role].get(addresses[name])
        if str(response.status_code) != row[role]:
            wrong.append(f"{name}: {response.status_code}, not {row[role]}")
        if role not in ("foreign_manager", "site_admin"):
            assert canary not in response.getvalue(), name
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_send_the_forms_of_its_column(role, world):
    wrong = []
    client, own = world.clients[role], world.own  # outside of what is taken back
    own.merge, own.copy, own.judged = two_that_were_merged(own), a_copy(own), two_that_were_judged(own)
    own.question, own.candidate, own.carried = a_shared_question(own), a_candidate(own), a_carry(own, own.copy.article)
    own.pair, own.guideline = a_pair(own), a_guideline(own)
    own.thread, own.notice = a_thread(own), a_notice(own)
    own.pair = a_pair(own)
    an_adjudication(own)
    own.pair, own.plan, own.move = a_pair(own), a_plan(own), a_move(own)
    own.promotion = a_promotion(own)
    addresses = page_addresses(own)
    for name, row in POSTS.items():
        with transaction.atomic():
            response = client.post(addresses[name])
            transaction.set_rollback(True)
        if str(response.status_code) != row[role]:
            wrong.append(f"{name}: {response.status_code}, not {row[role]}")
    assert wrong == []
