"""What I have to do next."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from annotations.models import Assignment, Change, Thread
from annotations.models.transition import skip_words, with_skip_reason
from annotations.plans.reread import DAYS, rereadable, take_again
from annotations.plans.take import take_next
from annotations.practice.results import unqualified
from annotations.queries.progress import next_for, submitted_today, takes_from_plan
from annotations.schemes.of_corpus import NoScheme
from annotations.write.errors import Refusal
from corpus.accounts.signed_in import SignedIn
from corpus.models import Corpus

PAGE = 50
Status = Assignment.Status
HEADINGS = {Status.OPEN: "In progress", Status.SUBMITTED: "Submitted", Status.SKIPPED: "Skipped", Status.LAPSED: "Lapsed"}
IN_ORDER = Case(*(When(status=status, then=Value(number)) for number, status in enumerate(HEADINGS)), output_field=IntegerField())


DUE = {"late": "Late", "week": "Within 7 days", "none": "No due date"}


def is_due(when: str) -> Q:
    """`when`: of DUE; only what is in progress is late, or due."""
    today = timezone.now().date()
    if when == "none":
        return Q(due=None)
    days = Q(due__lt=today) if when == "late" else Q(due__range=(today, today + timedelta(days=7)))
    return days & Q(status=Status.OPEN)


@require_safe
def queue(request: SignedIn) -> HttpResponse:
    """My open assignments, by due date and the oldest first; then what I have submitted, the newest first; then what gave its place away.
    `corpus`: a slug, `state`: of HEADINGS, `due`: of DUE; others leave nothing out."""
    user = request.user
    asked = Q(pk__in=own(user).values("document__corpus")) | Q(slug=request.GET.get("corpus", ""))
    corpora = list(Corpus.objects.for_user(user).filter(asked))
    filters = {
        "corpus": [(row.slug, row.name) for row in corpora],
        "state": [(str(state), heading) for state, heading in HEADINGS.items()],
        "due": [*DUE.items()],
    }
    chosen = {name: request.GET.get(name, "") for name in filters}
    chosen = {name: value for name, value in chosen.items() if value in dict(filters[name])}
    paths = {"corpus": "document__corpus__slug", "state": "status"}
    rows = own(user).filter(**{path: chosen[name] for name, path in paths.items() if name in chosen})
    rows = rows.filter(is_due(chosen["due"])) if "due" in chosen else rows
    page = Paginator(with_columns(rows, user), PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.heading = HEADINGS[Status(row.status)]
        row.skipped_why = skip_words(row.skip_reason, row.skip_note)
    has_open = any(row.status == Status.OPEN for row in page.object_list)
    shown = {
        "corpus": next((row for row in corpora if row.slug == chosen.get("corpus") and row.allows(user, "annotator")), None),
        "page": page,
        "filters": [(name, chosen.get(name, ""), values) for name, values in filters.items()] if corpora else [],
        "is_filtered": bool(chosen),
        "idle": page.number == 1 and not has_open and not chosen,
        "tests": unqualified(user),
        "next": next_for(user),
        "takes": takes_from_plan(user),
        "today": submitted_today(user),
        "rereadable": rereadable(user).exists(),
        "days": DAYS,
    }
    return render(request, "annotations/queue.html", shown)


def own(user: User) -> QuerySet[Assignment]:
    return Assignment.objects.for_user(user).filter(annotator=user).order_by()


def with_columns(rows: QuerySet[Assignment], user: User) -> QuerySet[Assignment]:
    """In the order of the queue, each with `written`, the time of its last write, and `asked`: whether it has a question to be resolved."""
    changes = Change.objects.filter(assignment=OuterRef("pk")).order_by("-revision", "-position")
    threads = Thread.objects.for_user(user).filter(assignment=OuterRef("pk")).exclude(state=Thread.State.RESOLVED)
    shown = rows.select_related("document__article__corpus", "document__article__outlet")
    shown = shown.defer("document__text", "document__source_map")
    shown = shown.annotate(written=Subquery(changes.values("at")[:1]), asked=Exists(threads))
    skipped: QuerySet[Assignment] = with_skip_reason(shown)
    return skipped.order_by(IN_ORDER, "-submitted", F("due").asc(nulls_last=True), "created", "pk")


@require_POST
def take(request: SignedIn) -> HttpResponse:
    """Take the next article, or with `again` one to be read again, and go there; where there is none, say why in the queue."""
    try:
        return redirect((take_again if "again" in request.POST else take_next)(request.user).assignment)
    except NoScheme as error:
        return render(request, "annotations/noscheme.html", {"error": error}, status=409)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("annotations:queue")
