"""The next article of a person: one statement locks a text that still needs a reading, and leaves out those that others are taking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from annotations.assign import open_for
from annotations.models import Assignment, Plan, PlanPerson, PracticeArticle, TeamSettings
from annotations.plans.shares import is_used_up
from annotations.practice.results import Qualification, qualification
from annotations.queries.progress import next_for
from annotations.write.errors import Refusal
from corpus.models import Corpus, Document, Membership

# Looked up for one article at a time, hence OFFSET 0: PostgreSQL, which may hold a table for empty until it is analysed, would join them.
FITTING = {
    "language": """(%(languages)s::text[] = '{}' OR n.language = ''
        OR lower(split_part(n.language, '-', 1)) = ANY(%(languages)s::text[]))""",
    "unread": """NOT EXISTS (SELECT FROM annotations_assignment a JOIN corpus_document t ON t.id = a.document_id
        WHERE t.article_id = n.article_id AND a.annotator_id = %(user)s OFFSET 0)""",
    "another story": """(n.cluster_id IS NULL OR NOT EXISTS (SELECT FROM annotations_assignment a
        JOIN corpus_document t ON t.id = a.document_id JOIN corpus_article y ON y.id = t.article_id
        WHERE y.cluster_id = n.cluster_id AND y.id <> n.article_id AND a.annotator_id = %(user)s OFFSET 0))""",
    "not skipped twice": """(SELECT count(*) FROM annotations_assignment a
        WHERE a.document_id = n.document_id AND a.status = 'skipped') < 2""",
    "newest": """n.copy_of_id IS NULL AND NOT EXISTS (SELECT FROM corpus_document t
        WHERE t.article_id = n.article_id AND t.version > n.version OFFSET 0)""",
}
# Texts with a first reading come before those with none.
PLACES = """(SELECT p.*, d.version, d.article_id, x.language, x.cluster_id, x.copy_of_id
    FROM annotations_planarticle p JOIN corpus_document d ON d.id = p.document_id JOIN corpus_article x ON x.id = d.article_id
    WHERE p.plan_id = %(plan)s AND p.live < p.needed AND x.deletion_id IS NULL ORDER BY p.live DESC, p.position OFFSET 0) n"""
NEAR = f"""near AS MATERIALIZED (SELECT n.id FROM {PLACES} WHERE {" AND ".join(FITTING.values())}"""  # noqa: S608 - of our own words
# With the lock a row is looked at again as it has become meanwhile.
LOCKED = """SELECT p.document_id FROM near JOIN annotations_planarticle p USING (id) WHERE p.live < p.needed
    ORDER BY p.live DESC, {}p.position LIMIT 1 FOR NO KEY UPDATE OF p SKIP LOCKED"""
# How many texts somebody has read together with whom, of their last ones: so that the matrix of pairs fills evenly.
MET = """met AS (SELECT o.annotator_id, count(*) AS texts FROM (SELECT document_id FROM annotations_assignment
        WHERE annotator_id = %(user)s AND role = 'annotation' AND status IN ('open', 'submitted') ORDER BY created DESC LIMIT 500) own
    JOIN annotations_assignment o ON o.document_id = own.document_id AND o.annotator_id <> %(user)s AND o.role = 'annotation'
        AND o.status IN ('open', 'submitted') GROUP BY o.annotator_id)"""
MEETINGS = """CASE WHEN p.live > 0 THEN (SELECT coalesce(max(met.texts), 0) FROM annotations_assignment a JOIN met USING (annotator_id)
    WHERE a.document_id = p.document_id AND a.role = 'annotation' AND a.status IN ('open', 'submitted')) ELSE 0 END, """
# Out of the index, however long the plan is; of the first ones that with whom one has read least. Where others hold all of these, FREE.
EVEN = f"WITH {MET}, {NEAR} LIMIT 50) {LOCKED.format(MEETINGS)}"
FREE = f"WITH {NEAR}) {LOCKED.format('')}"
MISSED = f"""SELECT count(*), {", ".join(f"count(*) FILTER (WHERE NOT ({each}))" for each in FITTING.values())} FROM {PLACES}"""  # noqa: S608
WHY = {
    "language": "in other languages than yours",
    "unread": "read or skipped by you",
    "another story": "of a story that you have read in another article",
    "not skipped twice": "skipped by two annotators",
    "newest": "with a newer text",
}
REMEDY = "There is no further practice or test article: ask a manager for one."


class NothingLeft(Refusal):
    """No article can be taken. `reasons`: in words."""

    code = "nothing-left"

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class Paused(Refusal):
    """The member is offered nothing."""

    code = "paused"


class NotQualified(Refusal):
    """The running plans are for other people, or for those who have passed more tests."""

    code = "not-qualified"


@dataclass(frozen=True)
class Taken:
    assignment: Assignment
    is_new: bool


def take_next(user: Any, corpus: Corpus | None = None) -> Taken:
    """A new reading out of a running plan; where as many as `open_at_once` are in progress, the first of these; where no plan runs, the oldest
    article that is not begun. Raises NothingLeft, Paused or NotQualified."""
    with transaction.atomic():
        members = locked_memberships(user, corpus)
        if members and all(member.paused for member in members):
            raise Paused("A manager has paused you: you are offered no articles.")
        active = [member for member in members if not member.paused]
        plans = plans_of(user, active)
        reasons: list[str] = []
        waiting = None
        failing: dict[Corpus, Qualification] = {}
        for plan, member in plans:
            settings = TeamSettings.of(plan.corpus)
            if open_readings(user, plan.corpus).count() >= settings.open_at_once:
                waiting = waiting or first_open(user, plan.corpus)
                continue
            if practice := practice_text(plan, member, settings, failing):
                return Taken(open_for(user, text_of_plan(practice))[0], True)
            if plan.corpus in failing:
                continue
            document = free_text(plan, member, reasons)
            if document:
                return Taken(open_for(user, text_of_plan(document), plan=plan, due=plan.due)[0], True)
        if waiting:
            return Taken(waiting, False)
        untested = [f"{each} in {corpus}. {REMEDY}" for corpus, each in failing.items()]
        if untested and not reasons:
            raise NotQualified(" ".join(untested))
        reasons += untested
    return without_a_plan(user, corpus, active, reasons)


def locked_memberships(user: Any, corpus: Corpus | None) -> list[Membership]:
    """Locked, so that one person takes one article at a time."""
    rows = Membership.objects.filter(user=user, role__in=Membership.Role.from_rank("annotator"))
    rows = rows.filter(corpus=corpus) if corpus else rows
    return list(rows.select_for_update(of=("self",), no_key=True).select_related("corpus").order_by("pk"))


def plans_of(user: Any, members: Sequence[Membership]) -> list[tuple[Plan, Membership]]:
    """Running plans that are for somebody, what is due first. Raises NotQualified where all are for others."""
    by_corpus = {member.corpus_id: member for member in members}
    running = list(ordered(Plan.objects.running().filter(corpus__in=by_corpus)))
    named = PlanPerson.objects.filter(plan__in=running)
    with_people = set(named.values_list("plan", flat=True))
    own = set(named.filter(user=user).values_list("plan", flat=True))
    mine = [(plan, by_corpus[plan.corpus_id]) for plan in running if plan.pk not in with_people or plan.pk in own]
    if running and not mine:
        raise NotQualified("The running plans are for other people. Ask a manager to add you.")
    return mine


def ordered(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """With `teaches`: whether the plan has practice or test articles."""
    teaches = Exists(PracticeArticle.objects.filter(plan=OuterRef("pk")))
    return plans.select_related("corpus").annotate(teaches=teaches).order_by(F("due").asc(nulls_last=True), "pk")


def open_readings(user: Any, corpus: Corpus) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(annotator=user, document__corpus=corpus, status=Assignment.Status.OPEN)
    return rows.filter(role=Assignment.Role.ANNOTATION)


def first_open(user: Any, corpus: Corpus) -> Assignment | None:
    return open_readings(user, corpus).order_by(F("due").asc(nulls_last=True), "created", "pk").first()


def free_text(plan: Plan, member: Membership, reasons: list[str]) -> UUID | None:
    """A text of the plan, locked until the transaction ends; else None, and why in `reasons`."""
    if is_used_up(plan, member.user_id):
        reasons.append(f"{plan}: your share of the readings is taken.")
        return None
    languages = sorted({code.partition("-")[0].lower() for code in member.languages})
    values = {"plan": plan.pk, "user": member.user_id, "languages": languages}
    with connection.cursor() as cursor:
        cursor.execute(EVEN, values)
        row = cursor.fetchone()
        if not row:
            cursor.execute(FREE, values)
            row = cursor.fetchone()
        if row:
            document: UUID = row[0]
            return document
        cursor.execute(MISSED, values)
        total, *counts = cursor.fetchone()
    reasons.append(f"{plan}: {in_words(total, dict(zip(FITTING, counts, strict=True)))}.")
    return None


def in_words(places: int, missed: dict[str, int]) -> str:
    if not places:
        return "all places are taken"
    parts = [f"{count:,} {WHY[name]}" for name, count in missed.items() if count]
    return f"of {places:,} article{'' if places == 1 else 's'} with a free place, {', '.join(parts) or 'all are being taken'}"


def practice_text(plan: Plan, member: Membership, settings: TeamSettings, failing: dict[Corpus, Qualification]) -> UUID | None:
    """The next practice or test article of a newcomer, practice first. Who has to pass tests yet is added to `failing`."""
    if member.role != Membership.Role.ANNOTATOR or not (plan.teaches or settings.practice_tests):
        return None
    reached = qualification(member.user_id, plan.corpus, member.role, settings)
    if not reached.is_reached:
        failing[plan.corpus] = reached
    elif reached.needed or has_worked(member):
        return None
    begun = Assignment.objects.filter(annotator=member.user_id, document=OuterRef("document"))
    gold = Assignment.objects.gold().without_drafts().filter(document=OuterRef("document"))
    rows = plan.practice.filter(~Exists(begun), Exists(gold)).order_by("kind", "pk")  # none whose gold is in the bin
    return rows.values_list("document", flat=True).first()


def has_worked(member: Membership) -> bool:
    """Whether the member has submitted a reading of something else than practice and test articles."""
    learning = PracticeArticle.objects.filter(document=OuterRef("document"))
    rows = Assignment.objects.filter(annotator=member.user_id, document__corpus=member.corpus_id)
    rows = rows.filter(role=Assignment.Role.ANNOTATION, status=Assignment.Status.SUBMITTED, document__article__practice=False)
    return rows.filter(~Exists(learning)).exists()


def text_of_plan(pk: UUID) -> Document:
    return Document.objects.select_related("corpus").defer("text", "source_map").get(pk=pk)


def without_a_plan(user: Any, corpus: Corpus | None, members: Sequence[Membership], reasons: list[str]) -> Taken:
    """Raises NothingLeft."""
    article = next_for(user, corpus)
    if article is None:
        raise NothingLeft(reasons or ["No plan runs, and all articles that you may open are begun."])
    document = article.documents.select_related("corpus").defer("text", "source_map").order_by("-version")[0]
    return Taken(*open_for(user, document))
