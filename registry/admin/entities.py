"""Entities, edited where they are managed: with names, identifiers, list links and relations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import HttpRequest

from corpus.admin.base import CORPUS_FILTER, CorpusTable, Inline
from corpus.admin.download import columns
from corpus.admin.forms import CodesFormSet, WholeForm, place_in_formset
from corpus.admin.show import excerpt
from corpus.edits.fields import field_of
from registry.admin.writing import RevisedForm, count_up
from registry.birth_dates import HELP, is_birth_date
from registry.models import Entity, EntityBirth, EntityIdentifier, EntityName, ListLink, Relation

Choices = list[tuple[str, str]]


def types_in_use() -> Choices:
    """Codes that entities have already. The app that has schemes puts its own in this place."""
    rows = Entity.objects.order_by("type").values_list("type", flat=True).distinct()
    return [(code, code) for code in rows]


def relation_types_in_use() -> Choices:
    rows = Relation.objects.order_by("type").values_list("type", flat=True).distinct()
    return [(code, code) for code in rows]


class Vocabulary:
    """Where the choices of types come from: the register knows no scheme, so it is told."""

    entity_types = staticmethod(types_in_use)
    relation_types = staticmethod(relation_types_in_use)


def with_present(choices: Choices, value: str) -> Choices:
    """A code of an older scheme version stays valid for the entity that has it."""
    known = any(code == value for code, _ in choices)
    return choices if known or not value else [*choices, (value, value)]


class EntityForm(RevisedForm):
    type = forms.ChoiceField()
    sentences = {
        "entity_outlet": "Another entity is already linked to this outlet.",
        "entity_has_name": "Enter a name.",
        "entity_same_as": "Another entity of the corpus is already linked to this entry of the shared register.",
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "type" in self.fields:
            choices = with_present(Vocabulary.entity_types(), self.instance.type)
            field_of(self, "type", forms.ChoiceField).choices = [("", "---------"), *choices]

    def clean(self) -> Any:
        cleaned = super().clean()
        corpus = cleaned.get("corpus") or getattr(self.instance, "corpus", None)
        outlet = cleaned.get("outlet")
        if outlet and corpus and outlet.corpus_id != corpus.pk:
            self.add_error("outlet", "This outlet belongs to another corpus.")
        return cleaned

    def clean_countries(self) -> list[str]:
        countries: list[str] = self.cleaned_data["countries"]
        wrong = [code for code in countries if not (len(code) == 2 and code.isalpha() and code.isupper())]
        if wrong:
            raise ValidationError(f"{', '.join(wrong)}: use two capital letters, such as CN.")
        return countries


class NameForm(WholeForm):
    def clean(self) -> Any:
        if self.instance._state.adding:
            stored = EntityName.objects.filter(entity=self.instance.entity_id)
            last = stored.aggregate(last=Max("position"))["last"] or 0
            self.instance.position = last + 1 + place_in_formset(self)
        return super().clean()


class NamesFormSet(CodesFormSet):
    code = "name"


class NameInline(Inline):
    model = EntityName
    form = NameForm
    formset = NamesFormSet
    fields = ("name", "kind", "script")
    readonly_fields = ("script",)
    verbose_name_plural = "aliases"


class BirthForm(WholeForm):
    sentences = {
        "entitybirth_once": "The entity already has this date with these words.",
        "entitybirth_is_edtf": f"Enter a date such as {HELP}.",
        "entitybirth_has_words": "Enter the words of the source.",
    }

    def clean_edtf(self) -> str:
        edtf: str = self.cleaned_data["edtf"]
        if not is_birth_date(edtf):
            raise ValidationError(f"Enter a date such as {HELP}.")
        return edtf


class BirthInline(Inline):
    model = EntityBirth
    form = BirthForm
    fields = ("edtf", "words")


class IdentifierInline(Inline):
    model = EntityIdentifier
    fields = ("scheme", "value")


class ListLinkInline(Inline):
    """Decided on the page of the entity, where each decision is signed; shown here."""

    model = ListLink
    fields = readonly_fields = ("list", "entry", "match", "list_version", "note", "reviewer", "said_by")
    can_delete = False
    verbose_name_plural = "sanctions list links (decided on the entity's page)"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("reviewer")


class RelationForm(RevisedForm):
    type = forms.ChoiceField()
    sentences = {
        "relation_not_to_itself": "An entity cannot be related to itself.",
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "type" in self.fields:
            choices = with_present(Vocabulary.relation_types(), self.instance.type)
            field_of(self, "type", forms.ChoiceField).choices = [("", "---------"), *choices]

    def clean(self) -> Any:
        """Both ends in one corpus, which is the relation's."""
        cleaned = super().clean()
        source = cleaned.get("source") or getattr(self.instance, "source", None)
        target = cleaned.get("target") or getattr(self.instance, "target", None)
        if source and target and source.corpus_id != target.corpus_id:
            raise ValidationError("The two entities belong to different corpora.")
        if source:
            self.instance.corpus_id = source.corpus_id
        return cleaned


class RelationInline(Inline):
    model = Relation
    form = RelationForm
    fk_name = "source"
    fields = ("type", "target", "basis", "note", "read_revision")
    autocomplete_fields = ("target",)
    verbose_name_plural = "relations to other entities"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("source", "target")


@admin.register(Entity)
class EntityAdmin(CorpusTable):
    form = EntityForm
    edit_role = add_role = delete_role = "manager"
    list_display = ("name", "type", "other_names", "country_codes", "anonymous", "screening", "corpus", "revision")
    list_filter = (CORPUS_FILTER, "type", "screening", "anonymous", "reference")
    list_select_related = ("corpus",)
    search_fields = ("name", "names__name", "key", "identifiers__value")
    search_help_text = "Search by name, alias, file key, or an identifier such as Q423."
    ordering = ("name", "id")
    autocomplete_fields = ("corpus", "outlet", "same_as")
    inlines = (NameInline, BirthInline, IdentifierInline, ListLinkInline, RelationInline)
    csv_columns = columns(
        "id=pk corpus=corpus.slug key type name other_names countries reference unnamed=anonymous births identifiers same_as=same_as_id list_links "
        "screening note revision",
        other_names=lambda row: [name.name for name in row.names.all()],
        births=lambda row: [str(one) for one in row.births.all()],
        identifiers=lambda row: [str(one) for one in row.identifiers.all()],
        list_links=lambda row: [str(link) for link in row.list_links.all()],
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("names", "births", "identifiers", "list_links")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        state = ("key", "id", "revision", "read_revision") if obj else ("key",)
        return (
            (None, {"fields": ("name", "type", "corpus", "countries", ("anonymous", "reference"), "outlet", "same_as")}),
            ("Screening", {"fields": ("screening", "note")}),
            ("Technical", {"fields": state}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("corpus", "id", "revision", "screening") if obj else ("screening",)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.save(commit=False):
            if isinstance(row, Relation):
                row.corpus_id = form.instance.corpus_id
            row.save()
            if isinstance(row, Relation) and row not in formset.new_objects:
                count_up(row)
        for row in formset.deleted_objects:
            row.delete()
        formset.save_m2m()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        own = [formset for formset in formsets if formset.model is not Relation]
        if change and (form.has_changed() or any(formset.has_changed() for formset in own)):
            count_up(form.instance)

    @admin.display(description="aliases")
    def other_names(self, row: Any) -> str:
        return excerpt(", ".join(name.name for name in row.names.all()), 60)

    @admin.display(description="countries")
    def country_codes(self, row: Any) -> str:
        return ", ".join(row.countries)
