"""Which word of a file means what in our scheme, in both directions.

Pure. Nothing needs to be said of words that are equal, but for capitals, spaces, hyphens and underscores, to a code
or a name of the scheme, or to the word for it of another tool that the scheme names under `maps`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from annotations.formats.middle.flat import Flat, Frame, Mark
from annotations.scheme.view import SchemeView

CLAIM, CUE, CITATION = "CLAIM", "CUE", "CITATION"
ROLE = "role:"  # before a role, where it is a tie between marks
# Ties that say what an attribute of ours points at: of figures, and of claims.
FIGURE_TIES = ("counted", "of_whole", "per_count")
CLAIM_TIES = ("source", "cue", "parent")
OVERLAYS = ("ATTRIBUTION", "MEASURE_REF")
OWN_ATTRIBUTES = ("entity", "event", "implicit", "note")
PARTS = ("marks", "ties", "roles", "attributes")
JOINTS = re.compile(r"[\s_.\-]+")

Words = dict[str, str | None]


@dataclass(frozen=True)
class Mapping:
    """Word in the file → what it means, None where it is to be left out: `marks` lead to "LAYER.LABEL" (or CLAIM, CUE,
    CITATION), `ties` to a link or "role:…", `roles` to a role, `attributes` to the part of a name before its first dot."""

    marks: Words = field(default_factory=dict)
    ties: Words = field(default_factory=dict)
    roles: Words = field(default_factory=dict)
    attributes: Words = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(tuple((part, *sorted(words)) for part, words in self.to_dict().items()))

    def to_dict(self) -> dict[str, Words]:
        return asdict(self)

    @classmethod
    def from_dict(cls, value: Any) -> Mapping:
        """Raises ValueError for what is no mapping."""
        if not isinstance(value, dict) or set(value) - set(PARTS):
            raise ValueError(f"a mapping has the parts {', '.join(PARTS)}")
        for part, words in value.items():
            if not isinstance(words, dict) or not all(isinstance(word, str | None) for word in words.values()):
                raise ValueError(f"{part} should be an object of strings")
        return cls(**value)


class Dictionary:
    """A mapping over a scheme, with what follows from equal words."""

    def __init__(self, view: SchemeView, mapping: Mapping) -> None:
        self.view = view
        self.mapping = mapping

    # Out

    def mark(self, target: str) -> str:
        return known_word(self.mapping.marks, target) or self.default_marks[target]

    def event(self, code: str) -> str:
        layer = next(layer["code"] for layer in self.view.layers_of("event") if self.view.has_label(layer["code"], code))
        return self.mark(f"{layer}.{code}")

    def tie(self, target: str) -> str:
        return known_word(self.mapping.ties, target) or target

    def role(self, target: str) -> str:
        return known_word(self.mapping.roles, target) or target

    def attribute(self, name: str) -> str:
        head, dot, rest = name.partition(".")
        return (known_word(self.mapping.attributes, head) or head) + dot + rest

    # In

    def meant_mark(self, word: str) -> str | None:
        label = meant(word, self.mapping.marks, self.mark_words)
        return label if label in self.default_marks else None

    def meant_tie(self, word: str) -> str | None:
        return meant(word, self.mapping.ties, self.tie_words)

    def meant_role(self, word: str) -> str | None:
        return meant(word, self.mapping.roles, self.role_words)

    def meant_attribute(self, name: str) -> str | None:
        head, dot, rest = name.partition(".")
        code = meant(head, self.mapping.attributes, self.attribute_words)
        return code and code + dot + rest

    # The words of the scheme

    @cached_property
    def default_marks(self) -> dict[str, str]:
        """The code of a label, with its layer where two layers have it."""
        labels = [(layer["code"], label["code"]) for layer in self.view.layers for label in self.view.labels(layer["code"])]
        count = Counter([CLAIM, CUE, CITATION, *(label for _, label in labels)])
        words = {f"{layer}.{label}": label if count[label] == 1 else f"{layer}-{label}" for layer, label in labels}
        return words | {overlay: overlay for overlay in (CLAIM, CUE, CITATION)}

    @cached_property
    def mark_words(self) -> dict[str, str]:
        alike = [(target, [target, word, *self.called(target)]) for target, word in self.default_marks.items()]
        return meanings_by_form(alike)

    def called(self, target: str) -> list[str]:
        """Code and name of a label, and what other tools call it."""
        layer, _, label = target.partition(".")
        if not label:
            return []
        entry = self.view.label(layer, label)
        return [label, entry["name"], *(str(word) for word in (entry.get("maps") or {}).values())]

    @cached_property
    def tie_words(self) -> dict[str, str]:
        links = [(link["code"], [link["code"]]) for link in self.view.links]
        own = [(tie, [tie]) for tie in (*FIGURE_TIES, *CLAIM_TIES)]
        roles = [(ROLE + role, [ROLE + role]) for role in self.role_codes]
        return meanings_by_form([*links, *own, *roles])

    @cached_property
    def role_codes(self) -> dict[str, list[str]]:
        """Role → its names."""
        roles: dict[str, list[str]] = {}
        for layer in self.view.layers_of("event"):
            for label in self.view.labels(layer["code"]):
                for code, role in self.view.roles(label["code"]).items():
                    roles.setdefault(code, []).append(role["name"])
        return roles

    @cached_property
    def role_words(self) -> dict[str, str]:
        return meanings_by_form([(code, [code, *names]) for code, names in self.role_codes.items()])

    @cached_property
    def attribute_words(self) -> dict[str, str]:
        entries = [entry for overlay in OVERLAYS for entry in self.overlay(overlay)]
        for layer in self.view.layers:
            for label in self.view.labels(layer["code"]):
                entries += self.view.attributes(layer["code"], label["code"]).values()
        alike = [(entry["code"], [entry["code"], entry["name"]]) for entry in entries]
        return meanings_by_form([*((code, [code]) for code in OWN_ATTRIBUTES), *alike])

    def overlay(self, code: str) -> list[dict[str, Any]]:
        return list(self.view.overlay(code)["attributes"])


@lru_cache(maxsize=8)
def dictionary(view: SchemeView, mapping: Mapping) -> Dictionary:
    """Documents come one after the other under the same scheme and mapping."""
    return Dictionary(view, mapping)


def known_word(words: Words, target: str) -> str | None:
    """The first word that leads to `target`."""
    return next((word for word, meaning in words.items() if meaning == target), None) if words else None


def meant(word: str, words: Words, equal: dict[str, str]) -> str | None:
    return words[word] if word in words else equal.get(word) or equal.get(plain(word))


def meanings_by_form(alike: Iterable[tuple[str, list[str]]]) -> dict[str, str]:
    """Word, and its plain form → what it means. Earlier words win; one that means two things means none."""
    targets_by_form: dict[str, str | None] = {}
    entries = [(target, words) for target, words in alike]
    for depth in range(max((len(words) for _, words in entries), default=0)):
        level: dict[str, set[str]] = {}
        for target, words in entries:
            for form in {words[depth], plain(words[depth])} if depth < len(words) else ():
                level.setdefault(form, set()).add(target)
        targets_by_form = {
            form: targets.pop() if len(targets) == 1 else None for form, targets in level.items()
        } | targets_by_form
    return {form: target for form, target in targets_by_form.items() if target}


def plain(word: str) -> str:
    return JOINTS.sub("", word).casefold()


# What a file says


def vocabulary(flats: Iterable[Flat]) -> dict[str, Counter[str]]:
    """How often each word stands in the file, by the parts of a mapping."""
    counts: dict[str, Counter[str]] = {part: Counter() for part in PARTS}
    for flat in flats:
        owners: list[Mark | Frame] = [*flat.marks, *flat.frames]
        counts["marks"].update(owner.label for owner in owners)
        counts["ties"].update(tie.type for tie in flat.ties)
        counts["roles"].update(role for frame in flat.frames for role, _ in frame.arguments)
        names = (name for owner in owners for name in owner.attributes)
        counts["attributes"].update(name.partition(".")[0] for name in names)
    return counts


def guessed(counts: dict[str, Counter[str]], view: SchemeView, mapping: Mapping | None = None) -> Mapping:
    """What the words of a file are taken to mean; None stands for those that would be left out."""
    book = dictionary(view, mapping or Mapping())
    ways = {"marks": book.meant_mark, "ties": book.meant_tie, "roles": book.meant_role, "attributes": book.meant_attribute}
    return Mapping(**{part: {word: ways[part](word) for word in counts[part]} for part in PARTS})
