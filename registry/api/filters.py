"""The query parameters of entities and measures."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from corpus.api.filters import Day, Flag, Words
from registry.models import Entity, Measure


class EntityFilter(django_filters.FilterSet):
    corpus = Words(field_name="corpus__slug", help_text="A corpus's slug.")
    type = Words(field_name="type", help_text="The code of an actor label of the scheme.")
    q = Words(
        method="named",
        help_text="Part of its name or of another name of it; articles, case and the form of quotation marks do not count.",
    )
    key = Words(field_name="key", help_text="Its id in the file it came from.")
    country = Words(field_name="countries", lookup_expr="contains", help_text="ISO 3166-1 alpha-2.")
    reference = django_filters.ChoiceFilter(choices=Entity.Reference.choices, help_text="A particular one, or a class.")
    anonymous = Flag(field_name="anonymous", help_text="Is it unnamed?")
    screening = django_filters.ChoiceFilter(
        choices=Entity.Screening.choices, help_text="How far it is compared with sanctions lists."
    )

    class Meta:
        model = Entity
        fields: list[str] = []

    def named(self, rows: Any, name: str, words: str) -> QuerySet[Entity]:
        return rows.named(words)

    def filter_queryset(self, rows: Any) -> QuerySet[Entity]:
        """An array column takes a list."""
        if country := self.form.cleaned_data.get("country"):
            self.form.cleaned_data["country"] = [country]
        return super().filter_queryset(rows)


class MeasureFilter(django_filters.FilterSet):
    code = Words(field_name="code", help_text="UNSCR-2371")
    issuer = Words(field_name="issuer", help_text="Who adopted it.")
    regime = Words(field_name="regime", help_text="The sanctions regime.")
    q = Words(method="named", help_text="Part of its code, symbol or another name of it.")
    adopted_after = Day(field_name="adopted", lookup_expr="gte", help_text="That day or later.")
    adopted_before = Day(field_name="adopted", lookup_expr="lte", help_text="That day or earlier.")

    class Meta:
        model = Measure
        fields: list[str] = []

    def named(self, rows: Any, name: str, words: str) -> QuerySet[Measure]:
        return rows.filter(Q(code__icontains=words) | Q(symbol__icontains=words) | Q(aliases__icontains=words))
