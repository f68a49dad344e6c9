"""The next article of a person: one statement locks a text that still needs a reading, and leaves out those that others are taking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from annotations.assign import open_for
from annotations.models import Assignment, Plan, PracticeArticle, Scheme, TeamSettings
from annotations.plans.offers import PlanOffer, offers_of
from annotations.plans.shares import is_used_up
from annotations.practice.results import Qualification, qualification
from annotations.queries.progress import next_for
from annotations.schemes.of_corpus import current_scheme, current_statement
from annotations.suggesters.arms import drawn
from annotations.write.errors import Refusal
from corpus.db.round_trip import numbered, round_trip
from corpus.db.row_writer import Statements, row_of
from corpus.models import Corpus, Document, Membership

VALUES = ("plan", "user", "languages")  # of the statements below, by their numbers
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
EVEN = numbered(f"WITH {MET}, {NEAR} LIMIT 50) {LOCKED.format(MEETINGS)}", *VALUES)
FREE = numbered(f"WITH {NEAR}) {LOCKED.format('')}", *VALUES)
MISSED = numbered(
    f"""SELECT count(*), {", ".join(f"count(*) FILTER (WHERE NOT ({each}))" for each in FITTING.values())} FROM {PLACES}""",  # noqa: S608
    *VALUES,
)
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


def take_next(user: User, corpus: Corpus | None = None) -> Taken:
    """A new reading out of a running plan; where as many as `open_at_once` are in progress, the first of these; where no plan runs, the oldest
    article that is not begun. Raises NothingLeft, Paused or NotQualified."""
    try:
        return take_once(user, corpus)
    except IntegrityError:  # just now the same person has opened that text elsewhere: it is read by now
        return take_once(user, corpus)


def take_once(user: User, corpus: Corpus | None) -> Taken:
    with transaction.atomic():
        members, offers = offers_of(user, corpus)
        if members and all(member.paused for member in members):
            raise Paused("A manager has paused you: you are offered no articles.")
        if offers and not any(offer.is_for_member for offer in offers):
            raise NotQualified("The running plans are for other people. Ask a manager to add you.")
        reasons: list[str] = []
        waiting = None
        failing: dict[Corpus, Qualification] = {}
        for offer in (each for each in offers if each.is_for_member):
            plan = offer.plan
            if offer.in_progress >= offer.settings.open_at_once:
                waiting = waiting or first_open(user, plan.corpus)
                continue
            if practice := practice_text(offer, failing):
                return Taken(open_for(user, text_of_plan(practice))[0], True)
            if plan.corpus in failing:
                continue
            if text := free_text(plan, offer.member, reasons, has_weight=offer.has_weight):
                return Taken(open_text(text, plan, user, offer.settings), True)
        if waiting:
            return Taken(waiting, False)
        untested = [f"{each} in {corpus}. {REMEDY}" for corpus, each in failing.items()]
        if untested and not reasons:
            raise NotQualified(" ".join(untested))
        reasons += untested
    return without_a_plan(user, corpus, [member for member in members if not member.paused], reasons)


def open_readings(user: User, corpus: Corpus) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(annotator=user, document__corpus=corpus, status=Assignment.Status.OPEN)
    return rows.filter(role=Assignment.Role.ANNOTATION)


def first_open(user: User, corpus: Corpus) -> Assignment | None:
    return open_readings(user, corpus).order_by(F("due").asc(nulls_last=True), "created", "pk").first()


class FreeText(NamedTuple):
    """A text of a plan, locked until the transaction ends, and the scheme under which its corpus is annotated."""

    document: UUID
    scheme: Scheme


def free_text(plan: Plan, member: Membership, reasons: list[str], *, has_weight: bool = True) -> FreeText | None:
    """Where there is none, `reasons` says why. Raises NoScheme."""
    if has_weight and is_used_up(plan, member.user_id):
        reasons.append(f"{plan}: your share of the readings is taken.")
        return None
    languages = sorted({code.partition("-")[0].lower() for code in member.languages})
    values = [plan.pk, member.user_id, languages]
    rows, schemes = round_trip([(EVEN, values), current_statement(plan.corpus_id)])
    rows = rows or round_trip([(FREE, values)])[0]
    if rows:
        return FreeText(rows[0][0], current_scheme(schemes))
    [(total, *counts)] = round_trip([(MISSED, values)])[0]
    reasons.append(f"{plan}: {in_words(total, dict(zip(FITTING, counts, strict=True)))}.")
    return None


def open_text(text: FreeText, plan: Plan, user: User, settings: TeamSettings) -> Assignment:
    """Raises IntegrityError where it is opened already."""
    made = Assignment(
        document_id=text.document,
        annotator=user,
        scheme=text.scheme,
        plan=plan,
        due=plan.due,
        created=timezone.now(),
        suggesting=drawn(settings, text.document, user),
    )
    rows = Statements()
    rows.add(Assignment, [row_of(made)])
    rows.send(last=True)
    return made


def in_words(places: int, missed: dict[str, int]) -> str:
    if not places:
        return "all places are taken"
    parts = [f"{count:,} {WHY[name]}" for name, count in missed.items() if count]
    return f"of {places:,} article{'' if places == 1 else 's'} with a free place, {', '.join(parts) or 'all are being taken'}"


def practice_text(offer: PlanOffer, failing: dict[Corpus, Qualification]) -> UUID | None:
    """The next practice or test article of a newcomer, practice first. Who has to pass tests yet is added to `failing`."""
    plan, member, settings = offer.plan, offer.member, offer.settings
    if member.role != Membership.Role.ANNOTATOR or not (offer.teaches or settings.practice_tests):
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


def without_a_plan(user: User, corpus: Corpus | None, members: Sequence[Membership], reasons: list[str]) -> Taken:
    """Raises NothingLeft."""
    article = next_for(user, corpus)
    if article is None:
        raise NothingLeft(reasons or ["No plan runs, and all articles that you may open are begun."])
    document = article.documents.select_related("corpus").defer("text", "source_map").order_by("-version")[0]
    return Taken(*open_for(user, document))
