"""The query parameters of lists of marks: an allow-list, each with the one column that it reaches."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import django_filters
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet

from annotations.models import Argument, Assignment, Change, Claim, Event, Figure, LoggedChange, Span
from annotations.models.assignment import SHOWN, of_live, of_no_draft
from annotations.queries.entity_graph import inside, scheme_of, workers
from corpus.api.filters import Amount, Flag, FromDay, UntilDay, WholeNumber, Words
from registry.models import Entity


class AssignmentFilter(django_filters.FilterSet):
    corpus = Words(field_name="document__corpus__slug", help_text="A corpus's slug.")
    document = django_filters.UUIDFilter(field_name="document", help_text="Id of a document.")
    article = django_filters.UUIDFilter(field_name="document__article", help_text="Id of an article.")
    status = django_filters.ChoiceFilter(choices=SHOWN, help_text="Status of the assignment.")
    role = django_filters.ChoiceFilter(
        choices=Assignment.Role.choices, help_text="annotation: one annotator's marks; adjudication: the gold."
    )
    annotator = Words(field_name="annotator__username", help_text="A user name.")

    class Meta:
        model = Assignment
        fields: list[str] = []


class ChangeFilter(django_filters.FilterSet):
    since = WholeNumber(field_name="revision", lookup_expr="gt", help_text="A revision: only changes after it.")
    object = django_filters.UUIDFilter(field_name="object_id", help_text="Id of a mark or another object: only its history.")

    class Meta:
        model = LoggedChange
        fields: list[str] = []


class MirrorFilter(django_filters.FilterSet):
    since = WholeNumber(field_name="number", lookup_expr="gt", max_value=2**63 - 1, help_text="A number: only changes after it.")
    corpus = Words(field_name="assignment__document__corpus__slug", help_text="A corpus's slug.")
    kind = django_filters.ChoiceFilter(choices=Change.Kind.choices, help_text="Kind of object: span, event, claim …")

    class Meta:
        model = LoggedChange
        fields: list[str] = []


PUBLISHED = [f"assignment__document__article__published_{end}" for end in ("earliest", "latest")]


class MarkFilter(django_filters.FilterSet):
    """What every list of marks can be asked: whose, of which text."""

    corpus = Words(field_name="assignment__document__corpus__slug", help_text="A corpus's slug.")
    document = django_filters.UUIDFilter(field_name="assignment__document", help_text="Id of a document.")
    article = django_filters.UUIDFilter(field_name="assignment__document__article", help_text="Id of an article.")
    assignment = django_filters.UUIDFilter(field_name="assignment", help_text="Id of an assignment.")
    annotator = Words(field_name="assignment__annotator__username", help_text="A user name.")
    gold = Flag(method="adjudicated", help_text="true: only the gold; false: without the gold.")
    drafts = Flag(
        method="everything",
        help_text="true: include drafts (assignments in progress) and all annotators' marks where there is a gold. Default: "
        "the submitted gold of each text, or its submitted assignments if it has none. With annotator or gold: submitted "
        "assignments. With assignment: all of its marks.",
    )
    outlet = Words(field_name="assignment__document__article__outlet__name", help_text="Name of the outlet.")
    published_after = FromDay(*PUBLISHED, help_text="Article published on that day or later.")
    published_before = UntilDay(*PUBLISHED, help_text="Article published on that day or earlier.")

    def filter_queryset(self, queryset: Any) -> Any:
        """Evidence, unless something else is asked for: a draft is no evidence."""
        rows, values = super().filter_queryset(queryset), self.form.cleaned_data
        if values["assignment"]:
            return rows
        if values["drafts"] == "true":
            return rows.filter(of_live("assignment__"))
        if values["annotator"] or values["gold"]:
            return rows.filter(of_no_draft("assignment__"))
        return rows.filter(assignment__in=Assignment.objects.gold_else_submitted().order_by())

    def everything(self, rows: QuerySet[Any], name: str, value: str) -> Any:
        """What `filter_queryset` does not leave out."""
        return rows

    def adjudicated(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        gold = Q(assignment__role=Assignment.Role.ADJUDICATION)
        return rows.filter(gold if value == "true" else ~gold)


class Covers(Func):
    """(fragments, start, end) → whether one of the fragments holds all of it."""

    output_field = BooleanField()
    template = (
        "(SELECT bool_or(q.start >= q.parts[i][1] AND q.finish <= q.parts[i][2])"
        " FROM (SELECT %(expressions)s) AS q(parts, start, finish), generate_subscripts(q.parts, 1) AS i)"
    )


def claimed(rows: QuerySet[Any], start: str, end: str, **claim: Any) -> QuerySet[Any]:
    """Those of `rows` that stand inside a claim which is so; an outer claim counts too."""
    own = Claim.objects.filter(assignment=OuterRef("assignment"), **claim)
    return rows.filter(Exists(own.filter(Covers(F("content"), OuterRef(start), OuterRef(end)))))


class ClaimedFilter(MarkFilter):
    """What stands inside claims can be asked for by who claims it, and how. `edges`: the columns of a row's first and last word."""

    edges = ("start", "end")
    source = django_filters.UUIDFilter(
        method="of_source", help_text="Id of an entity: inside a claim made by it, directly or nested."
    )
    modality = Words(method="of_modality", help_text="Inside a claim of that modality: reported, denied …")

    def of_source(self, rows: QuerySet[Any], name: str, source: UUID) -> QuerySet[Any]:
        return self.inside(rows, source_entity=source)

    def of_modality(self, rows: QuerySet[Any], name: str, modality: str) -> QuerySet[Any]:
        return self.inside(rows, modality=modality)

    def inside(self, rows: QuerySet[Any], **claim: Any) -> QuerySet[Any]:
        return claimed(rows, *self.edges, **claim)


class SpanFilter(ClaimedFilter):
    layer = Words(field_name="label__layer__code", help_text="ACTOR, FIGURE, EVENT.")
    label = Words(field_name="label__code", help_text="PERSON, PEOPLE, REPATRIATE …")
    q = Words(field_name="quote", lookup_expr="icontains", help_text="Substring of the marked words.")
    entity = django_filters.UUIDFilter(field_name="entity", help_text="Id of the entity that an actor mark refers to.")
    event = django_filters.UUIDFilter(field_name="event", help_text="Id of the event that it triggers.")

    class Meta:
        model = Span
        fields: list[str] = []


class FigureFilter(ClaimedFilter):
    edges = ("span__start", "span__end")
    label = Words(field_name="span__label__code", help_text="PEOPLE, MONEY …")
    q = Words(field_name="span__quote", lookup_expr="icontains", help_text="Substring of its words.")
    entity = django_filters.UUIDFilter(method="of_entity", help_text="Id of what is counted, or of the whole of a share.")
    low_min = Amount(field_name="low", lookup_expr="gte", help_text="Minimum of the lower bound.")
    low_max = Amount(field_name="low", lookup_expr="lte", help_text="Maximum of the lower bound.")
    high_min = Amount(field_name="high", lookup_expr="gte", help_text="Minimum of the upper bound.")
    high_max = Amount(field_name="high", lookup_expr="lte", help_text="Maximum of the upper bound.")
    unit = Words(field_name="unit", help_text="UCUM")
    currency = Words(field_name="currency", help_text="ISO 4217")
    comparator = Words(field_name="comparator", help_text="eq, gt, ge, lt, le, between.")
    statistic = Words(field_name="statistic", help_text="Code of the scheme: mean, total …")
    use = Words(field_name="use", help_text="Code of the scheme: reported, limit …")
    approximate = Flag(field_name="approximate", help_text="Whether the value is approximate.")

    class Meta:
        model = Figure
        fields: list[str] = []

    def of_entity(self, rows: QuerySet[Figure], name: str, entity: UUID) -> QuerySet[Figure]:
        """Directly, or by a mark that means it."""
        spans = Span.objects.filter(entity=entity).values("pk")
        return rows.filter(
            Q(counted_entity=entity) | Q(of_whole_entity=entity) | Q(counted_span__in=spans) | Q(of_whole_span__in=spans)
        )


class EventFilter(ClaimedFilter):
    label = Words(field_name="label__code", help_text="Event type: REPATRIATE …")
    q = Words(method="triggered", help_text="Substring of the trigger.")
    status = Words(field_name="status", help_text="Code of the scheme: happened, expected …")
    polarity = Words(field_name="polarity", help_text="Code of the scheme: positive, negative …")
    certainty = Words(field_name="certainty", help_text="Code of the scheme: certain, probable …")
    entity = django_filters.UUIDFilter(
        method="with_entity", help_text="Id of a filler, or of the entity that a filler refers to."
    )
    place = django_filters.UUIDFilter(
        method="at_place",
        help_text="Id of a place: the event happens there, from there, to there, or in a place inside it, or its people work there. "
        "A return home does not happen at its destination.",
    )
    measure = Words(method="under_measure", help_text="Code of a measure cited by a filler.")
    date_from = FromDay("time_earliest", "time_latest", help_text="On that day or later.")
    date_to = UntilDay("time_earliest", "time_latest", help_text="On that day or earlier.")

    class Meta:
        model = Event
        fields: list[str] = []

    def inside(self, rows: QuerySet[Event], **claim: Any) -> QuerySet[Event]:
        triggers = Span.objects.filter(event=OuterRef("pk"))
        return rows.filter(Exists(claimed(triggers, "start", "end", **claim)))

    def triggered(self, rows: QuerySet[Event], name: str, words: str) -> QuerySet[Event]:
        return rows.filter(Exists(Span.objects.filter(event=OuterRef("pk"), quote__icontains=words)))

    def with_entity(self, rows: QuerySet[Event], name: str, entity: UUID) -> QuerySet[Event]:
        return with_filler(rows, meaning([entity]))

    def at_place(self, rows: QuerySet[Event], name: str, place: UUID) -> QuerySet[Event]:
        """Liaoning finds what happens in Dandong and at its station, by what the scheme calls lying in something."""
        entity = Entity.objects.for_user(self.request.user).select_related("corpus").filter(pk=place).first()
        scheme = entity and scheme_of(entity.corpus)
        if not entity or not scheme:
            return rows.none()
        there, places = inside(entity.pk, scheme.places["within"]), scheme.places
        located = meaning(there) & Q(role__code__in=places["roles"])
        for code, roles in places["not"].items():
            located &= ~Q(event__label__code=code, role__code__in=roles)
        working = meaning(workers(there, places["people"])) & Q(role__code__in=places["people"]["roles"])
        return with_filler(rows, located | working)

    def under_measure(self, rows: QuerySet[Event], name: str, code: str) -> QuerySet[Event]:
        return with_filler(rows, Q(citation__measure__code=code))


def with_filler(events: QuerySet[Event], condition: Q) -> QuerySet[Event]:
    return events.filter(Exists(Argument.objects.filter(condition, event=OuterRef("pk"))))


def meaning(entities: list[Any]) -> Q:
    """Fillers that are one of the entities, or marks that refer to one."""
    return Q(entity__in=entities) | Q(span__entity__in=entities)


class ClaimFilter(MarkFilter):
    q = Words(field_name="quote", lookup_expr="icontains", help_text="Substring of the content.")
    source = django_filters.UUIDFilter(field_name="source_entity", help_text="Id of the source entity.")
    source_basis = Words(field_name="source_basis", help_text="Code of the scheme: stated, none …")
    mode = Words(field_name="mode", help_text="Code of the scheme: direct, indirect …")
    modality = Words(field_name="modality", help_text="Code of the scheme: reported, denied …")
    evidence = Words(field_name="evidence", help_text="Code of the scheme: testimony, document …")
    reliability = Words(field_name="reliability", help_text="A to F.")
    credibility = Words(field_name="credibility", help_text="1 to 6.")

    class Meta:
        model = Claim
        fields: list[str] = []
