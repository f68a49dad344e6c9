"""Plans of a corpus, for its managers: drafts with a preview, what runs and how far it is, and what was skipped."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Count, F, IntegerField, Q, Sum
from django.db.models.functions import Least
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from annotations.forms import filter_words, selected_by
from annotations.models import Assignment, Plan
from annotations.models.transition import skip_words, with_skip_reason
from annotations.plans import change, draw
from annotations.plans.assign_now import assign_now, last_batch
from annotations.plans.expected import PersonLoad, outlook
from annotations.plans.people import PlanConflict
from annotations.plans.shares import people_of
from annotations.practice.articles import choose, practice_articles
from annotations.views.plan_forms import PlanChangeForm, PlanForm, PracticeForm
from corpus.accounts.signed_in import SignedIn
from corpus.edits.history import EditError, history
from corpus.models import Article, Corpus, Edit
from corpus.plots.bars import CountBar, bars
from corpus.plots.elements import SvgElement, markup

FORM = ["GET", "HEAD", "POST"]
SHOWN_EDITS = 20
ARTICLE_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SHOWN_SKIPPED = 100
NOBODY = (
    "No article assigned. No place is free, or all annotators are at the limit of articles in progress or have tests to pass."
)


def managed(request: SignedIn, slug: str) -> Corpus:
    """Raises Http404, or PermissionDenied for who does not manage."""
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    corpus.require(request.user, "manager")
    return corpus


@require_http_methods(FORM)
def plans(request: SignedIn, slug: str) -> HttpResponse:
    corpus = managed(request, slug)
    asked = request.GET.copy()
    (state,) = asked.pop("plan_state", [""])[-1:]
    initial = {"filter": asked.urlencode()}
    form = PlanForm(request.POST if request.method == "POST" else None, corpus, request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            plan = form.save()
        except EditError as error:
            form.add_error("name", str(error))
        else:
            return redirect(plan)
    all_plans = Plan.objects.filter(corpus=corpus)
    states = dict(Plan.State.choices)
    page = {
        "corpus": corpus,
        "form": form,
        "plans": with_numbers(all_plans.filter(state=state) if state in states else all_plans),
        "has_any": all_plans.exists(),
        "states": states.items(),
        "state": state,
        "edits": history(corpus, [Edit.Kind.PLAN])[:SHOWN_EDITS],
        "undoable": [],
    }
    return render(request, "annotations/plans.html", page)


def with_numbers(rows: Any) -> Any:
    """Each with `texts`, `needed` readings and `live`: those that are in progress or submitted."""
    return rows.select_related("corpus").annotate(
        texts=Count("articles"),
        needed=Sum("articles__needed"),
        live=Sum(Least("articles__live", "articles__needed", output_field=IntegerField())),
    )


@require_http_methods(FORM)
def plan(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    corpus = managed(request, slug)
    row = get_object_or_404(with_numbers(Plan.objects.filter(corpus=corpus)), pk=pk)
    is_changed = request.method == "POST" and request.POST.get("act") == "change"
    form = PlanChangeForm.of(row, request.POST if is_changed else None, request.user)
    status = 200
    if is_changed and form.is_valid():
        try:
            form.save(row)
        except EditError as error:
            form.add_error(None, str(error))
            status = 409 if isinstance(error, PlanConflict) else 200
        else:
            messages.success(request, "Plan changed.")
            return redirect(row)
    elif request.method == "POST" and not is_changed:
        try:
            return carry_out(request, row)
        except (EditError, ValueError) as error:
            messages.error(request, str(error))
            return redirect(row)
    page = {
        "corpus": corpus,
        "plan": row,
        "people": people_of(row),
        "practice": practice_articles(row),
        "practice_form": PracticeForm(),
        "form": form,
        "filter_words": filter_words(row.filter, corpus, request.user),
        "edits": history(corpus, [Edit.Kind.PLAN], pk),
        "undoable": [],
    }
    if row.state == Plan.State.DRAFT:
        page |= previewed(row, request.user)
    else:
        page |= {"skipped": skipped_of(row)} | spread_of(row)
        page["batch"] = last_batch(row)
        page["submitted"] = Assignment.objects.filter(plan=row, status=Assignment.Status.SUBMITTED).count()
        page["free"] = row.articles.filter(live__lt=F("needed")).count()
    return render(request, "annotations/plan.html", page, status=status)


def previewed(row: Plan, user: User) -> dict[str, Any]:
    """What a draft would draw; or why its filter cannot be read any more, as that of an outlet that is gone."""
    try:
        preview = draw.preview(row, selected_by(row.filter, row.corpus, user))
        seen = outlook(row, preview, user)
        return {"preview": preview, "outlook": seen, "load": markup(drawn_loads(seen.loads)) if seen.loads else ""}
    except ValueError as error:
        return {"preview": draw.NOTHING, "problem": f"{error} Delete this draft, and plan again."}


def spread_of(row: Plan) -> dict[str, Any]:
    """How many of its articles have no reading, one, two …; and `left`, those with none."""
    counts = dict(row.articles.order_by("live").values_list("live").annotate(number=Count("pk")))
    spread = [(readings, counts.get(readings, 0)) for readings in range(max(counts, default=-1) + 1)]
    drawn = [
        CountBar(
            f"{readings} reading{'' if readings == 1 else 's'}",
            number,
            f"{number} article{'' if number == 1 else 's'} with {readings} reading{'' if readings == 1 else 's'}",
            "#spread",
        )
        for readings, number in spread
    ]
    return {"left": counts.get(0, 0), "spread": spread, "histogram": markup(bars(drawn, "Articles by number of readings"))}


def drawn_loads(loads: list[PersonLoad]) -> SvgElement:
    """In progress and of this plan together; the table has them apart."""
    return bars(
        [
            CountBar(each.user, each.present + each.added, f"{each.user}: {each.present + each.added} characters", "#load")
            for each in loads
        ],
        "Characters to read, by annotator",
    )


def carry_out(request: SignedIn, row: Plan) -> HttpResponse:
    """What a button of the page asks for. Raises EditError."""
    act = request.POST.get("act", "")
    if act == "start":
        draw.start(row, selected_by(row.filter, row.corpus, request.user), request.user)
        messages.success(request, f"“{row}” started.")
    elif act == "delete":
        change.delete_draft(row, request.user)
        messages.success(request, f"Draft “{row}” deleted.")
        return redirect("annotations:plans", row.corpus.slug)
    elif act == "practice":
        choose_practice(request, row)
    elif act == "assign":
        counts = assign_now(row, request.user).counts
        listed = ", ".join(f"{name} {count}" for name, count in counts.items())
        messages.success(request, f"Articles assigned: {listed}." if counts else NOBODY)
    elif act in change.STATES_BY_ACT:
        change.change_state(row, change.STATES_BY_ACT[act], request.user)
    else:
        raise EditError("Choose one of the buttons of the page.")
    return redirect(row)


def choose_practice(request: SignedIn, row: Plan) -> None:
    """Raises EditError."""
    form = PracticeForm(request.POST)
    match = ARTICLE_ID.search(request.POST.get("article", "").lower())
    article = Article.objects.outside_bin().filter(corpus=row.corpus_id, pk=match[0]).first() if match else None
    if article is None or not form.is_valid():
        raise EditError("No article of this corpus has this address.")
    choose(row, article, form.cleaned_data["kind"], request.user)
    messages.success(request, f"“{article.title}”: {form.cleaned_data['kind']}.")


def skipped_of(row: Plan) -> list[Assignment]:
    """The newest skipped and lapsed readings of a plan, each with `skipped_why`."""
    rows = Assignment.objects.filter(Q(plan=row) & ~Q(status__in=["open", "submitted", "deleted"]))
    rows = rows.select_related("annotator", "document__article").defer("document__text", "document__source_map")
    skipped = list(with_skip_reason(rows).order_by("-created", "pk")[:SHOWN_SKIPPED])
    for reading in skipped:
        reading.skipped_why = skip_words(reading.skip_reason, reading.skip_note)
    return skipped
