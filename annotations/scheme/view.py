"""A scheme as code sees it: look-ups by code over the content of `domain/scheme.json`.

Labels, attributes, roles and choices are data. Code asks here and never names a label itself; what
a rule must know about a label stands in the scheme, under `constraints` or `derived`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from annotations.grammar.check_patterns import SENTENCES, check_sentences
from annotations.scheme.check import misshapen, problems
from annotations.unstated.answers import NOT_STATED, with_unstated

Json = dict[str, Any]
KINDS = ("actor", "figure", "event")
# Every figure has these, whether or not its label names them.
FIGURE_COMMON = ("credibility", "note")
EVENT_FIELDS = ("status", "polarity", "certainty", "time", "note")
NOWHERE: Json = {"roles": [], "within": [], "not": {}, "people": {"roles": [], "up": [], "through": []}}


class UnknownLabel(ValueError):
    """A layer or label that the scheme does not have."""


class SchemeView:
    """One version of a scheme. What it gives out is shared and must not be changed.

    `body` is in the shape of `scheme.json`. Building a view never fails: `check` tells what is
    wrong with the body, and look-ups in a body that passed it raise only for unknown codes.
    """

    def __init__(self, body: Mapping[str, Any]) -> None:
        self._body = body
        self._attributes: dict[tuple[str, str], dict[str, Json]] = {}
        self._of_any_label: dict[tuple[str, str], dict[str, Json]] = {}
        self._roles: dict[str, dict[str, Json]] = {}

    def check(self) -> list[str]:
        """Problems of a malformed scheme, each with its place; empty for a good one."""
        return problems(self._body)

    # The scheme itself

    @property
    def not_stated(self) -> Json | None:
        """The choice that a required fact has besides its own: that the text does not say it."""
        return self._body.get(NOT_STATED)

    @property
    def code(self) -> str:
        return str(self._body["scheme"]["code"])

    @property
    def version(self) -> str:
        return str(self._body["scheme"]["version"])

    @property
    def name(self) -> str:
        return str(self._body["scheme"]["name"])

    # Layers and labels

    @cached_property
    def layers(self) -> tuple[Json, ...]:
        return tuple(sorted(self._body["layers"], key=lambda layer: layer.get("order", 0)))

    @cached_property
    def _layers(self) -> dict[str, Json]:
        return {layer["code"]: layer for layer in self.layers}

    def layer(self, code: str) -> Json:
        """Raises KeyError for a layer that the scheme does not have."""
        if code not in self._layers:
            raise KeyError(f"the scheme has no layer {code!r}")
        return self._layers[code]

    def kind(self, layer: str) -> str:
        """ "actor", "figure" or "event": which table and which meaning its marks have."""
        try:
            return self._kinds[layer]
        except KeyError:
            raise KeyError(f"the scheme has no layer {layer!r}") from None

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {layer["code"]: kind_of(layer) for layer in self.layers}

    def layers_of(self, kind: str) -> tuple[Json, ...]:
        return self._layers_of.get(kind, ())

    @cached_property
    def _layers_of(self) -> dict[str, tuple[Json, ...]]:
        return {kind: tuple(layer for layer in self.layers if kind_of(layer) == kind) for kind in KINDS}

    def layer_of(self, kind: str) -> str:
        """Code of the first layer of a kind. Raises UnknownLabel where there is none."""
        for layer in self.layers_of(kind):
            return str(layer["code"])
        raise UnknownLabel(f"the scheme has no layer of kind {kind!r}")

    @cached_property
    def _labels(self) -> dict[str, dict[str, Json]]:
        return {layer["code"]: by_code(layer["labels"]) for layer in self.layers}

    def labels(self, layer: str) -> tuple[Json, ...]:
        self.layer(layer)
        return tuple(self._labels[layer].values())

    def has_label(self, layer: str, code: str) -> bool:
        return code in self._labels.get(layer, {})

    def label(self, layer: str, code: str) -> Json:
        """Raises UnknownLabel."""
        if layer not in self._labels:
            raise UnknownLabel(f"the scheme has no layer {layer!r}")
        if code not in self._labels[layer]:
            raise UnknownLabel(f"layer {layer} has no label {code!r}")
        return self._labels[layer][code]

    def event_label(self, code: str) -> Json:
        """The event type `code`. Raises UnknownLabel."""
        for layer in self.layers_of("event"):
            if self.has_label(layer["code"], code):
                return self.label(layer["code"], code)
        raise UnknownLabel(f"the scheme has no event type {code!r}")

    # Attributes and roles

    def attributes(self, layer: str, label: str) -> dict[str, Json]:
        """Attributes of a mark or event under this label, by code, with `choices` as a list; last of
        them, where it may be answered so, that the text does not say it.

        Actors have those of the layer; figures those that the label names; events the layer's
        and their own. Raises UnknownLabel.
        """
        key = (layer, label)
        if key not in self._attributes:
            self._attributes[key] = by_code(self._resolved(entry) for entry in self._attributes_of(layer, label))
        return self._attributes[key]

    def of_layer(self, layer: str) -> dict[str, Json]:
        """Attributes of a layer as they stand there, by code, whichever labels have them."""
        return self._of_layers[layer]

    @cached_property
    def _of_layers(self) -> dict[str, dict[str, Json]]:
        return {layer["code"]: by_code(layer.get("attributes", [])) for layer in self.layers}

    def of_any_label(self, layer: str, label: str) -> dict[str, Json]:
        """Those of the label, and of the layer what its other labels have. Raises UnknownLabel."""
        key = (layer, label)
        if key not in self._of_any_label:
            self._of_any_label[key] = self.of_layer(layer) | self.attributes(layer, label)
        return self._of_any_label[key]

    def _attributes_of(self, layer: str, label: str) -> Iterable[Json]:
        own = self.label(layer, label).get("attributes", [])
        common = self._layers[layer].get("attributes", [])
        if self.kind(layer) == "figure":
            return [entry for entry in common if entry["code"] in (*own, *FIGURE_COMMON)]
        return [*common, *own] if self.kind(layer) == "event" else common

    def own_attributes(self, label: str) -> dict[str, Json]:
        """What stands among the `attributes` of an event: those of its type, and of all events what is no field. Raises UnknownLabel."""
        return {code: each for code, each in self.attributes(self.layer_of("event"), label).items() if code not in EVENT_FIELDS}

    def roles(self, label: str) -> dict[str, Json]:
        """Roles of an event type by code: its own, then those of every event."""
        if label not in self._roles:
            own = self.event_label(label).get("roles", [])
            layers = self.layers_of("event")
            common = [role for layer in layers for role in layer.get("common_roles", [])]
            self._roles[label] = by_code([*own, *common])
        return self._roles[label]

    def _resolved(self, attribute: Json) -> Json:
        choices = attribute.get("choices")
        if choices is None:
            return attribute
        values = resolve(self._body, choices) if isinstance(choices, str) else choices
        return {**attribute, "choices": with_unstated(attribute, values, self.not_stated)}

    # Overlays, entities, links

    def overlay(self, code: str) -> Json:
        """An overlay with its attributes' choices as lists. Raises UnknownLabel."""
        for overlay in self._body.get("overlays", []):
            if overlay["code"] == code:
                entries = [self._resolved(entry) for entry in overlay["attributes"]]
                return {**overlay, "attributes": entries}
        raise UnknownLabel(f"the scheme has no overlay {code!r}")

    @cached_property
    def entity_attributes(self) -> tuple[Json, ...]:
        return tuple(self._resolved(entry) for entry in self._body["entity"]["attributes"])

    @property
    def entity_relations(self) -> tuple[Json, ...]:
        return tuple(self._body["entity"]["relations"])

    @property
    def listable(self) -> tuple[str, ...]:
        """Types of entities that lists of sanctions name; empty where the scheme does not say."""
        return tuple((self._body.get("filler_sets") or {}).get("LISTABLE", ()))

    @property
    def places(self) -> Json:
        """`roles` that say where something happens, and, by event type, those that do `not`; relations by which one place lies
        `within` another; `people`: roles of those who work somewhere, relations `up` to a larger group and `through` to its workplace."""
        return NOWHERE | {name: value for name, value in (self._body.get("places") or {}).items() if value}

    @property
    def acts(self) -> Mapping[str, Json]:
        """Event type → the role `from` which and the role `to` which it goes, and the attribute `by` which kinds of it are told apart."""
        return dict(self._body.get("acts") or {})

    @property
    def chain(self) -> Mapping[str, Sequence[str]]:
        """Roles whose fillers come `before` their event, as a cause does, and those whose fillers come `after` it."""
        return dict(self._body.get("chain") or {})

    @property
    def event_filters(self) -> tuple[Json, ...]:
        return tuple(self._body.get("event_filters") or ())

    @property
    def questions(self) -> tuple[Json, ...]:
        """Ready-made questions, each with its name, its ledger and its query."""
        return tuple(self._body.get("questions") or ())

    @property
    def factuality(self) -> Mapping[str, Json]:
        """Language → the cues by which status, polarity and certainty are read from the words around a trigger."""
        return dict(self._body.get("factuality") or {})

    @property
    def mention_forms(self) -> Json:
        """Which attribute of an actor's mark tells a name, a description and a pronoun, and its codes for them; empty: none does."""
        return dict(self._body.get("mention_forms") or {})

    @cached_property
    def sentences(self) -> Json:
        """The patterns of statements; empty where the scheme has none, or none that are well made: a draft may hold anything."""
        patterns: Json = self._body.get("sentences") or {}
        sound = not any(misshapen("sentences", patterns, SENTENCES)) and not any(check_sentences(self._body))
        return patterns if patterns and sound else {}

    @property
    def links(self) -> tuple[Json, ...]:
        return tuple(self._body.get("relations", []))

    def link_types(self, source: str, target: str) -> tuple[Json, ...]:
        """Links that may be drawn from a mark or event of one layer to one of another."""
        return tuple(x for x in self.links if (x["source"], x["target"]) == (source, target))

    # Registers and rules

    @property
    def measures(self) -> tuple[Json, ...]:
        return tuple(self._body.get("measures", []))

    @property
    def currencies(self) -> tuple[str, ...]:
        """ISO 4217 codes that a figure may have."""
        return tuple(self._body.get("currencies", []))

    @property
    def currency_aliases(self) -> Mapping[str, str]:
        """Words for currencies → ISO 4217 codes."""
        return dict(self._body.get("currency_aliases", {}))

    @property
    def currency_inferred(self) -> Mapping[str, str]:
        """Words that name a currency only in part ("won", "$") → the code that is then inferred."""
        return dict(self._body.get("currency_inferred", {}))

    @cached_property
    def unit_groups(self) -> Mapping[str, Sequence[str]]:
        """Kind of quantity ("mass") → units: codes of UCUM, and those that the scheme declares ("TEU")."""
        groups = {group: list(codes) for group, codes in self._body.get("ucum_units", {}).items()}
        for code, unit in (self._body.get("declared_units") or {}).items():
            groups.setdefault(unit["group"], []).append(code)
        return groups

    @cached_property
    def units(self) -> tuple[str, ...]:
        return tuple(unit for group in self.unit_groups.values() for unit in group)

    def units_of(self, label: str) -> tuple[str, ...]:
        """Units that a figure label may be counted in: all, where rule FIG-02 does not say."""
        groups = (self.rule("FIG-02").get("units") or {}).get(label)
        return self.units if groups is None else tuple(x for group in groups for x in self.unit_groups.get(group, ()))

    @cached_property
    def constraints(self) -> dict[str, str]:
        """Code of a rule → "error" or "warning"."""
        return {code: rule["level"] for code, rule in self._rules.items()}

    @cached_property
    def _rules(self) -> dict[str, Json]:
        return by_code(self._body.get("constraints", []))

    def rule(self, code: str) -> Json:
        """What the scheme says about a rule; empty where it does not have it."""
        return self._rules.get(code, {})

    @property
    def unjudged(self) -> Mapping[str, str]:
        """Field of a rating → the choice that it cannot be judged, which nobody signs and nothing has to explain."""
        return dict(self.rule("ATT-03").get("unjudged", {}))

    @property
    def derived(self) -> Json:
        """How values that nobody types in are worked out."""
        return dict(self._body.get("derived", {}))

    def zone_is_marked(self, kind: str) -> bool:
        """Whether marks may lie in a zone of this kind."""
        return kind in self._marked_zones

    @cached_property
    def _marked_zones(self) -> frozenset[str]:
        return frozenset(zone["code"] for zone in self._body.get("zone_kinds", []) if zone["annotate"])


def kind_of(layer: Json) -> str:
    """The kind stands in the layer, or is its code in small letters."""
    stated = layer.get("kind")
    return stated if stated in KINDS else str(layer["code"]).lower()


def by_code(entries: Iterable[Json]) -> dict[str, Json]:
    return {entry["code"]: entry for entry in entries}


def resolve(body: Any, path: str) -> list[Json]:
    """The list at a path such as "layers.ACTOR.labels": a list is entered by the code of an entry.

    Raises KeyError where the path does not exist in the file.
    """
    node = body
    for part in path.split("."):
        node = by_code(node)[part] if isinstance(node, list) else node[part]
    if not isinstance(node, list):
        raise KeyError(path)
    return node
