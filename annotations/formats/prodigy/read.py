"""Reading an example of Prodigy. Pure. Its tokens must be those of its text: so it is known that positions are code points."""

from __future__ import annotations

from typing import Any

from annotations.formats.base import Unreadable
from annotations.formats.files.json_fields import a_list, a_number, a_text, an_object, facts_of, words
from annotations.formats.middle.flat import Flat, Fragment, Mark, Note, Object, Tie


def example(record: Any, place: str) -> Flat:
    record = an_object(record, place)
    meta = record.get("meta") if isinstance(record.get("meta"), dict) else {}
    flat = Flat(a_text(record.get("text"), f"{place}: text"), place=place, title=words((meta or {}).get("title")))
    flat.key, flat.facts = words((meta or {}).get("key") or record.get("id")), facts_of(meta or {})
    flat.annotator = words(record.get("_annotator_id") or record.get("_session_id"))
    if record.get("answer", "accept") != "accept":
        flat.losses.lose("rejected or ignored examples", flat.key or place)
        return flat
    Example(record, flat).read()
    return flat.sound()


class Example:
    def __init__(self, record: Object, flat: Flat) -> None:
        self.record, self.flat, self.place = record, flat, flat.place
        self.tokens = [self.token(item, n) for n, item in enumerate(a_list(record.get("tokens", []), f"{self.place}: tokens"))]
        self.by_id: dict[str, str] = {}
        self.by_place: dict[str, str] = {}
        self.by_token: dict[int, str] = {}

    def token(self, item: Any, number: int) -> Fragment:
        if (usual := self.usual(item)) is not None:
            return usual
        place = f"{self.place}: token {number}"
        item = an_object(item, place)
        start, end = a_number(item.get("start"), f"{place}: start"), a_number(item.get("end"), f"{place}: end")
        found = self.flat.text[start:end]
        if found != item.get("text", found):
            raise Unreadable(f"{place} is {str(item['text'])[:60]!r}; the text has {found[:60]!r} at {start}–{end}")
        return start, end

    def usual(self, item: Any) -> Fragment | None:
        """There are a thousand of them in a text: one that is as it should be is looked at once."""
        if type(item) is not dict:
            return None
        start, end = item.get("start"), item.get("end")
        if type(start) is int and type(end) is int and 0 <= start < end and self.flat.text[start:end] == item.get("text"):
            return start, end
        return None

    def read(self) -> None:
        for number, item in enumerate(a_list(self.record.get("spans", []), f"{self.place}: spans"), 1):
            self.span(an_object(item, f"{self.place}: span {number}"), number)
        for number, item in enumerate(a_list(self.record.get("relations", []), f"{self.place}: relations"), 1):
            self.relation(an_object(item, f"{self.place}: relation {number}"), f"{self.place}: relation {number}")
        choices = self.record.get("accept")
        for choice in choices if isinstance(choices, list) else []:
            self.flat.notes.append(Note(f"accept: {words(choice)}"))

    def span(self, item: Object, number: int) -> None:
        place = f"{self.place}: span {number}"
        fragment = self.fragment(item, place)
        label = a_text(item.get("label"), f"{place}: label")
        attributes = an_object(item.get("attributes", {}), f"{place}: attributes")
        pk = words(item.get("id")) or f"S{number}"
        self.flat.marks.append(Mark(pk, label, [fragment], attributes))
        self.by_id[pk] = pk
        self.by_place[f"{fragment[0]} {fragment[1]} {label}"] = pk
        if isinstance(item.get("token_end"), int):
            self.by_token[item["token_end"]] = pk

    def fragment(self, item: Object, place: str) -> Fragment:
        """By its characters, or where they are missing by its tokens; both have to agree."""
        first, last = item.get("token_start"), item.get("token_end")
        if "start" in item:
            start, end = a_number(item["start"], f"{place}: start"), a_number(item.get("end"), f"{place}: end")
        else:
            start, end = self.of_token(first, place)[0], self.of_token(last, place)[1]
        if first is not None and last is not None and self.tokens:
            wide = self.of_token(first, place)[0], self.of_token(last, place)[1]
            if not (start <= wide[1] and wide[0] <= end):
                raise Unreadable(
                    f"{place}: characters {start}–{end} do not match tokens {first}–{last}, which are {wide[0]}–{wide[1]}"
                )
        return start, end

    def of_token(self, number: Any, place: str) -> Fragment:
        place_of = a_number(number, f"{place}: token")
        if place_of >= len(self.tokens):
            raise Unreadable(f"{place}: there is no token {place_of}")
        return self.tokens[place_of]

    def relation(self, item: Object, place: str) -> None:
        head, child = (self.end(item, end, place) for end in ("head", "child"))
        self.flat.ties.append(Tie(a_text(item.get("label"), f"{place}: label"), head, child))

    def end(self, item: Object, end: str, place: str) -> str:
        """The span that is meant: as it is described, or else the one that ends with the token."""
        told = item.get(f"{end}_span")
        span = told if isinstance(told, dict) else {}
        described = f"{span.get('start')} {span.get('end')} {span.get('label')}"
        number = a_number(item.get(end), f"{place}: {end}")
        found = self.by_id.get(words(span.get("id"))) or self.by_place.get(described) or self.by_token.get(number)
        if found is None:
            raise Unreadable(f"{place}: no span ends at token {number}")
        return found
