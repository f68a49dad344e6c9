"""What days the words of a time mean, read against the day on which the article was published. Pure.

"September 4" of an article of 30 September 2017 → 2017-09-04, resolved; where the publication date
itself is a range, the year is marked as inferred: 2017?-09-04 (scheme.md 6). A proposal only: a person takes it.
What may mean two things, or holds a word of time that is not understood, gives no proposal.
"""

from __future__ import annotations

import re

from annotations.dates import steps
from annotations.dates.calendar import Published
from annotations.dates.connected import JOINERS, Linked, alone, between
from annotations.dates.lexicon import rules_of
from annotations.dates.lexicon.eastern import in_digits
from annotations.dates.points import FIELDS, DateContext, Point
from annotations.dates.reading import OPEN, STATED, Moment, Term
from annotations.dates.terms import term_of
from annotations.dates.tokens import DateToken, plain, tokens_of

TENSES = ("future", "past")
PASSED_OVER = ("nothing", "approximate", "open", "count", "rolling")
# A connector that has lost what it connects turns the time into one that is not known.
UNKNOWN = "unknown"
ORDERS, BEHIND = {"after", "before", "since", "until"}, {"from_behind", "until_behind", "before_behind", "onwards"}
NAMED_DAY = re.compile(r"\d ?[日号號일]")
CLAUSE = re.compile(r"[.;:,，。、；：](?!\d)|\n")


def resolve(words: str, published: Published, *, before: str = "", language: str = "en") -> Moment | None:
    """The reading of the words, or None where they name no time that could be worked out.

    `before`: what the text says before them in the sentence; only its tense is read ("will close on" May 20).
    """
    rules = rules_of(language)
    tokens = tokens_of(in_digits(plain(words)), rules)
    kinds = {token.kind for token in tokens}
    if "stop" in kinds:
        return None
    tensed = tokens if kinds & {*TENSES} else tokens_of(in_digits(plain(CLAUSE.split(before)[-1])), rules)
    names_days = bool(NAMED_DAY.search(in_digits(plain(words))))
    context = DateContext(published, tense_of({token.kind for token in tensed}), names_days)
    term = in_words(tokens, context)
    if term is None:
        return Moment(None, OPEN) if "open" in kinds and not kinds & (FIELDS | {"count", "rolling"}) else None
    edtf = "/".join(f"{end}~" for end in dict.fromkeys(term.ends)) if "approximate" in kinds else term.edtf
    return Moment(edtf, term.basis) if is_edtf(edtf) else None


def tense_of(kinds: set[str]) -> str:
    """ "Will be closed" is future: what is to come is always said, the rest looks like what was."""
    return next((tense for tense in TENSES if tense in kinds), "")


def is_edtf(edtf: str) -> bool:
    try:
        return bool(Term(edtf, STATED).first or Term(edtf, STATED).last)
    except ValueError:
        return False


def in_words(tokens: list[DateToken], context: DateContext) -> Term | None:
    points, behind = linked(tokens)
    lengths = [token for token in tokens if token.kind in ("count", "rolling")]
    if lengths:
        return of_length(lengths[0], points, behind, context) if len(lengths) == 1 else None
    points = with_bare_year(points)
    if len(points) == 1:
        return alone(points[0], behind, context)
    return between(points[0], points[1], behind, context) if len(points) == 2 else None


def linked(tokens: list[DateToken]) -> tuple[list[Linked], list[str]]:
    """Points with what stands before each, and the connectors behind the last."""
    points: list[Linked] = []
    links: list[str] = []
    is_open = is_apart = False
    for token in tokens:
        if token.kind in FIELDS:
            if not is_open or not points[-1].point.takes(token):
                points.append(Linked(Point(), links))
                links, is_open = [], True
            points[-1].point.fields[token.kind] = token.value
            is_apart = False
        elif token.kind == "word":
            # "After the vote in 2019" is not after 2019; "to China in 2019" is in 2019.
            is_lost = {*links} & {*ORDERS, UNKNOWN} or ({*links} & {"to", "through"} and points and "from" in points[-1].links)
            links = [UNKNOWN] if is_lost else []
            is_apart = True
        elif token.kind not in PASSED_OVER:
            is_open = False
            links += [UNKNOWN if is_apart and token.kind in BEHIND else token.kind] if token.kind not in TENSES else []
    return points, links


def with_bare_year(points: list[Linked]) -> list[Linked]:
    """A year that stands apart belongs to all points that have none: "in 2019, from March to May"."""
    bare = [index for index, entry in enumerate(points) if entry.point.is_year and not joined(points, index)]
    others = [entry for index, entry in enumerate(points) if index not in bare]
    if len(bare) != 1 or not others or not all(entry.point.lacks_year for entry in others):
        return points
    year = points[bare[0]].point.fields
    return [Linked(Point({**year, **entry.point.fields}), entry.links) for entry in others]


def joined(points: list[Linked], index: int) -> bool:
    behind = points[index + 1].links if index + 1 < len(points) else []
    return bool({*points[index].links} - {"from"} or ({*behind} & {*JOINERS - {"dash"}, "and"} and "from" not in behind))


def of_length(length: DateToken, points: list[Linked], behind: list[str], context: DateContext) -> Term | None:
    """Three days ago, two weeks after 3 March 2024, the past two weeks. A length of time by itself is a figure."""
    count, unit = length.value
    if length.kind == "rolling":
        return None if points or behind else steps.rolling(count, unit, context.published)
    if not points and behind == ["ago"]:
        return steps.ago(count, unit, context.published)
    if not points and behind == ["hence"]:
        return steps.hence(count, unit, context.published)
    if len(points) != 1 or behind or points[0].links not in (["after"], ["from"], ["before"]) or points[0].point.only("weekday"):
        return None
    anchor = term_of(points[0].point, context)
    return steps.shifted(anchor, -count if points[0].links == ["before"] else count, unit) if anchor else None
