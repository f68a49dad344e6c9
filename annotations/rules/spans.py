"""SPAN-01 to SPAN-06: where marks may lie. Fragments of claims and citations obey some of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nlargest
from typing import Any

from annotations.native.view import Context, Object
from annotations.rules.finding import MOST_NAMED, Finding, finding, name_of
from annotations.text import fragments as standoff
from corpus.budget import go_on

MarkedFragment = tuple[dict[str, Any], Object]
# A mark or citation has fragments; a claim has the words of its cue and of its content.
LISTS = ("fragments", "cue", "content")
SHOWN = 40


def fragment_lists(mark: Object) -> Iterator[Sequence[dict[str, Any]]]:
    return (mark[field] for field in LISTS if mark.get(field))


def is_plain(mark: Object, context: Context) -> bool:
    """Whether all its words stand in one stretch each, as nearly always: then no rule OF_PLACE has anything to say."""
    text = context.text
    return all(standoff.plain(text, mark[field]) for field in LISTS if mark.get(field))


def span_01(mark: Object, context: Context) -> Iterator[Finding]:
    """0 ≤ start < end ≤ length, and the quote is what the text has there."""
    for fragments in fragment_lists(mark):
        for part in standoff.misquoted(context.text, fragments):
            start, end = part["start"], part["end"]
            if not standoff.within(context.text, part):
                detail = f"{start}–{end} is outside the text of {len(context.text)} characters"
            else:
                words = context.text[start:end][:SHOWN]
                detail = f"the text has {words!r} at {start}–{end}, not {part['quote'][:SHOWN]!r}"
            yield finding(context, "SPAN-01", detail, name_of(mark), start=start, end=end)


def span_02_space(mark: Object, context: Context) -> Iterator[Finding]:
    """No white space at the ends."""
    for fragments in fragment_lists(mark):
        for part in fragments:
            if standoff.within(context.text, part) and standoff.has_loose_space(context.text, part):
                detail = f"{part['quote'][:SHOWN]!r} starts or ends with white space"
                yield finding(context, "SPAN-02", detail, name_of(mark))


def span_02_cut(mark: Object, context: Context) -> Iterator[Finding]:
    """No word and no character is cut."""
    for part in mark["fragments"]:
        for position, what in standoff.cut_at(context.text, part):
            detail = f"{part['quote'][:SHOWN]!r} cuts a {what} at {position}"
            yield finding(context, "SPAN-02", detail, name_of(mark), position=position)


def span_03(mark: Object, context: Context) -> Iterator[Finding]:
    """No article, possessive or quantifier first; no ’s or punctuation last."""
    leading = (context.scheme.rule("SPAN-03").get("leading") or {}).get(mark["layer"])
    if leading is None:
        return
    words = standoff.quote_of(mark["fragments"])
    first = words.split(" ")[0].lower()
    if first in leading and " " in words and not reads_as_one(words, mark, context):
        yield finding(context, "SPAN-03", f"{words[:SHOWN]!r} starts with {first!r}", name_of(mark))
    if words.endswith(("’s", "'s")) or words[-1:] in tuple(",;:!?…’'"):
        yield finding(context, "SPAN-03", f"{words[:SHOWN]!r} ends with ’s or punctuation", name_of(mark))


def reads_as_one(words: str, mark: Object, context: Context) -> bool:
    """ "more than half", "a dozen": the first word belongs to the value."""
    layer = context.scheme.layer(mark["layer"])
    phrases = [entry["word"] for entry in layer.get("vague_words", [])]
    phrases += [phrase for entry in layer.get("comparators", []) for phrase in entry["lexicon"]]
    return any(phrase and words.lower().startswith(phrase) for phrase in phrases)


def span_04(mark: Object, context: Context) -> Iterator[Finding]:
    """Inside one segment, outside zones that are never marked."""
    fragments = mark["fragments"]
    segments = [standoff.segment_of(context.segments, part) for part in fragments]
    if context.segments and (None in segments or any(x != segments[0] for x in segments)):
        yield finding(context, "SPAN-04", "it is not within one paragraph", name_of(mark))
    for part in fragments:
        for zone in standoff.zones_under(context.zones, part):
            if not context.scheme.zone_is_marked(zone["kind"]):
                detail = f"{part['quote'][:SHOWN]!r} is in a {zone['kind']} zone, which is not annotated"
                yield finding(context, "SPAN-04", detail, name_of(mark))


def span_05(context: Context) -> Iterator[Finding]:
    """No two fragments in one layer share a character, save a name inside a longer name."""
    nesting = context.scheme.rule("SPAN-05").get("nesting") or ()
    layers: dict[str, list[MarkedFragment]] = {}
    for mark in context.spans():
        layers.setdefault(mark["layer"], []).extend((part, mark) for part in mark["fragments"])
    for layer, parts in layers.items():
        yield from shared_characters(parts, layer in nesting, context)


def shared_characters(parts: list[MarkedFragment], nests: bool, context: Context) -> Iterator[Finding]:
    """One sweep from left to right; `open_` are fragments not yet ended, those that end last: whatever shares characters does so with them."""
    open_: list[MarkedFragment] = []
    for part, mark in sorted(parts, key=lambda entry: (entry[0]["start"], -entry[0]["end"])):
        go_on()
        open_ = [(other, owner) for other, owner in open_ if other["end"] > part["start"]]
        if len(open_) > MOST_NAMED:
            open_ = nlargest(MOST_NAMED, open_, key=lambda entry: entry[0]["end"])
        for other, owner in open_:
            inner = nests and len(open_) == 1 and owner is not mark and properly(other, part)
            what = "is inside" if inner else "shares characters with"
            detail = f"{part['quote'][:SHOWN]!r} {what} {other['quote'][:SHOWN]!r} in one layer"
            level = "warning" if inner else ""
            yield finding(context, "SPAN-05", detail, name_of(owner), name_of(mark), level=level)
        open_.append((part, mark))


def properly(outer: dict[str, Any], inner: dict[str, Any]) -> bool:
    same = (outer["start"], outer["end"]) == (inner["start"], inner["end"])
    return standoff.contains(outer, inner) and not same


def span_06_order(mark: Object, context: Context) -> Iterator[Finding]:
    """Fragments are in order and do not touch."""
    for fragments in fragment_lists(mark):
        if standoff.touch(fragments):
            detail = "two fragments are adjacent: join them"
            yield finding(context, "SPAN-06", detail, name_of(mark))
        elif not standoff.in_order(fragments):
            detail = "the fragments are not in text order"
            yield finding(context, "SPAN-06", detail, name_of(mark))


def span_06_sentence(mark: Object, context: Context) -> Iterator[Finding]:
    """Fragments lie in one sentence."""
    known = context.scheme.rule("SPAN-06").get("abbreviations") or ()
    if standoff.crosses_sentence(context.text, mark["fragments"], known):
        yield finding(context, "SPAN-06", "it crosses the end of a sentence", name_of(mark))


OF_PLACE = frozenset({span_01, span_02_space, span_06_order, span_06_sentence})
