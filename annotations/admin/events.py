"""Events with their triggers and arguments."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest
from django.utils.html import format_html

from annotations.admin.filters import IN_CORPUS, AnnotatorFilter, EventTypeFilter, by_code
from annotations.admin.owned import OWNER_COLUMNS, WHOSE, OwnedTable, are_few, few, place_link, with_owner
from annotations.admin.wording import fact_words, filler_words
from annotations.models import Argument, Event, Label, Span
from corpus.admin.base import ShownInline
from corpus.admin.download import columns
from corpus.admin.show import admin_link, excerpt, stacked, tidy_json
from registry.models import Entity

FILLERS = ("role", "span__label", "entity", "filler_event__label", "citation")


class TriggerInline(ShownInline):
    model = Span
    fk_name = "event"
    fields = ("words", "start", "end")
    readonly_fields = fields
    verbose_name_plural = "triggers"

    def get_queryset(self, request: HttpRequest) -> Any:
        return with_owner(super().get_queryset(request), "label")

    @admin.display(description="words")
    def words(self, row: Span) -> str:
        return place_link(row, row.quote)


class ArgumentInline(ShownInline):
    model = Argument
    fk_name = "event"
    fields = ("role_name", "filler")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related(*FILLERS)

    @admin.display(description="role")
    def role_name(self, row: Argument) -> str:
        return row.role.name

    @admin.display(description="filler")
    def filler(self, row: Argument) -> str:
        return filler_link(row)


def filler_link(argument: Argument) -> str:
    target = argument.span or argument.entity or argument.filler_event or argument.citation
    return admin_link(target, excerpt(filler_words(argument)))


@admin.register(Event)
class EventAdmin(OwnedTable):
    list_display = ("label", "triggers_in_text", "participants", "when", "facts", "article", "annotator")
    list_filter = (EventTypeFilter, by_code("status"), by_code("polarity"), by_code("certainty"), IN_CORPUS, AnnotatorFilter)
    related = ("label",)
    list_select_related = related
    search_fields = ("triggers__quote", "label__name", "note", "arguments__span__quote", "arguments__entity__name")
    date_hierarchy = "time_earliest"
    ordering = ("-assignment__created", "assignment_id", "id")
    inlines = (TriggerInline, ArgumentInline)
    readonly_fields = ("label", "when", "facts", "article", "annotator", "shown_attributes")
    fieldsets = (
        (None, {"fields": ("label", "facts", "shown_attributes", "read", "article", "annotator", "note")}),
        (
            "Time (first and last day)",
            {
                "fields": (
                    "time_text",
                    ("time_edtf", "time_earliest", "time_latest"),
                    ("time_basis", "time_part_of_day"),
                    "time_note",
                )
            },
        ),
        ("Technical", {"fields": ("key", "id", "revision")}),
    )
    csv_columns = OWNER_COLUMNS + columns(
        "type=label.code type_name=label.name triggers arguments status polarity certainty attributes time_text "
        "time=time_edtf time_earliest time_latest time_basis note",
        triggers=lambda row: [trigger.quote for trigger in row.triggers.all()],
        arguments=lambda row: [f"{one.role.code}: {filler_words(one)}" for one in row.arguments.all()],
        attributes=lambda row: [f"{name}: {value}" for name, value in row.attributes.items()],
    )

    def holding(self, words: str) -> Q:
        """Words that few marks have are looked up; for usual ones each event is asked, the newest first, until a page is full."""
        marks = Span.objects.order_by().filter(quote__holds=words)
        entities = few(Entity.objects.filter(name__holds=words))
        own = Q(note__holds=words) | Q(label__in=few(Label.objects.filter(name__holds=words)))
        arguments = Argument.objects.order_by()
        if not are_few(marks):
            filled = arguments.filter(Q(span__quote__holds=words) | Q(entity__in=entities), event=OuterRef("pk"))
            return own | Exists(marks.filter(event=OuterRef("pk"))) | Exists(filled)
        fillers = arguments.filter(Q(span__in=marks.values("pk")) | Q(entity__in=entities)).values("event")
        triggered = marks.filter(event__isnull=False).values("event")
        return Q(pk__in=triggered.union(fillers, Event.objects.order_by().filter(own).values("pk")))

    def get_queryset(self, request: HttpRequest) -> Any:
        triggers = Span.objects.order_by("start")
        arguments = Argument.objects.select_related(*FILLERS).order_by("position")
        return super().get_queryset(request).prefetch_related(Prefetch("triggers", triggers), Prefetch("arguments", arguments))

    @admin.display(description="triggers")
    def triggers_in_text(self, row: Event) -> str:
        url = row.assignment.get_absolute_url()
        return stacked(trigger_link(url, trigger) for trigger in row.triggers.all())

    @admin.display(description="arguments")
    def participants(self, row: Event) -> str:
        return stacked(f"{one.role.name}: {excerpt(filler_words(one), 60)}" for one in row.arguments.all())

    @admin.display(description="when", ordering="time_earliest")
    def when(self, row: Event) -> str:
        return row.time_edtf or row.time_text or ""

    @admin.display(description="status, polarity, certainty")
    def facts(self, row: Event) -> str:
        return fact_words(row)

    @admin.display(description="attributes")
    def shown_attributes(self, row: Event) -> str:
        return tidy_json(row.attributes)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Its first trigger."""
        first = next(iter(obj.triggers.all()), None) if obj else None
        return f"{obj.assignment.get_absolute_url()}#mark={first.pk}" if first else None


def trigger_link(url: str, trigger: Span) -> str:
    return format_html(
        '<a class="place" href="{}#mark={}" target="_blank" rel="noopener" dir="auto">{}</a>',
        url,
        trigger.pk,
        excerpt(trigger.quote, 60),
    )


@admin.register(Argument)
class ArgumentAdmin(OwnedTable):
    list_display = ("role_name", "filler", "event_link", "article", "annotator")
    list_filter = (IN_CORPUS, AnnotatorFilter)
    related = (*FILLERS, "event__label")
    list_select_related = related
    search_fields = ("span__quote", "entity__name", "role__name", "event__label__name")
    date_hierarchy = "event__time_earliest"
    ordering = ("-assignment__created", "event", "position")
    more_lookups = ("assignment", "event")
    readonly_fields = ("role_name", "filler", "event_link", "article", "annotator")
    fields = ("event_link", "role_name", "filler", "position", "article", "annotator")
    csv_columns = (
        columns("id=pk")
        + WHOSE
        + columns(
            "event_id event=event.label.code argument_role=role.code filler position span_id entity_id filler_event_id citation_id",
            filler=filler_words,
        )
    )

    @admin.display(description="role", ordering="role__name")
    def role_name(self, row: Argument) -> str:
        return row.role.name

    @admin.display(description="filler")
    def filler(self, row: Argument) -> str:
        return filler_link(row)

    @admin.display(description="event", ordering="event__label__name")
    def event_link(self, row: Argument) -> str:
        return admin_link(row.event, row.event.label.name)
