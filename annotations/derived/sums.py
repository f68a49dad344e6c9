"""FIG-05: parts and wholes. 170 and 130 of 300; 170 of 300 against "more than half"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from annotations.derived.numbers import bounds, exact, figures_of, values_of, written
from annotations.native.view import Context, Object
from annotations.text.fragments import quote_of

PART_OF, SAME = "part_of", "possible_same_as"


@dataclass(frozen=True)
class Sum:
    """Whether the parts fit into the whole, and that in a sentence. `parts`: of the figures those that are added up."""

    figures: tuple[str, ...]
    fits: bool
    text: str
    parts: tuple[str, ...] = ()


def parts_of(context: Context, figures: list[Object]) -> dict[str, list[Object]]:
    """Id of a whole → the figures that are linked to it as parts, in the order of `figures`."""
    pairs = {(link["source"], link["target"]) for link in context.links() if link["type"] == PART_OF}
    wholes = sorted({target for _, target in pairs if context.span(target)})
    return {whole: [x for x in figures if (x["id"], whole) in pairs] for whole in wholes}


def sums(context: Context) -> Iterator[Sum]:
    """Parts against their whole: what they come to at the least, against what it is at the most."""
    figures = figures_of(context)
    parts = parts_of(context, figures)
    for whole in figures:
        members = parts.get(whole["id"], [])
        lows = [low for part in members if (low := bounds(part)[0]) is not None]
        most = bounds(whole)[1]
        if members and len(lows) == len(members) and most is not None:
            yield one_sum(whole, members, lows, most)


def one_sum(whole: Object, parts: list[Object], lows: list[Decimal], most: Decimal) -> Sum:
    total = sum(lows, Decimal(0))
    shown = " + ".join(written(low) for low in lows)
    if total == most:
        text = f"{shown} = {written(most)}."
    elif len(parts) == 1:
        text = f"{shown} of {written(most)}."
    else:
        text = f"{shown} = {written(total)}, {'more than' if total > most else 'of'} {written(most)}."
    ids = tuple(part["id"] for part in parts)
    return Sum((whole["id"], *ids), total <= most, text, ids)


def stated_shares(context: Context) -> Iterator[Sum]:
    """A share of a whole, against a part of it in an event that may be the same one."""
    figures = figures_of(context)
    wholes = {part["id"]: whole for whole, parts in parts_of(context, figures).items() for part in parts}
    for share in figures:
        whole_entity = entity_of(values_of(share).get("of_whole"), context)
        for part in figures_in_same_event(share, figures, context) if whole_entity else ():
            whole = context.span(wholes.get(part["id"]))
            if whole and entity_of(values_of(whole).get("counted"), context) == whole_entity:
                yield from one_share(share, part, whole)


def one_share(share: Object, part: Object, whole: Object) -> Iterator[Sum]:
    count, of = exact(part), exact(whole)
    if count is None or not of:
        return
    percent = count * 100 / of
    fits = consistent(percent, share)
    verdict = "consistent with" if fits else "not consistent with"
    words = quote_of(share["fragments"])
    text = f'{written(count)} / {written(of)} = {written(percent, 1)} %, {verdict} "{words}".'
    yield Sum((part["id"], whole["id"], share["id"]), fits, text)


def consistent(value: Decimal, figure: Object) -> bool:
    """Whether a number lies within what a figure says; an approximate one is taken with 5 %."""
    values = values_of(figure)
    low, high = bounds(figure)
    comparator = values.get("comparator")
    if comparator == "gt" and low is not None and not values.get("approximate"):
        return value > low
    if comparator == "lt" and high is not None and not values.get("approximate"):
        return value < high
    slack = Decimal("0.05") if values.get("approximate") or low == high else Decimal(0)
    above = low is None or value >= low * (1 - slack)
    return above and (high is None or value <= high * (1 + slack))


def entity_of(reference: Object | None, context: Context) -> str | None:
    """The entity that is meant by {"mention": id} or {"entity": id}."""
    if not reference:
        return None
    span = context.span(reference.get("mention"))
    entity = (span.get("attributes") or {}).get("entity") if span else reference.get("entity")
    return str(entity) if entity else None


def figures_in_same_event(figure: Object, figures: list[Object], context: Context) -> list[Object]:
    """Figures that fill a role of an event which may be the same as one that this figure fills."""
    own = {event["id"] for event in context.events() if figure["id"] in fillers(event)}
    near = {
        link[other]
        for link in context.links()
        for one, other in (("source", "target"), ("target", "source"))
        if link["type"] == SAME and link[one] in own
    }
    events = [event for event in context.events() if event["id"] in near | own]
    ids = {pk for event in events for pk in fillers(event)} - {figure["id"]}
    return [mark for mark in figures if mark["id"] in ids]


def fillers(event: Object) -> set[str]:
    return {argument["mention"] for argument in event.get("arguments") or [] if "mention" in argument}
