"""ATT-01 to ATT-04 and MEA-01: who says so, and which law it touches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, islice

from annotations.native.view import Context, Object
from annotations.rules.finding import MOST_NAMED, Finding, finding, name_of
from annotations.text import fragments
from annotations.unstated.answers import is_open

# What a scheme says of ATT-02 that does not put it into fields.
SOURCELESS = {"source_basis": "none"}
NOT_CHOSEN = "Choose the source, or “no source given”."


def att_01(claim: Object, context: Context) -> Iterator[Finding]:
    """Contents of two claims nest or are apart."""
    others = (other for other in context.claims() if other["id"] != claim["id"] and contents_cross(claim, other))
    for other in islice(others, MOST_NAMED):
        detail = "its content overlaps another claim: claims must be nested or separate"
        yield finding(context, "ATT-01", detail, name_of(claim), name_of(other))


def contents_cross(a: Object, b: Object) -> bool:
    return any(fragments.crosses(x, y) for x in a["content"] for y in b["content"])


def att_02(claim: Object, context: Context) -> Iterator[Finding]:
    """source_basis "none" if and only if there is no source entity; open, and nothing is refused."""
    if is_open(claim.get("source_basis")):
        return
    when = context.scheme.rule("ATT-02").get("when") or SOURCELESS
    sourceless = all(claim.get(field) == value for field, value in when.items())
    if sourceless and (claim.get("source_entity") or claim.get("source_mention")):
        yield finding(context, "ATT-02", "it has a source, but “no source given” is chosen", name_of(claim), at="source_basis")
    if not sourceless and not claim.get("source_entity"):
        yield finding(context, "ATT-02", "it has no source: choose one, or “no source given”", name_of(claim), at="source_basis")


def att_02_open(claim: Object, context: Context) -> Iterator[Finding]:
    """Somebody has chosen the source, or said that the text gives none."""
    if is_open(claim.get("source_basis")):
        remedy = "Choose how the source is given." if claim.get("source_entity") else NOT_CHOSEN
        yield finding(context, "ATT-02", remedy, name_of(claim), at="source_basis")


def att_02_mention(claim: Object, context: Context) -> Iterator[Finding]:
    """The source's mark stands for the entity that is the source."""
    mention = context.span(claim.get("source_mention"))
    entity = (mention.get("attributes") or {}).get("entity") if mention else None
    if entity and entity != claim.get("source_entity"):
        detail = "the mark of the source refers to another entity than the source"
        yield finding(context, "ATT-02", detail, name_of(claim), str(claim["source_mention"]), at="source_mention")


def att_03(claim: Object, context: Context) -> Iterator[Finding]:
    """A rating has a note, unless it says that it cannot be judged."""
    rule = context.scheme.rule("ATT-03")
    ratings = rule.get("ratings") or []
    rated = [x for x in ratings if claim.get(x) not in (None, context.scheme.unjudged.get(x))]
    if rated and not claim.get(rule.get("note", "")):
        detail = f"{', '.join(rated)}: a rating needs a note"
        yield finding(context, "ATT-03", detail, name_of(claim), at=rule.get("note", ""))


def att_04(confirmed: Object, context: Context) -> Iterator[Finding]:
    """A claim rated as confirmed has a second claim beside it, of an independent source.

    From scheme.md, section 7: "not the same, not possible_same_as, and not in the same copy
    cluster". Sees the sources of this assignment, which is one article. It cannot see that the
    other claim says the same thing, nor a claim of another article that confirms this one, nor
    whether that article is a copy: a warning is to be weighed, and its absence proves nothing.
    """
    rule = context.scheme.rule("ATT-04")
    if not rule or any(confirmed.get(field) != value for field, value in rule["when"].items()):
        return
    sources = {claim["source_entity"] for claim in context.claims()} - {None}
    own = confirmed.get("source_entity")
    pairs = [(own, other) for other in sources - {own}] if own else list(combinations(sorted(sources), 2))
    tied = {frozenset((x["source"], x["target"])) for x in context.relations() if x["type"] in rule["ties"]}
    if all(frozenset(pair) in tied for pair in pairs):
        detail = "rated as confirmed, but the article has no second, independent source"
        yield finding(context, "ATT-04", detail, name_of(confirmed), at="credibility")


def mea_01(claim: Object, context: Context) -> Iterator[Finding]:
    """The measure was not adopted after the document was published."""
    measure = context.measure(claim.get("measure"))
    published = context.published_latest
    if not measure or not measure.get("adopted") or published is None:
        return
    adopted = date.fromisoformat(measure["adopted"])
    if adopted > published:
        detail = f"{claim['measure']} was adopted on {adopted}, after the article ({published})"
        yield finding(context, "MEA-01", detail, name_of(claim), at="measure")
