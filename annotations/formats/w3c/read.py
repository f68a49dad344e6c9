"""Reading Web Annotations: pages, collections, lists and lines of them, of ours and of other programs.

Pure. A text comes with its page (`source.value`) or in the option `text`. What cannot be anchored in it
makes its document unreadable: half of an annotator's work looks like all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from urllib.parse import unquote

from annotations.formats.base import Unreadable
from annotations.formats.files.strict_json import load, values
from annotations.formats.middle.anchoring import Anchor, anchored, unit_of
from annotations.formats.middle.flat import Flat, FlatNote, Fragment, Mark, Object, Tie
from annotations.formats.w3c.check import check, several, strings, types
from corpus.text.offsets import Offsets

NOTING = {"commenting", "describing", "replying", "editing", "questioning", "assessing"}
Loose = list[tuple[Object, str]]  # annotations and where they stood


@dataclass
class AnnotationPage:
    """The annotations of one source, with what the file says of it."""

    source: str
    location: str
    about: Object = field(default_factory=dict)
    whole: Object = field(default_factory=dict)
    items: list[Object] = field(default_factory=list)


def read(file: BinaryIO, name: str, options: Mapping[str, str]) -> Iterator[Flat | Unreadable]:
    """`options`: `offsets` (auto, codepoints, utf16), `text` (for annotations that come without theirs)."""
    empty = True
    for outcome in outcomes(file, name, options):
        empty = False
        yield outcome
    if empty:
        yield Unreadable(f"{name}: contains no annotations")


def outcomes(file: BinaryIO, name: str, options: Mapping[str, str]) -> Iterator[Flat | Unreadable]:
    loose: Loose = []
    for location, value in values(file, name):
        try:
            if isinstance(value, Unreadable):
                raise value
            for page in pages(value, location, loose):
                yield outcome(page, options)
        except Unreadable as error:
            yield error
    for page in grouped(loose):
        yield outcome(page, options)


def outcome(page: AnnotationPage, options: Mapping[str, str]) -> Flat | Unreadable:
    try:
        return flat_of(page, options)
    except Unreadable as error:
        return error


# Which annotations belong together


def pages(value: Any, location: str, loose: Loose) -> Iterator[AnnotationPage]:
    """The pages that hold their text; annotations without theirs go into `loose`."""
    if isinstance(value, list):
        for number, entry in enumerate(value, 1):
            yield from pages(entry, f"{location}, entry {number}", loose)
        return
    kind = check(value, location)
    if kind == "Annotation":
        loose.append((value, location))
        return
    body = value.get("first") if isinstance(value.get("first"), dict) else value
    body = body if body.get("items") or not value.get("items") else value
    if not isinstance(body.get("items"), list):
        raise Unreadable(f"{location}: the annotations are in another file ({str(value.get('first'))[:100]}); upload that file")
    about = next((entry for entry in (body.get("source"), value.get("source")) if isinstance(entry, dict)), None)
    if about is None:
        loose += [(annotation, location) for annotation in body["items"]]
        return
    collection = body["partOf"] if isinstance(body.get("partOf"), dict) else value
    yield AnnotationPage(str(about.get("id", "")), location, about, collection, body["items"])


def grouped(loose: Loose) -> Iterator[AnnotationPage]:
    """By their source; a link goes where the annotation goes that it starts from."""
    sources = {annotation["id"]: source_of(annotation) for annotation, _ in loose}
    pages: dict[str, AnnotationPage] = {}
    for annotation, location in loose:
        source = sources.get(source_of(annotation), source_of(annotation))
        pages.setdefault(source, AnnotationPage(source, location)).items.append(annotation)
    yield from pages.values()


def source_of(annotation: Object) -> str:
    first = several(annotation["target"])[0]
    return first if isinstance(first, str) else address(first.get("source", first.get("id", "")))


def address(value: Any) -> str:
    return value if isinstance(value, str) else str(value.get("id", "")) if isinstance(value, dict) else ""


def purposes(annotation: Object) -> set[str]:
    return set(strings(annotation.get("motivation")))


# One page


def flat_of(page: AnnotationPage, options: Mapping[str, str]) -> Flat:
    text = page.about.get("value", options.get("text"))
    if not isinstance(text, str):
        raise Unreadable(f"{page.location}: the text of {page.source[:200]} is not in the file; choose the article")
    flat = Flat(text, title=label(page.whole), key=label(page.about) or page.source, location=page.location)
    flat.annotator = annotator(page)
    sort(page, flat, options.get("offsets", "auto"))
    return flat.sound()


def label(node: Object) -> str:
    return next(iter(strings(node.get("label"))), "")


def annotator(page: AnnotationPage) -> str:
    for node in [page.whole, *page.items]:
        for agent in several(node.get("creator")):
            name = next(iter(strings(agent.get("name"))), "") if isinstance(agent, dict) else agent
            if name:
                return str(name)
    return ""


def sort(page: AnnotationPage, flat: Flat, wish: str) -> None:
    """Every annotation to where it belongs: marks first, since ties and notes point at them."""
    ids = {annotation["id"] for annotation in page.items}
    links = [annotation for annotation in page.items if source_of(annotation) in ids]
    others = [annotation for annotation in page.items if source_of(annotation) not in ids]
    marks = [annotation for annotation in others if has_words(annotation)]
    wholes = [annotation for annotation in others if not has_words(annotation)]
    offsets = Offsets(flat.text)
    unit = unit_of(
        flat.text, [anchor for annotation in marks for anchor in anchors(annotation, location_of(annotation, page))], wish
    )
    for annotation in marks:
        flat.marks.append(mark_of(annotation, offsets, unit, page))
    for annotation in links:
        flat.ties.append(tie_of(annotation, page))
    for annotation in [*marks, *links]:
        flat.notes += [FlatNote(words, short(annotation["id"], page)) for words in notes(annotation)]
    for annotation in wholes:
        flat.notes += [FlatNote(words) for words in notes(annotation)]
        flat.facts |= attributes(annotation, page)


def short(name: str, page: AnnotationPage) -> str:
    """The id without the address of its source."""
    return unquote(name.removeprefix(f"{page.source}#")) if page.source and name.startswith(f"{page.source}#") else name


def has_words(annotation: Object) -> bool:
    return any(isinstance(entry, dict) and "selector" in entry for entry in several(annotation["target"]))


def mark_of(annotation: Object, offsets: Offsets, unit: str, page: AnnotationPage) -> Mark:
    location = location_of(annotation, page)
    fragments = sorted(located(anchor, offsets, unit, location) for anchor in anchors(annotation, location))
    labels = tags(annotation)
    values = attributes(annotation, page) | ({"tags": labels[1:]} if labels[1:] else {})
    name = labels[0] if labels else next(iter(strings(annotation.get("motivation"))), "highlighting")
    return Mark(short(annotation["id"], page), name, disjoint(fragments), values)


def location_of(annotation: Object, page: AnnotationPage) -> str:
    return f"{page.location} ({annotation['id'][:100]})"


def located(anchor: Anchor, offsets: Offsets, unit: str, location: str) -> Fragment:
    try:
        return anchored(offsets, anchor, unit)
    except Unreadable as error:
        raise Unreadable(f"{location}: {error}") from None


def disjoint(fragments: list[Fragment]) -> list[Fragment]:
    """Without those that stand twice: some programs name the same place by several targets."""
    return list(dict.fromkeys(fragments))


def tie_of(annotation: Object, page: AnnotationPage) -> Tie:
    ends = [
        body if isinstance(body, str) else address(body.get("source", body.get("id"))) for body in several(annotation.get("body"))
    ]
    target = next((end for end in ends if end), None)
    if target is None:
        raise Unreadable(f"{location_of(annotation, page)}: has no target")
    source = source_of(annotation)
    tie_type = next(iter(tags(annotation)), "linking")
    return Tie(tie_type, short(source, page), short(target, page), attributes(annotation, page), short(annotation["id"], page))


def anchors(annotation: Object, location: str) -> list[Anchor]:
    return [anchor(entry, location) for entry in several(annotation["target"]) if isinstance(entry, dict)]


def anchor(entry: Object, location: str) -> Anchor:
    """From the two selectors of words; others (of pictures, of elements) say nothing about a text."""
    selected = Anchor()
    for selector in several(entry.get("selector")):
        kinds = types(selector) if isinstance(selector, dict) else set()
        if "TextPositionSelector" in kinds:
            selected.start, selected.end = selector["start"], selector["end"]
        if "TextQuoteSelector" in kinds:
            selected.exact, selected.prefix, selected.suffix = (
                selector["exact"],
                selector.get("prefix") or "",
                selector.get("suffix") or "",
            )
    if selected.start is None and selected.exact is None:
        raise Unreadable(f"{location}: neither TextPositionSelector nor TextQuoteSelector")
    return selected


# Bodies


def textual(annotation: Object) -> Iterator[tuple[set[str], Object]]:
    """Each body of words with its purposes: its own, or the motivation of the annotation."""
    for body in several(annotation.get("body")):
        if isinstance(body, dict) and isinstance(body.get("value"), str):
            yield set(strings(body.get("purpose"))) or purposes(annotation), body
    if "bodyValue" in annotation:
        yield purposes(annotation) or {"commenting"}, {"value": annotation["bodyValue"]}


def tags(annotation: Object) -> list[str]:
    return [body["value"] for purpose, body in textual(annotation) if "tagging" in purpose]


def notes(annotation: Object) -> list[str]:
    return [body["value"] for purpose, body in textual(annotation) if "label" not in body and (purpose & NOTING or not purpose)]


def attributes(annotation: Object, page: AnnotationPage) -> Object:
    values: Object = {}
    for purpose, body in textual(annotation):
        if "tagging" not in purpose and isinstance(body.get("label"), str):
            is_json = body.get("format") == "application/json"
            values[body["label"]] = load(body["value"], location_of(annotation, page)) if is_json else body["value"]
    for body in several(annotation.get("body")):
        if isinstance(body, dict) and "source" in body and set(strings(body.get("purpose"))) & {"identifying", "classifying"}:
            values["identifying"] = address(body["source"])
    return values
