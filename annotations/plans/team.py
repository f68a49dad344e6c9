"""How the annotators of a corpus get their articles: its settings, and who may open one of their own choice."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from annotations.models import AgreementTarget, Assignment, TeamSettings
from annotations.schemes.of_corpus import NoScheme, scheme_for
from annotations.schemes.stored import compiled
from corpus.edits.history import EditError, lock_corpus, record
from corpus.models import Corpus, Document, Edit, Membership

TARGETS = "targets"
FIELDS = (
    "self_service",
    "open_at_once",
    "lapse_days",
    "approve",
    "practice_tests",
    "practice_least",
    "show_people",
    "suggestions",
    "control_share",
)


@transaction.atomic
def change_settings(corpus: Corpus, values: dict[str, Any], by: User) -> Edit | None:
    """Other values of some FIELDS, and other TARGETS: all of them, each a per cent. None where nothing changes. Raises EditError."""
    locked = lock_corpus(corpus, by)
    present = settings_of(locked)
    after = {name: value for name, value in values.items() if present[name] != value}
    if not after:
        return None
    before = {name: present[name] for name in after}
    if TARGETS in after:
        set_targets(locked, before[TARGETS], after[TARGETS])
    if fields := {name: value for name, value in after.items() if name != TARGETS}:
        TeamSettings.objects.update_or_create(corpus=locked, defaults=fields)
    return record(locked, Edit.Kind.CORPUS, locked, in_words(before), in_words(after), by)


def settings_of(corpus: Corpus) -> dict[str, Any]:
    present = TeamSettings.of(corpus)
    return {name: getattr(present, name) for name in FIELDS} | {TARGETS: AgreementTarget.of(corpus)}


def set_targets(corpus: Corpus, before: dict[str, int], after: dict[str, int]) -> None:
    """What stays keeps its row, and with it whether managers know. Raises EditError for a code that is not in the scheme."""
    unknown = after.keys() - before.keys() - set(target_codes(corpus))
    if unknown:
        raise EditError(f"The scheme of the corpus has no layer or label {min(unknown)[:80]}. Take a code of the scheme.")
    changed = [code for code, least in after.items() if before.get(code) != least]
    rows = {target.code: target.pk for target in AgreementTarget.objects.filter(corpus=corpus)}
    AgreementTarget.objects.filter(pk__in=[pk for code, pk in rows.items() if code in changed or code not in after]).delete()
    AgreementTarget.objects.bulk_create(
        AgreementTarget(corpus=corpus, layer=layer, label=label, least=after[f"{layer}{dot}{label}"])
        for layer, dot, label in (code.partition(".") for code in changed)
    )


def target_codes(corpus: Corpus) -> dict[str, str]:
    """LAYER and LAYER.LABEL of the scheme of a corpus → name."""
    try:
        view = compiled(scheme_for(corpus)).view
    except NoScheme:
        return {}
    codes: dict[str, str] = {}
    for layer in view.layers:
        codes[layer["code"]] = layer["name"]
        codes |= {f"{layer['code']}.{label['code']}": label["name"] for label in view.labels(layer["code"])}
    return codes


def in_words(values: dict[str, Any]) -> dict[str, str]:
    """As the history shows them."""
    return {shown_name(name): worded(value) for name, value in values.items()}


def shown_name(name: str) -> str:
    return name.replace("_", " ")


def worded(value: bool | int | dict[str, int] | None) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{code} {least} %" for code, least in sorted(value.items())) or "none"
    if value is None:
        return "never"
    return ("off", "on")[value] if isinstance(value, bool) else str(value)


def opens_any(corpus: Corpus, role: str | None) -> bool:
    """Whether somebody in this role opens any article of the corpus. Reviewers and managers always do."""
    if role not in Membership.Role.from_rank("annotator"):
        return False
    return role != Membership.Role.ANNOTATOR or TeamSettings.of(corpus).self_service


def require_choice(user: User, document: Document) -> None:
    """Raises PermissionDenied where `user` has no reading of the text and must not begin one of their own choice."""
    if opens_any(document.corpus, document.corpus.role_of(user)):
        return
    if not Assignment.objects.filter(document=document, annotator=user, role=Assignment.Role.ANNOTATION).exists():
        raise PermissionDenied("The articles of this corpus are assigned. Take the next article in your queue, or ask a manager.")
