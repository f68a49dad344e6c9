"""A look at what was read before it is stored; each repair can be refused."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from corpus.cleaning.preview import preview
from corpus.forms import RefusedField
from corpus.intake import review
from corpus.intake.awaiting_review import record_of
from corpus.intake.ingest import AddressTakenError
from corpus.models import Intake, IntakeItem
from corpus.text.diff import sides
from corpus.views.intakes import FORM, managed


@require_http_methods(FORM)
def review_one(request: HttpRequest, pk: int) -> HttpResponse:
    """What cleaning would do to a thing that is held; then it is saved or left out."""
    rows = IntakeItem.objects.filter(intake__in=Intake.objects.for_user(request.user))
    entry = get_object_or_404(rows.select_related("intake__corpus", "reading__claims"), pk=pk)
    managed(request, entry.intake.corpus.slug)
    if entry.outcome not in (IntakeItem.Outcome.HELD, IntakeItem.Outcome.LEFT):
        messages.info(request, f"Already decided: “{entry.name}” is {entry.get_outcome_display()}.")
        return redirect("corpus:intake", entry.intake_id)
    if "leave" in request.POST:
        review.leave_out(entry)
        return after_decision(request, entry, "skipped")
    refuse, shown, problem = RefusedField().clean(request.POST.getlist("refuse")), None, ""
    try:
        if refuse or "save" not in request.POST:
            shown = preview(entry.reading.record["raw_text"], refuse, record_of(entry.reading).known)
        if "save" in request.POST:
            as_text = {"text": True, "apart": False}.get(request.POST["save"])
            review.save(entry, shown.refused if shown else (), person=request.user, as_text=as_text)
            return after_decision(request, entry, "saved")
    except AddressTakenError as error:
        messages.error(request, f"Not saved: {error}.")
        return redirect("corpus:look", entry.pk)
    except ValueError as error:
        problem = str(error)
    page: dict[str, Any] = {
        "item": entry,
        "intake": entry.intake,
        "corpus": entry.intake.corpus,
        "preview": shown,
        "problem": problem,
    }
    page |= {"held": entry.reading, "claims": entry.reading.claims}
    newest = entry.reading.claims and entry.reading.claims.current
    if shown and newest:
        page |= sides(newest.text, shown.cleaned.text)
    return render(request, "corpus/look.html", page | {"left": awaiting_review(entry.intake).count()})


def awaiting_review(intake: Intake) -> Any:
    return intake.items.filter(outcome=IntakeItem.Outcome.HELD)


def after_decision(request: HttpRequest, entry: IntakeItem, what: str) -> HttpResponse:
    """On to the next thing, or back to all of them."""
    messages.success(request, f"“{entry.name}” {what}.")
    following = awaiting_review(entry.intake).filter(pk__gt=entry.pk).first() or awaiting_review(entry.intake).first()
    return redirect("corpus:look", following.pk) if following else redirect("corpus:intake", entry.intake_id)


@require_POST
def save_all(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is held, as cleaning would have it."""
    intake = get_object_or_404(Intake.objects.for_user(request.user).select_related("corpus"), pk=pk)
    managed(request, intake.corpus.slug)
    count = review.save_all(intake)
    more = review.without_claim(intake).count()
    messages.success(request, f"{count:,} saved{f', {more:,} left' if more else ''}.")
    return redirect("corpus:intake", intake.pk)
