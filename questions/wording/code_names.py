"""Names of codes, as a scheme has them. What a scheme does not have is called by its code."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from annotations.scheme.view import Json, SchemeView, by_code
from questions.wording.checks import CHECKS, RESULTS, VERDICTS

CLAIMS = "ATTRIBUTION"
NOT_STATED = "not stated"
# Of parameters and columns that are called otherwise than the attribute that has their values.
WORKPLACE = "workplace"


class CodeNames:
    """Of one scheme."""

    def __init__(self, scheme: SchemeView) -> None:
        self.scheme = scheme

    @cached_property
    def types(self) -> dict[str, str]:
        return self.labels_of("event")

    @cached_property
    def labels(self) -> dict[str, str]:
        return self.labels_of("figure")

    @cached_property
    def of_marks(self) -> dict[str, str]:
        """The labels of all layers."""
        return {label["code"]: label["name"] for layer in self.scheme.layers for label in layer["labels"]}

    def labels_of(self, kind: str) -> dict[str, str]:
        return {label["code"]: label["name"] for layer in self.scheme.layers_of(kind) for label in layer["labels"]}

    @cached_property
    def filters(self) -> dict[str, str]:
        return {each["code"]: each["name"] for each in self.scheme.event_filters}

    @cached_property
    def roles(self) -> dict[str, str]:
        return {code: role["name"] for event in self.types for code, role in self.scheme.roles(event).items()} | {
            WORKPLACE: WORKPLACE
        }

    @cached_property
    def choices(self) -> dict[str, dict[str, str]]:
        """By the code of an attribute, its values with their names, in their order."""
        attributes = [*self.attributes_of("event"), *self.attributes_of("figure"), *self.scheme.overlay(CLAIMS)["attributes"]]
        return {each["code"]: names(each["choices"]) for each in attributes if each.get("choices")}

    def attributes_of(self, kind: str) -> Iterable[Json]:
        for layer in self.scheme.layers_of(kind):
            common = self.scheme.of_layer(layer["code"])
            for label in layer["labels"]:
                of_label = self.scheme.attributes(layer["code"], label["code"])
                yield from (of_label[code] for code in common if code in of_label)

    @cached_property
    def own(self) -> dict[str, Json]:
        """The attributes that event types have of their own, by their codes, with the choices of all types together."""
        own: dict[str, Json] = {}
        for event in self.types:
            for code, attribute in self.scheme.own_attributes(event).items():
                before = own.get(code, {"choices": []})
                choices = by_code([*before["choices"], *(attribute.get("choices") or [])])
                own[code] = {**attribute, "choices": list(choices.values())}
        return own

    @cached_property
    def of_all_marks(self) -> dict[str, Json]:
        """The attributes of all labels, by their codes."""
        labels = [(layer["code"], label["code"]) for layer in self.scheme.layers for label in layer["labels"]]
        return {code: attribute for pair in labels for code, attribute in self.scheme.attributes(*pair).items()}

    def status(self, code: str, kind: str) -> str:
        """Of what was not carried out, how it is meant, where that is known: “not carried out (ordered)”."""
        name = self.of("status", code)
        return f"{name.partition(' (')[0]} ({self.of('unrealised_as', kind)})" if kind and code == "unrealised" else name

    def pair(self, attribute: str, value: str) -> str:
        """An attribute of an event type with a value: “Phase: end”."""
        known = self.own.get(attribute, {"name": attribute, "choices": []})
        return f"{known['name']}: {names(known['choices']).get(value, value)}"

    def of(self, name: str, code: str) -> str:
        """A code of a parameter, of a column of counts, or of an attribute, by its name."""
        if not code:
            return NOT_STATED
        table = {"type": self.types, "label": self.types | self.labels, "filter": self.filters, "tie": self.roles}
        table |= {"code": CHECKS, "finding": CHECKS, "result": RESULTS, "verdict": VERDICTS, "mark": self.of_marks}
        return (table.get(name) or self.choices.get(name, {})).get(code, code)


def names(choices: Iterable[Json]) -> dict[str, str]:
    return {choice["code"]: choice["name"] for choice in choices}
