"""Targets of agreement of a corpus: a per cent for each layer and label that has one."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField

from annotations.models import AgreementTarget
from annotations.plans.team import target_codes
from corpus.models import Corpus


class TargetGroup(NamedTuple):
    """The fields of a layer: its own, and those of its labels."""

    name: str
    fields: list[BoundField]
    chosen: int


class TargetsForm(forms.Form):
    """A number for each layer and label of the scheme; empty: no target."""

    def __init__(self, corpus: Corpus, data: Any = None) -> None:
        present = AgreementTarget.of(corpus)
        super().__init__(data, initial=present, auto_id="target_%s")
        self.names = target_codes(corpus)
        # One whose label is not in the scheme any longer can still be removed.
        for code in [*self.names, *(code for code in present if code not in self.names)]:
            label = self.names.get(code, f"{code} (not in the scheme)") if "." in code else "All labels"
            self.fields[code] = forms.IntegerField(required=False, min_value=1, max_value=100, label=label)

    @property
    def groups(self) -> list[TargetGroup]:
        layers: dict[str, list[str]] = {}
        for code in self.fields:
            layers.setdefault(code.partition(".")[0], []).append(code)
        return [
            TargetGroup(self.names.get(layer, layer), [self[code] for code in codes], sum(code in self.initial for code in codes))
            for layer, codes in layers.items()
        ]

    @property
    def targets(self) -> dict[str, int]:
        """LAYER or LAYER.LABEL → per cent. The form must be valid."""
        return {code: least for code, least in self.cleaned_data.items() if least is not None}
