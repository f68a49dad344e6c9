"""The filters of a ledger as a form that works without script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.http import QueryDict

from annotations.formats.base import BASES as OF_LINES
from annotations.queries.entity_candidates import asking
from annotations.queries.sounding_alike import sounding_alike
from corpus.db.compiled_queries import statement_of
from corpus.db.round_trip import Rows, Statement
from corpus.models import Corpus
from corpus.text.storable import UnstorableText, storable
from questions.address.kinds import ANY
from questions.address.parameters import COLUMNS, PARAMETERS, Ledger
from questions.address.question import AddressError, Question
from questions.wording.checks import CHECKS, RESULTS, VERDICTS
from questions.wording.code_names import WORKPLACE, CodeNames
from questions.wording.sentence import ENTITIES, FLAGS
from registry.models import Entity

MOST_SUGGESTED = 300
OFFERED = """SELECT $1::bigint, ARRAY(SELECT code FROM registry_measure ORDER BY code),
    ARRAY(SELECT name FROM corpus_outlet WHERE corpus_id = $1 ORDER BY name)"""
SUBMITTED = "filters"  # what an address has that comes from the form
THEN = "then"  # the second column of counts
BEFORE = "was."  # before the name of a field: the entity that it named
# Fields of which several codes can be chosen.
GROUPS = ("type", "status", "polarity", "certainty", "label", "modality", "evidence", "reliability", "credibility", "tie")
FIRST = ("type", "label", "by", THEN, "q", "place", "from", "to", "counted", "measure", "code", "result", "status")
YES_OR_NO = {"approximate": "Approximate", "vague": "Vague"}
TICKS = {
    "unplaced": ("1", "Also events without a place"),
    "dates": ("within", "Only what has stated days, all within"),
    "undated": ("0", "Without undated events"),
    "timed": ("1", "Only with words or a date for when"),
    "maybe": ("0", "Without entities that may be the same"),
    "parts": ("1", "With the parts of these entities"),
    "unnamed": ("1", "Only what rests on unnamed sources alone"),
    "copies": ("1", "Copies and later tellings as rows"),
    "case": ("1", "Match case"),
}
LABELS = {
    "type": "Event type",
    "label": "Kind of figure",
    "entity": "Takes part",
    "actor": "Acts",
    "acted": "Is acted on",
    "counted": "Counts",
    "speaker": "Stated by",
    "attr": "Attribute of the event type",
    "filter": "Event filter",
    "figure": "Figures",
    "value_min": "Least value",
    "value_max": "Greatest value",
    "tie": "Tied by",
    "published_from": "Published from",
    "published_to": "Published to",
    "whose": "Annotations",
    "use": "Which figures",
    "q": "Words",
    "code": "Check",
    "on": "On marks",
    "with": "Near words or marks",
    "near": "How near",
    "sample": "Lines drawn at random",
    "seed": "Seed",
    "verdict": "By the paragraph",
}
HELP = {
    "from": "2017-08-01, or today-90",
    "published_from": "2017-08-01, or today-90",
    "q": "terminat*, contract ..3 ended, 労働者",
    "on": "label:GROUP or type:EMPLOY,status:ongoing",
    "with": "Words, or marks: label:PEOPLE",
    "near": "sentence, paragraph, article, or a number of words",
}
ORDERS = {
    "words": [("text", "As in the texts"), ("left", "By the words on the left"), ("right", "By the words on the right")],
    "counts": [("count", "By the count"), ("value", "By the value")],
}
WHOSE = [("best", "Best of each article"), ("gold", "Gold alone"), ("mine", "My own"), ("all", "All annotators")]
BASES = [("", "Not shown"), (ANY, "Shown"), *((code, code.capitalize()) for code in OF_LINES.values)]
CHECKED = {"code": CHECKS, "result": RESULTS, "verdict": VERDICTS}
# What an address may have and the form only keeps.
KEPT = ("article", "chain", "mark")


def submitted(query: QueryDict, ledger: Ledger, corpus: Corpus, user: Any) -> list[tuple[str, str]]:
    """The parameters that an address of the form stands for. Raises AddressError: for a name that no entity of the corpus has, or several."""
    pairs: list[tuple[str, str]] = []
    for name in query:
        values = [value.strip() for value in query.getlist(name) if value.strip()]
        if name in (SUBMITTED, THEN) or name.startswith(BEFORE) or not values:
            continue
        if name in ENTITIES:
            values = [entity_of(corpus, user, name, values[0], query.get(BEFORE + name, "")), *values[1:]]
        if name == "by":
            values += filter(None, query.getlist(THEN))
        several = name in GROUPS or name in ("by", "attr")
        pairs += [(name, ",".join(dict.fromkeys(values)))] if several else [(name, value) for value in values]
    if SUBMITTED in query:
        # A group in which nothing is ticked asks for any, also where an address without it would not.
        named = {name for name, _ in pairs}
        open_groups = (name for name in GROUPS if name in ledger.parameters and name not in named)
        pairs += [(name, ANY) for name in open_groups if ledger.default(name) not in ("", ANY)]
    return pairs


def entity_of(corpus: Corpus, user: Any, name: str, text: str, before: str) -> str:
    """The id of an entity by its name, unless it is one. `before`: the id that was asked for, which keeps its name."""
    rows = Entity.objects.for_user(user).filter(corpus=corpus)
    if is_uuid(text):
        return text
    check_text(name, text)
    if is_uuid(before) and rows.filter(pk=before, name__iexact=text).exists():
        return before
    ids = with_name(rows, text) or sounding(rows, corpus, text)
    if not ids:
        raise AddressError(name, f"has no entity “{text[:60]}”: use a name from Entities")
    if len(ids) > 1:
        raise AddressError(name, f"has several entities “{text[:60]}”: open the one you mean from Entities, and ask from there")
    return str(ids[0])


def with_name(rows: Any, text: str) -> list[Any]:
    """At most two: of that name, else with that other name, else linked to the shared register, which has that name for them."""
    for path in ("name", "names__name", "same_as__names__name"):
        if ids := list(rows.filter(**{f"{path}__iexact": text}).order_by("pk").values_list("pk", flat=True).distinct()[:2]):
            return ids
    return []


def sounding(rows: Any, corpus: Corpus, text: str) -> list[Any]:
    """At most two of the rows with a name in another script that sounds like it."""
    asked = asking(Corpus.objects.filter(pk=corpus.pk), text).get()
    ids = [UUID(proposal.entity["id"]) for proposal in sounding_alike(asked, [], set())]
    shown = set(rows.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return [pk for pk in ids if pk in shown][:2]


def check_text(name: str, text: str) -> None:
    """Raises AddressError for what no text can hold."""
    try:
        storable(text)
    except UnstorableText as error:
        raise AddressError(name, f"takes text; here is a character that is none: {error}") from error


def is_uuid(text: str) -> bool:
    try:
        forms.UUIDField(required=False).clean(text)
    except forms.ValidationError:
        return False
    return bool(text)


class GroupOfTicks(forms.CheckboxSelectMultiple):
    """The ticks of a group. `shared`: labels that another field or group of the form has too; these get the name of their group as well."""

    shared: frozenset[str] = frozenset()

    def __init__(self, group: str) -> None:
        super().__init__()
        self.group = group

    def create_option(self, name: str, value: Any, label: Any, *arguments: Any, **options: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, label, *arguments, **options)
        if label in self.shared:
            # What one hears, or says to the computer, is to be one control and no other.
            option["attrs"]["aria-label"] = f"{self.group}: {label}"
        return option


class LedgerForm(forms.Form):
    """The parameters that a ledger has. It shows what is asked, and what somebody wrote that cannot be asked."""

    fields: dict[str, Any]

    def __init__(
        self, ledger: Ledger, names: CodeNames, offered: FormNames, values: Mapping[str, Any], question: Question | None = None
    ) -> None:
        """`question`: None where what is written cannot be asked."""
        super().__init__(initial=dict(values), auto_id="filter-%s")
        self.ledger, self.names, self.offered, self.question = ledger, names, offered, question
        for name in sorted(ledger.parameters - {"part"}, key=list(PARAMETERS).index):
            self.fields[name] = self.field(name)
        if "by" in self.fields:
            columns = [("", "None"), *self.fields["by"].choices]
            self.fields[THEN] = forms.ChoiceField(label="And by", choices=columns, required=False)
        groups = [field for name, field in self.fields.items() if name in GROUPS]
        labels = [label for field in groups for _, label in field.choices]
        counts = Counter([*labels, *(field.label for name, field in self.fields.items() if name not in GROUPS)])
        for field in groups:
            field.widget.shared = frozenset(label for label in labels if counts[label] > 1)

    def field(self, name: str) -> forms.Field:
        label = LABELS.get(name, name.capitalize())
        if name in GROUPS:
            widget = GroupOfTicks(label)
            return forms.MultipleChoiceField(label=label, choices=self.choices(name), widget=widget, required=False)
        if name in TICKS:
            value, label = TICKS[name]
            widget_of_one = forms.CheckboxInput(attrs={"value": value}, check_test=lambda given: given == value)
            return forms.CharField(label=label, widget=widget_of_one, required=False)
        if name in KEPT:
            return forms.CharField(widget=forms.HiddenInput, required=False)
        choices = self.select(name)
        if choices:
            return forms.ChoiceField(label=label, choices=choices, required=False)
        attributes = {"list": f"entities-{self.offered.corpus}"} if name in ENTITIES else {}
        return forms.CharField(
            label=label, help_text=HELP.get(name, ""), required=False, widget=forms.TextInput(attrs=attributes)
        )

    def choices(self, name: str) -> list[tuple[str, str]]:
        tables: dict[str, Mapping[str, str]] = {"type": self.names.types, "label": self.names.labels, "tie": self.ties()}
        return list((tables.get(name) or self.names.choices.get(name, {})).items())

    def ties(self) -> dict[str, str]:
        roles = self.names.scheme.places["roles"]
        named = {code: name for code, name in self.names.roles.items() if code in roles or code == WORKPLACE}
        return {code: name[:1].upper() + name[1:] for code, name in named.items()}

    def select(self, name: str) -> list[Any]:
        """The choices of a field that takes one of few."""
        if name in YES_OR_NO:
            return [("", "Any"), ("1", "Yes"), ("0", "No")]
        if name == "whose":
            return self.with_own(name, WHOSE)
        if name == "basis":
            return self.with_own(name, BASES)
        if name == "use":
            return self.with_own(name, self.uses())
        if name in CHECKED:
            return self.with_own(name, [("", "Any"), *CHECKED[name].items()])
        if name == "order":
            return ORDERS[self.ledger.name]
        if name == "by":
            return [(column, column.capitalize()) for column in COLUMNS]
        if name == "filter":
            return [("", "None"), *self.names.filters.items()]
        if name == "figure":
            return [("", "Shown where there is one"), ("1", "Only with a figure"), *self.names.labels.items()]
        if name == "measure":
            return self.with_own(name, [("", "Any"), *((code, code) for code in self.offered.measures)])
        if name == "outlet":
            return self.with_own(name, [("", "Any"), *((name, name) for name in self.offered.outlets)])
        return self.with_own(name, [("", "Any"), *self.attributes()]) if name == "attr" else []

    def uses(self) -> list[tuple[str, str]]:
        named = {code: FLAGS.get(("use", code), f"only: {name}") for code, name in self.choices("use")}
        return [*((code, words.capitalize()) for code, words in named.items()), (ANY, "All")]

    def attributes(self) -> Iterable[tuple[str, list[tuple[str, str]]]]:
        for code, attribute in self.names.own.items():
            if attribute["choices"]:
                yield attribute["name"], [(f"{code}:{choice['code']}", choice["name"]) for choice in attribute["choices"]]

    def with_own(self, name: str, choices: Sequence[Any]) -> list[Any]:
        """Also what is asked and is none of them."""
        known = {value for choice in choices for value in (dict(choice[1]) if isinstance(choice[1], list) else [choice[0]])}
        given = str(self.initial.get(name) or "")
        return [*choices, *([(given, given)] if given and given not in known else [])]

    @property
    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in FIRST if name in self.fields]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in FIRST and name not in KEPT]

    @property
    def remembered(self) -> list[tuple[str, str]]:
        """Names of hidden fields with the entities that are asked for: two may have one name."""
        return [(BEFORE + name, self.question[name]) for name in ENTITIES if self.question and self.question[name]]

    @property
    def kept(self) -> list[forms.BoundField]:
        return [self[name] for name in KEPT if name in self.fields and self.initial.get(name)]

    @property
    def suggested(self) -> list[str]:
        """Names of entities, for fields that take one."""
        if not set(ENTITIES) & set(self.fields):
            return []
        return self.offered.entities


class FormNames(NamedTuple):
    """What fields offer, of which corpus: codes of measures, names of the outlets and of the first entities."""

    corpus: int
    measures: list[str]
    outlets: list[str]
    entities: list[str]


def offered_statements(corpus: Corpus, user: Any) -> list[Statement]:
    """To be sent with others; `offered_names` reads their rows."""
    entities = Entity.objects.for_user(user).filter(corpus=corpus).order_by("name").values_list("name")
    return [(OFFERED, [corpus.pk]), statement_of(entities[:MOST_SUGGESTED])]


def offered_names(rows: Sequence[Rows]) -> FormNames:
    ((corpus, measures, outlets),), entities = rows
    return FormNames(corpus, measures, outlets, [name for (name,) in entities])


def as_asked(question: Question, entities: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows of a question: names of entities in place of ids, the codes of a group one by one."""
    shown: dict[str, Any] = {}
    for name in question.ledger.parameters:
        value = question[name]
        shown[name] = question.codes(name) if name in GROUPS else entities.get(name, value) if name in ENTITIES else value
    if "by" in shown:
        shown["by"], _, shown[THEN] = shown["by"].partition(",")
    return shown


def as_written(query: QueryDict) -> dict[str, Any]:
    """What the form shows of an address that cannot be asked."""
    return {name: query.getlist(name) if name in GROUPS else query.get(name) for name in query}
