"""The labelling configuration of Label Studio that fits what was written: each name there must be one of its controls. Pure.

An attribute has up to two controls: its name, with the words that were seen as choices, and its name with ":text" for the rest.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import quoteattr

LABEL, TEXT, NOTE, NOTES = RESERVED = ("label", "text", "note", "notes")
AS_TEXT = ":text"
MOST = 50  # choices of an attribute; what comes later is a text
TAKEN = re.compile(rf"(?:{'|'.join(RESERVED)})_*")
# XML has no way to write these.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def control_of(attribute: str) -> str:
    return attribute + "_" if TAKEN.fullmatch(attribute) else attribute


def attribute_of(control: str) -> str:
    """The inverse of `control_of`, of either of the two controls."""
    name = control.removesuffix(AS_TEXT)
    return name[:-1] if name.endswith("_") and TAKEN.fullmatch(name) else name


class View:
    def __init__(self) -> None:
        self.labels: dict[str, None] = {}
        self.relations: dict[str, None] = {}
        self.choices: dict[str, dict[str, None]] = {}
        self.texts: dict[str, None] = {}
        self.notes: dict[str, bool] = {}

    def label(self, word: str) -> str:
        self.labels[word] = None
        return LABEL

    def relation(self, word: str) -> str:
        self.relations[word] = None
        return word

    def choice(self, attribute: str, word: str) -> str | None:
        """None where there are enough choices already."""
        known = self.choices.setdefault(control_of(attribute), {})
        if word not in known and len(known) >= MOST:
            return None
        known[word] = None
        return control_of(attribute)

    def text(self, attribute: str) -> str:
        control = control_of(attribute) + AS_TEXT
        self.texts[control] = None
        return control

    def note(self, *, region: bool) -> str:
        name = NOTE if region else NOTES
        self.notes[name] = region
        return name

    def xml(self) -> str:
        return "\n".join(["<View>", *self.lines(), "</View>", ""])

    def lines(self) -> list[str]:
        lines = [
            '  <Labels name="label" toName="text">',
            *(f"    <Label value={attr(word)}/>" for word in self.labels),
            "  </Labels>",
        ]
        lines.append('  <Text name="text" value="$text"/>')
        for name, words in self.choices.items():
            lines.append(f'  <Choices name={attr(name)} toName="text" perRegion="true">')
            lines += [*(f"    <Choice value={attr(word)}/>" for word in words), "  </Choices>"]
        lines += [f'  <TextArea name={attr(name)} toName="text" perRegion="true"/>' for name in self.texts]
        for name, region in self.notes.items():
            lines.append(f'  <TextArea name="{name}" toName="text"' + (' perRegion="true"/>' if region else "/>"))
        if self.relations:
            lines += ["  <Relations>", *(f"    <Relation value={attr(word)}/>" for word in self.relations), "  </Relations>"]
        return lines


def attr(word: str) -> str:
    return quoteattr(FORBIDDEN.sub("\ufffd", word), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
