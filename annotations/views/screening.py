"""Screening of a corpus: what it is screened against, how far that is, and the candidates to decide."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from annotations.queries.listable import listable_types
from annotations.write.errors import Refusal
from annotations.write.screening_runs import ask_for_second, check_manager, choose, drop, start
from corpus.accounts.signed_in import SignedIn
from corpus.edits.fields import field_of
from corpus.models import Corpus, Membership
from registry.models import (
    Decision,
    Entity,
    ListCandidate,
    ListLink,
    ListVersion,
    SanctionsList,
    ScreenedBy,
    ScreeningRun,
    SecondPersonRule,
)
from registry.models.screening import HIGHEST, LOWEST, USUAL
from registry.screening.differences import overtaken
from registry.screening.link_states import LinkState, states_of_links
from registry.screening.proposals import needs_second, open_proposals
from registry.screening.same_party import companions
from registry.screening.stale import count_outdated_for
from registry.screening.state import counts
from registry.screening.written_in import SCRIPTS, written_in

PAGE, RUNS = 50, 5
ROLE = Membership.Role
STATE = ListCandidate.State
CHANGED = "changed"  # a state of the link, not of the candidate
BANDS = {
    "same": ("95 to 100: same name", 95, 100),
    "strong": ("85 to 94: strong", 85, 94),
    "possible": ("below 85: possible", 0, 84),
}


class ScreenedByForm(forms.Form):
    list = forms.ChoiceField(label="List")
    threshold = forms.IntegerField(min_value=LOWEST, max_value=HIGHEST, initial=USUAL, help_text="Lowest score, from 60 to 100.")
    programmes = forms.CharField(required=False, max_length=2000, help_text="Separated by commas. Empty: all.")

    def __init__(self, lists: QuerySet[SanctionsList], data: Any = None) -> None:
        super().__init__(data)
        field_of(self, "list", forms.ChoiceField).choices = [(each.code, f"{each.code}: {each.name}") for each in lists]

    def chosen(self) -> dict[str, Any]:
        names = self.cleaned_data["programmes"].split(",")
        return {
            "threshold": self.cleaned_data["threshold"],
            "programmes": [name.strip() for name in names if name.strip()],
        }


@require_safe
def screening(request: SignedIn, slug: str) -> HttpResponse:
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    return render(request, "registry/screening.html", page_of(request, corpus))


@require_POST
def screen(request: SignedIn, slug: str) -> HttpResponse:
    """Start a run."""
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    try:
        start(corpus, request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Screening started.")
    return redirect("annotations:screening", slug=slug)


@require_POST
def screened_by(request: SignedIn, slug: str) -> HttpResponse:
    """Choose a list with its threshold, or take it away."""
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    check_manager(corpus, request.user)
    lists = choosable(corpus, request.user)
    if "drop" in request.POST:
        dropped = get_object_or_404(lists, code=request.POST["drop"][:60])
        drop(corpus, request.user, dropped)
        messages.success(request, f"{dropped} removed. Its decisions are kept.")
        return redirect("annotations:screening", slug=slug)
    if "two" in request.POST:
        ask_for_second(corpus, request.user, is_on=request.POST["two"] == "on")
        messages.success(request, "Two persons confirm a match." if needs_second(corpus) else "One person confirms a match.")
        return redirect("annotations:screening", slug=slug)
    form = ScreenedByForm(lists, request.POST)
    if not form.is_valid():
        return render(request, "registry/screening.html", page_of(request, corpus, form), status=422)
    chosen = choose(corpus, request.user, get_object_or_404(lists, code=form.cleaned_data["list"]), **form.chosen())
    messages.success(
        request, f"The corpus is screened against {chosen.list}, scores from {chosen.threshold}. Start a screening to compare."
    )
    return redirect("annotations:screening", slug=slug)


def choosable(corpus: Corpus, user: User) -> QuerySet[SanctionsList]:
    """Public lists and those of this corpus: an own list of another one says what that corpus looks for."""
    lists = SanctionsList.objects.for_user(user).order_by("code")
    return lists.filter(corpus=None) | lists.filter(corpus=corpus)


def page_of(request: SignedIn, corpus: Corpus, form: ScreenedByForm | None = None) -> dict[str, Any]:
    filters = read_filters(request)
    rows = Paginator(candidates(corpus, request.user, filters), PAGE).get_page(request.GET.get("page"))
    manages = corpus.allows(request.user, ROLE.MANAGER)
    return {
        "corpus": corpus,
        "counts": labelled(counts(corpus, request.user)),
        "chosen": with_versions(corpus),
        "runs": ScreeningRun.objects.for_user(request.user).filter(corpus=corpus).select_related("user")[:RUNS],
        "to_screen": count_outdated_for(corpus, listable_types(corpus), request.user),
        "two": SecondPersonRule.objects.filter(corpus=corpus).select_related("user").first(),
        "page": rows,
        "rows": rows_of(list(rows.object_list), request.user),
        "filters": filters,
        "types": types_of(corpus, request.user),
        "bands": [(code, label) for code, (label, _, _) in BANDS.items()],
        "states": [*STATE.choices, (CHANGED, "changed or delisted since")],
        "scripts": SCRIPTS,
        "form": form or (ScreenedByForm(choosable(corpus, request.user)) if manages else None),
        "manages": manages,
        "last": last_decision(corpus, request.user),
        "undo": uuid.uuid4(),
        **roles_of(corpus, request.user),
    }


def last_decision(corpus: Corpus, user: User) -> tuple[Decision, ListCandidate] | None:
    """What this person has decided last here, as long as nobody has decided on the same since; for reviewers, who may take it back."""
    if not corpus.allows(user, ROLE.REVIEWER):
        return None
    made = Decision.objects.filter(corpus=corpus, user=user).exclude(list="").first()
    if made is None or made.match == Decision.Match.WITHDRAWN:
        return None
    same = {"entity": made.entity, "list": made.list, "entry": made.entry}
    if Decision.objects.filter(**same, at__gt=made.at).exists():
        return None
    rows = ListCandidate.objects.for_user(user).filter(
        entity=made.entity, list__code=made.list, ref=made.entry, state=STATE.DECIDED
    )
    row = rows.select_related("entity", "list").first()
    return (made, row) if row else None


def roles_of(corpus: Corpus, user: User) -> dict[str, bool]:
    return {"decides": corpus.allows(user, ROLE.ANNOTATOR), "reviews": corpus.allows(user, ROLE.REVIEWER)}


def labelled(numbers: dict[str, int]) -> list[tuple[str, str, int]]:
    """(state, in words, how many)"""
    return [(state, str(label), numbers[state]) for state, label in Entity.Screening.choices]


def types_of(corpus: Corpus, user: User) -> list[str]:
    rows = ListCandidate.objects.for_user(user).filter(entity__corpus=corpus).order_by("entity__type")
    return list(rows.values_list("entity__type", flat=True).distinct())


def with_versions(corpus: Corpus) -> list[tuple[ScreenedBy, ListVersion | None, ListVersion | None]]:
    """(list of the corpus, its current version, one that is held and with which nothing was compared)"""
    chosen = list(ScreenedBy.objects.filter(corpus=corpus).select_related("list").order_by("list__code"))
    current = ListVersion.objects.filter(list__in=[each.list_id for each in chosen], state=ListVersion.State.CURRENT)
    by_list = {version.list_id: version for version in current.select_related("list")}
    held = ListVersion.objects.filter(list__in=[each.list_id for each in chosen], state=ListVersion.State.HELD)
    waiting = {version.list_id: version for version in held.select_related("list")}
    return [(each, by_list.get(each.list_id), waiting.get(each.list_id)) for each in chosen]


def read_filters(request: SignedIn) -> dict[str, str]:
    """What is not known filters nothing."""
    values = {name: request.GET.get(name, "").replace("\0", "")[:60] for name in ("list", "type", "script", "band", "state")}
    band = values["band"] if values["band"] in BANDS else ""
    state = values["state"] if values["state"] in (*STATE.values, CHANGED) else STATE.OPEN.value
    script = values["script"] if values["script"] in SCRIPTS else ""
    return values | {"band": band, "state": state, "script": script}


def candidates(corpus: Corpus, user: User, filters: dict[str, str]) -> QuerySet[ListCandidate]:
    """Best score first; of a card the best."""
    rows: QuerySet[ListCandidate] = ListCandidate.objects.for_user(user).filter(entity__corpus=corpus)
    if filters["state"] == CHANGED:
        links: QuerySet[Any] = overtaken(user).filter(entity__corpus=corpus)
        rows = rows.filter(pk__in=links.filter(candidate__isnull=False).values("candidate"))
    else:
        rows = rows.filter(state=filters["state"])
    if filters["script"]:
        rows = written_in(rows, filters["script"])
    if filters["band"]:
        _, lowest, highest = BANDS[filters["band"]]
        rows = rows.filter(score__gte=lowest, score__lte=highest)
    if filters["list"]:
        rows = rows.filter(list__code=filters["list"])
    if filters["type"]:
        rows = rows.filter(entity__type=filters["type"])
    better = Q(score__gt=OuterRef("score")) | Q(score=OuterRef("score"), pk__lt=OuterRef("pk"))
    best = rows.exclude(Exists(rows.filter(better, card=OuterRef("card"))))
    return best.select_related("entity", "list").order_by("-score", "pk")


def links_of(shown: list[ListCandidate], user: User) -> dict[tuple[Any, str, str], LinkState]:
    rows = ListLink.objects.filter(entity__in={each.entity_id for each in shown}, entry__in={each.ref for each in shown})
    return {(each.link.entity_id, each.link.list, each.link.entry): each for each in states_of_links(rows, user)}


def rows_of(shown: list[ListCandidate], user: User) -> list[dict[str, Any]]:
    """With the others of its card, and an id for the decision that may be made: sent twice, it is made once."""
    together, proposals, links = companions(shown, user), open_proposals(shown), links_of(shown, user)
    return [
        {
            "candidate": each,
            "decision": uuid.uuid4(),
            "together": together.get(each.pk, []),
            "proposal": proposals.get(each.pk),
            "link": links.get((each.entity_id, each.list.code, each.ref)),
        }
        for each in shown
    ]
