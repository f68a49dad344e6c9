"""The query parameters of entities, measures and entries of lists."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from corpus.api.filters import Day, Flag, WholeNumber, Words
from registry.models import BaseEntity, Entity, EntityQuerySet, ListEntry, Measure


class EntityFilter(django_filters.FilterSet):
    corpus = Words(field_name="corpus__slug", help_text="A corpus's slug.")
    type = Words(field_name="type", help_text="Entity type: the code of an actor label.")
    q = Words(
        method="by_name",
        help_text="Substring of a name or alias, ignoring case, leading articles and the style of quotation marks.",
    )
    key = Words(field_name="key", help_text="Id in the imported file.")
    country = Words(field_name="countries", lookup_expr="contains", help_text="ISO 3166-1 alpha-2.")
    reference = django_filters.ChoiceFilter(choices=Entity.Reference.choices, help_text="specific or generic.")
    anonymous = Flag(field_name="anonymous", help_text="Whether the entity has no name.")
    same_as = Words(field_name="same_as", help_text="Code of an entry of the shared register.")
    screening = django_filters.ChoiceFilter(
        choices=Entity.Screening.choices, help_text="Status of the screening against sanctions lists."
    )

    class Meta:
        model = Entity
        fields: list[str] = []

    def by_name(self, rows: EntityQuerySet, name: str, words: str) -> EntityQuerySet:
        return rows.matching_name(words)

    def filter_queryset(self, rows: Any) -> Any:
        """An array column takes a list."""
        if country := self.form.cleaned_data.get("country"):
            self.form.cleaned_data["country"] = [country]
        return super().filter_queryset(rows)


class BaseEntityFilter(django_filters.FilterSet):
    code = Words(field_name="code", help_text="iso-cn")
    type = Words(field_name="type", help_text="Entity type: the code of an actor label.")
    country = Words(field_name="countries", method="of_country", help_text="ISO 3166-1 alpha-2.")
    q = Words(method="by_name", help_text="Substring of a name, ignoring case and leading articles.")

    class Meta:
        model = BaseEntity
        fields: list[str] = []

    def by_name(self, rows: Any, name: str, words: str) -> Any:
        return rows.matching_name(words)

    def of_country(self, rows: QuerySet[BaseEntity], name: str, code: str) -> QuerySet[BaseEntity]:
        return rows.filter(countries__contains=[code])


class MeasureFilter(django_filters.FilterSet):
    code = Words(field_name="code", help_text="UNSCR-2371")
    issuer = Words(field_name="issuer", help_text="Issuer of the measure.")
    regime = Words(field_name="regime", help_text="Sanctions regime.")
    q = Words(method="by_name", help_text="Substring of the code, symbol or an alias.")
    adopted_after = Day(field_name="adopted", lookup_expr="gte", help_text="On that day or later.")
    adopted_before = Day(field_name="adopted", lookup_expr="lte", help_text="On that day or earlier.")

    class Meta:
        model = Measure
        fields: list[str] = []

    def by_name(self, rows: QuerySet[Measure], name: str, words: str) -> QuerySet[Measure]:
        return rows.filter(Q(code__icontains=words) | Q(symbol__icontains=words) | Q(aliases__icontains=words))


class ListEntryFilter(django_filters.FilterSet):
    version = WholeNumber(
        field_name="versions", lookup_expr="contains", help_text="Number of a version. Left out: the current one."
    )
    kind = django_filters.ChoiceFilter(choices=ListEntry.Kind.choices, help_text="person, body, craft or any: not stated.")
    programme = Words(method="of_programme", help_text="Programme, as the list spells it.")
    country = Words(method="of_country", help_text="ISO 3166-1 alpha-2.")

    class Meta:
        model = ListEntry
        fields: list[str] = []

    def of_programme(self, rows: QuerySet[ListEntry], name: str, words: str) -> QuerySet[ListEntry]:
        return rows.filter(programmes__contains=[words])

    def of_country(self, rows: QuerySet[ListEntry], name: str, words: str) -> QuerySet[ListEntry]:
        return rows.filter(countries__contains=[words])
