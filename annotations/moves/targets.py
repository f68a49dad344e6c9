"""Targets of agreement follow a scheme change to the new codes of their labels, as one change of the team settings; undoing puts them back."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from annotations.mapping.rows import CodeMapping
from annotations.models import AgreementTarget, Move
from annotations.plans.team import TARGETS, change_settings, target_codes
from annotations.schemes.stored import compiled

Targets = dict[str, int]  # LAYER or LAYER.LABEL → per cent


def carried(targets: Targets, move: Move) -> Targets:
    """As they are under the new version. Of two that become one the higher holds; one without a code there is gone."""
    mapping, view = CodeMapping.of(move.mapping), compiled(move.target).view
    known = {layer["code"]: {label["code"] for label in view.labels(layer["code"])} for layer in view.layers}
    after: Targets = {}
    for code, least in targets.items():
        layer, _, label = code.partition(".")
        to = mapping.label(layer, label) if label else ""
        if layer in known and (not label or to in known[layer]):
            name = f"{layer}.{to}" if label else layer
            after[name] = max(least, after.get(name, 0))
    return after


def target_rows(move: Move) -> list[dict[str, Any]]:
    """Those that change, each with its code under the new version; empty: it is gone."""
    before = move.targets_before if move.targets_before is not None else AgreementTarget.of(move.corpus)
    rows = [(code, least, next(iter(carried({code: least}, move)), "")) for code, least in before.items()]
    return [{"code": code, "to": to, "least": least} for code, least, to in rows if to != code]


def carry_targets(move: Move, by: User) -> None:
    """When it begins; `targets_before` keeps what they were, where any changes. The corpus has the new version by now."""
    before = AgreementTarget.of(move.corpus)
    after = carried(before, move)
    if after != before:
        move.targets_before = before
        move.save(update_fields=["targets_before"])
        change_settings(move.corpus, {TARGETS: after}, by)


def put_targets_back(move: Move, by: User) -> None:
    """When it is undone: as they were, unless somebody has changed them since, or the corpus has chosen another version."""
    before = move.targets_before
    if before is None or AgreementTarget.of(move.corpus) != carried(before, move):
        return
    if before.keys() <= target_codes(move.corpus).keys():
        change_settings(move.corpus, {TARGETS: before}, by)
