"""Filters for tables of marks. What they offer stands in the scheme, not in the rows: no list is read twice."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.http import HttpRequest

from annotations.admin.wording import BOUNDS
from annotations.models import Assignment, Choice, Label, Layer
from corpus.admin.filters import VisibleRelated

IN_CORPUS = ("assignment__document__corpus", VisibleRelated)
Choices = list[tuple[str, str]]
OPEN = "-"  # no code of a scheme


def words_of_schemes(request: Any) -> dict[str, dict[str, str]]:
    """Names by code, of labels (under "label:figure" …) and of choices (under the attribute's code).

    All versions together, asked once a request: a list has many filters and may ask little.
    """
    if not hasattr(request, "words_of_schemes"):
        words: dict[str, dict[str, str]] = {}
        for group, _, code, name in named_codes():
            words.setdefault(group, {})[code] = name
        request.words_of_schemes = words
    known: dict[str, dict[str, str]] = request.words_of_schemes
    return known


def named_codes() -> Any:
    group = Concat(Value("label:"), F("layer__kind"))
    labels = Label.objects.order_by().values_list(group, "order", "code", "name")
    choices = Choice.objects.order_by().values_list("attribute__code", "order", "code", "name")
    return sorted(labels.union(choices).order_by())


class AnnotatorFilter(admin.SimpleListFilter):
    """People whose marks one may see: not everybody who has an account."""

    title = "annotator"
    parameter_name = "annotator"
    path = "assignment__annotator"

    def lookups(self, request: Any, model_admin: Any) -> Choices:
        seen = Assignment.objects.for_user(request.user).order_by().values("annotator")
        people = get_user_model().objects.filter(pk__in=seen).order_by("username")
        return [(str(pk), name) for pk, name in people.values_list("pk", "username")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        known = {value for value, _ in self.lookup_choices}
        return queryset.filter(**{self.path: self.value()}) if self.value() in known else queryset


class LabelFilter(admin.SimpleListFilter):
    """By the code of the label, so that one choice covers every version of the scheme."""

    title = "label"
    parameter_name = "label"
    kinds: tuple[str, ...] = tuple(Layer.Kind.values)
    path = "label"

    def lookups(self, request: Any, model_admin: Any) -> Choices:
        words = words_of_schemes(request)
        return [(f"{kind}:{code}", name) for kind in self.kinds for code, name in words.get(f"label:{kind}", {}).items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        kind, colon, code = (self.value() or "").partition(":")
        conditions = {f"{self.path}__layer__kind": kind, f"{self.path}__code": code}
        return queryset.filter(**conditions) if colon else queryset


class FigureLabelFilter(LabelFilter):
    kinds = (Layer.Kind.FIGURE,)
    path = "span__label"


class EventTypeFilter(LabelFilter):
    title = "type"
    parameter_name = "type"
    kinds = (Layer.Kind.EVENT,)


class CodeFilter(admin.SimpleListFilter):
    """A column that holds a code of the scheme, offered by its name there."""

    attribute: str
    parameter_name: str

    def lookups(self, request: Any, model_admin: Any) -> Choices:
        """Last, what nobody has chosen."""
        return [*words_of_schemes(request).get(self.attribute, {}).items(), (OPEN, "not chosen")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = "" if self.value() == OPEN else self.value()
        return queryset if value is None else queryset.filter(**{self.parameter_name: value})


def by_code(column: str, attribute: str = "") -> type[CodeFilter]:
    """A filter of `column` by the choices of the scheme's attribute, which has the same name as a rule."""
    fields = {"title": column.replace("_", " "), "parameter_name": column, "attribute": attribute or column}
    return type(f"{column.title()}Filter", (CodeFilter,), fields)


class ComparatorFilter(CodeFilter):
    title = parameter_name = "comparator"

    def lookups(self, request: Any, model_admin: Any) -> Choices:
        return [(code, words.format(low="…", high="…")) for code, words in BOUNDS.items()]


class RatingFilter(CodeFilter):
    """The two halves of the Admiralty code."""

    codes: str

    def lookups(self, request: Any, model_admin: Any) -> Choices:
        return [(code, code) for code in self.codes]


class ReliabilityFilter(RatingFilter):
    title = parameter_name = "reliability"
    codes = "ABCDEF"


class CredibilityFilter(RatingFilter):
    title = parameter_name = "credibility"
    codes = "123456"
