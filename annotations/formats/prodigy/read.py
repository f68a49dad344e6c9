"""Reading an example of Prodigy. Pure. Its tokens must be those of its text: so it is known that positions are code points."""

from __future__ import annotations

from typing import Any

from annotations.formats.base import Unreadable
from annotations.formats.files.json_fields import a_list, a_number, a_text, an_object, facts_of, words
from annotations.formats.middle.flat import Flat, FlatNote, Fragment, Mark, Object, Tie


def example(record: Any, location: str) -> Flat:
    record = an_object(record, location)
    meta = record.get("meta") if isinstance(record.get("meta"), dict) else {}
    flat = Flat(a_text(record.get("text"), f"{location}: text"), location=location, title=words((meta or {}).get("title")))
    flat.key, flat.facts = words((meta or {}).get("key") or record.get("id")), facts_of(meta or {})
    flat.annotator = words(record.get("_annotator_id") or record.get("_session_id"))
    if record.get("answer", "accept") != "accept":
        flat.losses.lose("rejected or ignored examples", flat.key or location)
        return flat
    Example(record, flat).read()
    return flat.sound()


class Example:
    def __init__(self, record: Object, flat: Flat) -> None:
        self.record, self.flat, self.location = record, flat, flat.location
        self.tokens = [
            self.token(entry, n) for n, entry in enumerate(a_list(record.get("tokens", []), f"{self.location}: tokens"))
        ]
        self.by_id: dict[str, str] = {}
        self.by_place: dict[str, str] = {}
        self.by_token: dict[int, str] = {}

    def token(self, entry: Any, number: int) -> Fragment:
        if (usual := self.usual(entry)) is not None:
            return usual
        location = f"{self.location}: token {number}"
        entry = an_object(entry, location)
        start, end = a_number(entry.get("start"), f"{location}: start"), a_number(entry.get("end"), f"{location}: end")
        actual = self.flat.text[start:end]
        if actual != entry.get("text", actual):
            raise Unreadable(f"{location} is {str(entry['text'])[:60]!r}; the text has {actual[:60]!r} at {start}–{end}")
        return start, end

    def usual(self, entry: Any) -> Fragment | None:
        """There are a thousand of them in a text: one that is as it should be is looked at once."""
        if type(entry) is not dict:
            return None
        start, end = entry.get("start"), entry.get("end")
        if type(start) is int and type(end) is int and 0 <= start < end and self.flat.text[start:end] == entry.get("text"):
            return start, end
        return None

    def read(self) -> None:
        for number, entry in enumerate(a_list(self.record.get("spans", []), f"{self.location}: spans"), 1):
            self.span(an_object(entry, f"{self.location}: span {number}"), number)
        for number, entry in enumerate(a_list(self.record.get("relations", []), f"{self.location}: relations"), 1):
            self.relation(an_object(entry, f"{self.location}: relation {number}"), f"{self.location}: relation {number}")
        choices = self.record.get("accept")
        for choice in choices if isinstance(choices, list) else []:
            self.flat.notes.append(FlatNote(f"accept: {words(choice)}"))

    def span(self, entry: Object, number: int) -> None:
        location = f"{self.location}: span {number}"
        fragment = self.fragment(entry, location)
        label = a_text(entry.get("label"), f"{location}: label")
        attributes = an_object(entry.get("attributes", {}), f"{location}: attributes")
        pk = words(entry.get("id")) or f"S{number}"
        self.flat.marks.append(Mark(pk, label, [fragment], attributes))
        self.by_id[pk] = pk
        self.by_place[f"{fragment[0]} {fragment[1]} {label}"] = pk
        if isinstance(entry.get("token_end"), int):
            self.by_token[entry["token_end"]] = pk

    def fragment(self, entry: Object, location: str) -> Fragment:
        """By its characters, or where they are missing by its tokens; both have to agree."""
        first, last = entry.get("token_start"), entry.get("token_end")
        if "start" in entry:
            start, end = a_number(entry["start"], f"{location}: start"), a_number(entry.get("end"), f"{location}: end")
        else:
            start, end = self.of_token(first, location)[0], self.of_token(last, location)[1]
        if first is not None and last is not None and self.tokens:
            wide = self.of_token(first, location)[0], self.of_token(last, location)[1]
            if not (start <= wide[1] and wide[0] <= end):
                raise Unreadable(
                    f"{location}: characters {start}–{end} do not match tokens {first}–{last}, which are {wide[0]}–{wide[1]}"
                )
        return start, end

    def of_token(self, number: Any, location: str) -> Fragment:
        place_of = a_number(number, f"{location}: token")
        if place_of >= len(self.tokens):
            raise Unreadable(f"{location}: there is no token {place_of}")
        return self.tokens[place_of]

    def relation(self, entry: Object, location: str) -> None:
        head, child = (self.end(entry, end, location) for end in ("head", "child"))
        self.flat.ties.append(Tie(a_text(entry.get("label"), f"{location}: label"), head, child))

    def end(self, entry: Object, end: str, location: str) -> str:
        """The span that is meant: as it is described, or else the one that ends with the token."""
        stated = entry.get(f"{end}_span")
        span = stated if isinstance(stated, dict) else {}
        described = f"{span.get('start')} {span.get('end')} {span.get('label')}"
        number = a_number(entry.get(end), f"{location}: {end}")
        mark = self.by_id.get(words(span.get("id"))) or self.by_place.get(described) or self.by_token.get(number)
        if mark is None:
            raise Unreadable(f"{location}: no span ends at token {number}")
        return mark
