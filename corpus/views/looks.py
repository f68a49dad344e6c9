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
from corpus.intake.held import record_of
from corpus.intake.ingest import AddressTakenError
from corpus.models import Intake, IntakeItem
from corpus.text.diff import sides
from corpus.views.intakes import FORM, managed


@require_http_methods(FORM)
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """What cleaning would do to a thing that is held; then it is saved or left out."""
    rows = IntakeItem.objects.filter(intake__in=Intake.objects.for_user(request.user))
    item = get_object_or_404(rows.select_related("intake__corpus", "reading__claims"), pk=pk)
    managed(request, item.intake.corpus.slug)
    if item.outcome not in (IntakeItem.Outcome.HELD, IntakeItem.Outcome.LEFT):
        messages.info(request, f"Already decided: “{item.name}” is {item.get_outcome_display()}.")
        return redirect("corpus:intake", item.intake_id)
    if "leave" in request.POST:
        review.leave_out(item)
        return told(request, item, "skipped")
    refuse, shown, problem = RefusedField().clean(request.POST.getlist("refuse")), None, ""
    try:
        if refuse or "save" not in request.POST:
            shown = preview(item.reading.record["raw_text"], refuse, record_of(item.reading).known)
        if "save" in request.POST:
            as_text = {"text": True, "apart": False}.get(request.POST["save"])
            review.save(item, shown.refused if shown else (), person=request.user, as_text=as_text)
            return told(request, item, "saved")
    except AddressTakenError as error:
        messages.error(request, f"Not saved: {error}.")
        return redirect("corpus:look", item.pk)
    except ValueError as error:
        problem = str(error)
    page = {"item": item, "intake": item.intake, "corpus": item.intake.corpus, "preview": shown, "problem": problem}
    page |= {"held": item.reading, "claims": item.reading.claims}
    newest = item.reading.claims and item.reading.claims.current
    if shown and newest:
        page |= sides(newest.text, shown.cleaned.text)
    return render(request, "corpus/look.html", page | {"left": held(item.intake).count()})


def held(intake: Intake) -> Any:
    return intake.items.filter(outcome=IntakeItem.Outcome.HELD)


def told(request: HttpRequest, item: IntakeItem, what: str) -> HttpResponse:
    """On to the next thing, or back to all of them."""
    messages.success(request, f"“{item.name}” {what}.")
    following = held(item.intake).filter(pk__gt=item.pk).first() or held(item.intake).first()
    return redirect("corpus:look", following.pk) if following else redirect("corpus:intake", item.intake_id)


@require_POST
def save_held(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is held, as cleaning would have it."""
    intake = get_object_or_404(Intake.objects.for_user(request.user).select_related("corpus"), pk=pk)
    managed(request, intake.corpus.slug)
    count = review.save_all(intake)
    more = review.without_claim(intake).count()
    messages.success(request, f"{count:,} saved{f', {more:,} left' if more else ''}.")
    return redirect("corpus:intake", intake.pk)
