"""Scheme changes of a corpus, for its managers: which versions are in use, a mapping to another one with its preview, and how far it is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from annotations.guidelines.carried import followers
from annotations.mapping.rows import Code, CodeMapping, CodeRow, is_settled, options
from annotations.models import Assignment, Move, MoveItem, Scheme
from annotations.moves import change
from annotations.moves.in_use import Uses
from annotations.moves.targets import target_rows
from annotations.schemes.of_corpus import NoScheme, scheme_for
from annotations.schemes.stored import compiled
from annotations.views.new_corpus import FinishedSchemeField
from annotations.views.plans import managed
from corpus.accounts.signed_in import SignedIn
from corpus.edits.fields import field_of
from corpus.edits.history import EditError
from corpus.intake.deliveries import is_worker_alive
from corpus.models import Corpus

FORM = ["GET", "HEAD", "POST"]
SHOWN = 50  # readings that stay
SEPARATOR, LEAVE_OUT = "|", "-"
KIND_NAMES = {
    "label": "Label",
    "role": "Role",
    "attribute": "Attribute",
    "choice": "Choice",
    "link": "Link",
    "relation": "Relation",
}


class NewSchemeChangeForm(forms.Form):
    """From one version to another, for some readings."""

    source = forms.ModelChoiceField(Scheme.objects.none(), label="From version", empty_label=None)
    target = FinishedSchemeField(empty_label=None)
    scope = forms.ChoiceField(choices=Move.Scope.choices, initial=Move.Scope.OPEN, widget=forms.RadioSelect, label="Readings")

    def __init__(self, data: Any, versions: Any, corpus: Corpus, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        field_of(self, "target", FinishedSchemeField).of_corpus(corpus)
        field_of(self, "source", forms.ModelChoiceField).queryset = versions
        self.fields["target"].label = "To version"
        field_of(self, "scope", forms.ChoiceField).choices = [(value, label.capitalize()) for value, label in Move.Scope.choices]


@require_http_methods(FORM)
def scheme_changes(request: SignedIn, slug: str) -> HttpResponse:
    corpus = managed(request, slug)
    present = present_scheme(corpus)
    versions = versions_in_use(corpus, present)
    form = NewSchemeChangeForm(
        request.POST if request.method == "POST" else None,
        versions,
        corpus,
        source=present,
        target=newer_than(present, corpus),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            return redirect(change.create_move(corpus, data["source"], data["target"], data["scope"], request.user))
        except EditError as error:
            form.add_error("target", str(error))
    page = {"corpus": corpus, "form": form, "present": present, "versions": versions, "moves": with_outcomes(corpus)}
    return render(request, "annotations/scheme_changes.html", page)


def present_scheme(corpus: Corpus) -> Scheme | None:
    try:
        return scheme_for(corpus)
    except NoScheme:
        return None


def newer_than(present: Scheme | None, corpus: Corpus) -> Scheme | None:
    """The version loaded last that a corpus does not have yet."""
    rows = Scheme.objects.of_corpus(corpus).defer("body").order_by("-loaded")
    return rows.exclude(pk=present.pk).first() if present else rows.first()


def versions_in_use(corpus: Corpus, present: Scheme | None) -> Any:
    """With `readings` and of these `submitted`, in the corpus; the present version, too, where it has none."""
    own = Q(assignments__document__corpus=corpus)
    rows = Scheme.objects.defer("body").annotate(
        readings=Count("assignments", filter=own),
        submitted=Count("assignments", filter=own & Q(assignments__status=Assignment.Status.SUBMITTED)),
    )
    return rows.filter(Q(readings__gt=0) | Q(pk=present and present.pk)).order_by("code", "-loaded", "pk")


def with_outcomes(corpus: Corpus) -> Any:
    rows = Move.objects.filter(corpus=corpus).select_related("corpus", "source", "target", "user")
    by_outcome = {name: Count("items", filter=Q(items__outcome=name)) for name in ("moved", "stayed", "back", "stuck")}
    return rows.defer("source__body", "target__body").annotate(**by_outcome)


@require_http_methods(FORM)
def scheme_change(request: SignedIn, slug: str, pk: UUID) -> HttpResponse:
    corpus = managed(request, slug)
    move = get_object_or_404(with_outcomes(corpus), pk=pk)
    page: dict[str, Any] = {"corpus": corpus, "move": move, "state": move.get_state_display()}
    if request.method == "POST":
        try:
            return carry_out(request, move)
        except EditError as error:
            if request.POST.get("act") != "try" or move.state != Move.State.DRAFT:
                messages.error(request, str(error))
                return redirect(move)
            page["problem"] = str(error)
            move.mapping = CodeMapping(rows_of(request.POST)).stored()
    if move.state == Move.State.DRAFT:
        page |= previewed(move, request.GET.get("add", ""))
    else:
        page |= progress(move)
    return render(request, "annotations/scheme_change.html", page)


def carry_out(request: SignedIn, move: Move) -> HttpResponse:
    """What a button of the page asks for. Raises EditError."""
    act = request.POST.get("act", "")
    if act == "try":
        change.change_mapping(move, rows_of(request.POST), scope_of(request.POST, move), request.user)
        added = request.POST.get("add", "")
        return redirect(f"{move.get_absolute_url()}?add={added}" if added else move.get_absolute_url())
    if act == "do":
        change.begin(move, request.user)
    elif act == "undo":
        change.undo(move, request.user)
    elif act == "delete":
        change.delete_draft(move, request.user)
        messages.success(request, "Draft deleted.")
        return redirect("annotations:scheme_changes", move.corpus.slug)
    else:
        raise EditError("Choose one of the buttons of the page.")
    return redirect(move)


def scope_of(data: Any, move: Move) -> str:
    scope = data.get("scope", move.scope)
    if scope not in Move.Scope.values:
        raise EditError("Choose one of the scopes of the page.")
    return str(scope)


def rows_of(data: Any) -> list[CodeRow]:
    """Rows of the form: `to` and `reason`, each with the code in its name. What is not chosen is no row; nor what stays as it is."""
    rows = []
    for name, to in data.items():
        parts = name.split(SEPARATOR)
        if parts[0] != "to" or len(parts) != 6 or not to or to == parts[-1]:
            continue
        reason = data.get(SEPARATOR.join(["reason", *parts[1:]]), "").strip()
        kind, layer, label, attribute, code = parts[1:]
        out = to == LEAVE_OUT
        rows.append(CodeRow(kind, layer, label, attribute, code, "" if out else to, reason if out else ""))
    return rows


def previewed(move: Any, added: str) -> dict[str, Any]:
    """The rows of the form: codes that are missing, what is mapped, and one that was added; and what prevents a move."""
    trial, mapping = change.preview(move), CodeMapping.of(move.mapping)
    uses = trial.uses
    codes = list(uses.missing(mapping, compiled(move.target).view))
    codes += [row.key for row in mapping.rows if row.key not in codes]
    addable = [
        code for code in sorted(uses.by_code) if code not in codes and is_settled(code, mapping, compiled(move.target).view)
    ]
    codes += [code for code in addable if SEPARATOR.join(code) == added]
    names = {reading.pk: reading for reading in Assignment.objects.whole().filter(pk__in=list(trial.staying)[:SHOWN])}
    return {
        "trial": trial,
        "guidance": trial.guidance,
        "targets": trial.targets,
        "lines": [form_line(code, mapping, uses, move) for code in codes],
        "addable": [(SEPARATOR.join(code), path_of(code)) for code in addable if code not in codes],
        "staying": [{"reading": names[pk], "findings": findings} for pk, findings in trial.staying.items() if pk in names],
        "scopes": Move.Scope.choices,
    }


def form_line(code: Code, mapping: CodeMapping, uses: Uses, move: Move) -> dict[str, Any]:
    row = mapping.by_code.get(code)
    choices = options(code, mapping, compiled(move.target).view)
    chosen = (row.to or LEAVE_OUT) if row else code.code if code.code in choices else ""
    return {
        "name": SEPARATOR.join(code),
        "kind": KIND_NAMES[code.kind],
        "path": path_of(code),
        "parts": parts_of(code),
        "use": uses.of_row(code),
        "choices": choices,
        "chosen": chosen,
        "reason": row.reason if row else "",
    }


def path_of(code: Code) -> str:
    return ".".join(parts_of(code))


def parts_of(code: Code) -> list[str]:
    return [part for part in (code.layer, code.label, code.attribute, code.code) if part]


def progress(move: Any) -> dict[str, Any]:
    items = MoveItem.objects.filter(move=move, outcome__in=["stayed", "stuck"])
    items = items.select_related("assignment__document__article", "assignment__annotator").order_by("pk")
    is_back = move.state in (Move.State.UNDOING, Move.State.UNDONE)
    reached = move.back + move.stuck if is_back else move.moved + move.stayed
    return {
        "rows": [
            row | {"parts": parts_of(CodeMapping.of([plain(row)]).rows[0].key)} for row in (move.counts or {}).get("rows", [])
        ],
        "guidance": followers(move),
        "targets": target_rows(move),
        "items": items.defer("assignment__document__text")[:SHOWN],
        "is_running": move.state in (Move.State.RUNNING, Move.State.UNDOING),
        "reached": reached,
        "total": reached + move.moved if is_back else max(reached, (move.counts or {}).get("readings", 0)),
        "worker": is_worker_alive(),
    }


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the record without its counts."""
    return {name: row[name] for name in ("kind", "layer", "label", "attribute", "code", "to", "reason")}
