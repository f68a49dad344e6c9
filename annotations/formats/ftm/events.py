"""Events for FollowTheMoney: as Payment, Sanction, Employment or Ownership where all ends are known, else as Event. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotations.derived.document_view import DocumentView, target
from annotations.formats.base import Losses
from annotations.formats.ftm.schema import (
    ASSETS,
    LEGAL,
    ORGANIZATIONS,
    address,
    countries,
    ends,
    entity_id,
    event_schema,
    ftm_entity,
    id_prefix,
    ident,
    number,
    schema_of,
)
from annotations.native.view import Object
from annotations.statements.clauses import label_name
from annotations.statements.sentences import claim_of, of_event, of_figure
from annotations.unstated.answers import is_stated

ASSERTED = ("happened", "ongoing", "general")  # anything else would turn a forecast or an order into a fact
# Schema → (property, roles that fill it, schemata that it takes); without one for each, it is an Event.
SHAPES: dict[str, tuple[tuple[str, tuple[str, ...], set[str] | None], ...]] = {
    "Payment": (("payer", ("payer",), LEGAL), ("beneficiary", ("recipient", "beneficiary"), LEGAL)),
    "Sanction": (("entity", ("target",), None),),
    "Employment": (("employee", ("worker",), {"Person"}), ("employer", ("employer",), ORGANIZATIONS)),
    "Ownership": (("owner", ("owner",), LEGAL), ("asset", ("owned",), ASSETS)),
}


def happenings(view: DocumentView, article: str, losses: Losses) -> Iterator[Object]:
    for event in view.events():
        schema = event_schema(view.scheme, event["type"])
        filled = fitting(view, event, schema)
        if schema != "Event" and not filled:
            losses.lose(f"{schema.lower()}s written as events", f"{view.key} {event['id']}")
        shared = common(view, event, article, losses)
        yield as_link(view, event, schema, filled, shared, losses) if filled else as_event(view, event, shared)


def fitting(view: DocumentView, event: Object, schema: str) -> dict[str, list[str]]:
    """The ends of a link; {} where one is missing, or the article does not say that it is so."""
    if event.get("polarity") != "positive" or event.get("status") not in ASSERTED:
        return {}
    filled = {name: fillers(view, event, roles, schemata) for name, roles, schemata in SHAPES.get(schema, ())}
    return filled if all(filled.values()) else {}


def fillers(view: DocumentView, event: Object, roles: tuple[str, ...], schemata: set[str] | None) -> list[str]:
    entities = [view.meant(argument) for argument in event["arguments"] if argument["role"] in roles]
    return [
        entity_id(entity)
        for entity in entities
        if entity and (schemata is None or schema_of(view.scheme, str(entity["type"])) in schemata)
    ]


def common(view: DocumentView, event: Object, article: str, losses: Losses) -> Object:
    """What every schema of these has."""
    figures = [sentence for mention in figures_of(view, event) if (sentence := of_figure(view, mention))]
    return {
        "summary": [of_event(view, event), *figures],
        "description": list(described(view, claim_of(view, event))),
        "proof": article,
        "publisher": view.outlet,
        "sourceUrl": address(view.facts.get("url")),
        **ends(event.get("time") or {}),
    }


def described(view: DocumentView, claim: Object) -> Iterator[str]:
    """ "manager: reported, rated C3", as far as somebody has said so."""
    rated = "".join(claim.get(field) or "" for field in ("reliability", "credibility"))
    parts = [str(claim["modality"]) if is_stated(claim.get("modality")) else "", f"rated {rated}" if rated else ""]
    if source := view.described(claim):
        yield ": ".join(filter(None, (source, ", ".join(filter(None, parts)))))


def figures_of(view: DocumentView, event: Object) -> Iterator[Object]:
    for argument in event["arguments"]:
        mention = view.span(argument.get("mention"))
        if mention and view.scheme.kind(mention["layer"]) == "figure":
            yield mention


def as_event(view: DocumentView, event: Object, shared: Object) -> Object:
    involved = [view.meant(argument) for argument in event["arguments"]]
    places = [argument for argument in event["arguments"] if argument["role"] in view.scheme.places["roles"]]
    legal = [entity for entity in involved if entity and schema_of(view.scheme, str(entity["type"])) in LEGAL]
    return ftm_entity(
        event_id(view, event),
        "Event",
        name=title(view, event),
        involved=[entity_id(entity) for entity in legal],
        location=[view.words(argument) for argument in places],
        country=[code for argument in places for code in countries(view.meant(argument).get("countries") or [])],
        notes=[event.get("note")],
        **shared,
    )


def as_link(
    view: DocumentView, event: Object, schema: str, filled: dict[str, list[str]], shared: Object, losses: Losses
) -> Object:
    own: dict[str, Any] = {}
    if schema == "Payment":
        own = payment(view, event, losses)
    if schema == "Sanction":
        own = {
            "authority": words(view, event, "authority"),
            "program": words(view, event, "measure"),
            "provisions": title(view, event),
        }
    if schema in ("Employment", "Ownership"):
        own = {"role": title(view, event)}
    return ftm_entity(event_id(view, event), schema, **{**shared, **own, **filled})


def payment(view: DocumentView, event: Object, losses: Losses) -> Object:
    """Amount and currency where one exact value is given; the first, since the second may be its equivalent."""
    values = [mention["attributes"] for mention in figures_of(view, event) if (mention.get("attributes") or {}).get("currency")]
    exact = [
        attributes for attributes in values if attributes.get("low") is not None and attributes["low"] == attributes.get("high")
    ]
    if len(exact) != 1 and values:
        losses.lose(
            "amounts written only in sentences, or next to another", f"{view.key} {event['id']}", len(values) - min(1, len(exact))
        )
    first = exact[0] if exact else {}
    amount = {"amount": number(first["low"]), "currency": first["currency"]} if first else {}
    return {"purpose": title(view, event), **amount}


def words(view: DocumentView, event: Object, role: str) -> list[str]:
    return [
        view.words(argument) for argument in event["arguments"] if argument["role"] == role and target(argument)[0] != "event"
    ]


def title(view: DocumentView, event: Object) -> str:
    """ "return home: sent back"; "not: …" for what did not happen. What is open or not stated is said to be so."""
    negated = "not: " if event.get("polarity") == "negative" else ""
    status = "" if event.get("status") in ASSERTED else f" ({event.get('status')})"
    if unsaid := [field for field in ("status", "polarity") if not is_stated(event.get(field))]:
        status = f" ({' and '.join(unsaid)} not stated)"
    return f"{negated}{label_name(view, event)}{status}: {view.trigger_words(event)}"


def event_id(view: DocumentView, event: Object) -> str:
    return ident("event", id_prefix(view), event["id"])
