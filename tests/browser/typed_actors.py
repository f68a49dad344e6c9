"""Actors and the entities that they mean, entered with keys: marks, links, fields, relations."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.looks import DOUBTED
from tests.browser.typist import Typist

FORM = "form.entity-form"


def type_actors(typist: Typist, gold: dict[str, Any]) -> None:
    entities = {entity["id"]: entity for entity in gold["entities"]}
    typist.known.add(gold["document"]["outlet"])
    for mark in gold["mentions"]:
        if mark["layer"] == "ACTOR":
            typist.mark(mark)
            link(typist, entities[mark["attributes"]["entity"]], pronoun=mark["attributes"]["mention_type"] == "PRO")
            typist.put({"mention_type": mark["attributes"]["mention_type"]})


# What the card says: the entity that is linked, and the names of those that are proposed.
TOLD = """() => [
  document.querySelector('#card .entity-name')?.textContent,
  [...document.querySelectorAll('#card .proposal .name')].map(({ textContent }) => textContent),
]"""


def link(typist: Typist, entity: dict[str, Any], *, pronoun: bool = False) -> None:
    """To an entity that there is, by the digit of a proposal or by its name; or to a new one.

    A pronoun gets a new one only by a name that is typed.
    """
    linked = typist.card.locator(".entity-name")
    if entity["id"] not in typist.known and pronoun:
        typist.press("9")
        create(typist, entity)
    elif entity["id"] not in typist.known:
        typist.press("0")
        fill_in(typist, entity)
    else:
        told, proposed = typist.page.evaluate(TOLD)
        if not told and entity["name"] in proposed:
            typist.press(str(1 + proposed.index(entity["name"])))
        elif not told:
            typist.press("9")
            if typist.menu.is_visible():
                typist.find(entity["name"])
        # An answer of the server may have come before the digit: then the name stands there already, or is changed.
        if (linked.text_content() or "").removesuffix(DOUBTED) != entity["name"]:
            typist.to_button("entity")
            typist.press("Enter")
            typist.find(entity["name"])
    expect(linked).to_contain_text(entity["name"])


def fill_in(typist: Typist, entity: dict[str, Any]) -> None:
    """The form of an entity that is open, and Enter."""
    form = typist.page.locator(FORM)
    expect(form).to_be_visible()
    wanted = shown(entity)
    typist.put({name: wanted[name] for name in ("name", "type", "reference", "anonymous")}, FORM)
    if not typist.page.locator(f"{FORM} details[open]").count():
        typist.to(f"{FORM} summary")
        typist.press("Enter")
    typist.put(wanted, FORM)
    typist.press("Control+Enter")
    expect(form).to_have_count(0)
    typist.known.add(entity["id"])


def without_words(typist: Typist, entity: dict[str, Any]) -> None:
    """From the menu of a row: an entity that no words stand for, made when it is not there yet."""
    typist.take("not named")
    if entity["id"] in typist.known:
        return typist.find(entity["name"])
    return create(typist, entity)


def create(typist: Typist, entity: dict[str, Any]) -> None:
    """From a menu of entities that is open."""
    typist.type(entity["name"])
    # The last line of all; what is called nearly so stands above it.
    expect(typist.menu.get_by_role("option").last).to_contain_text("Create")
    typist.press("ArrowUp", "Enter")
    fill_in(typist, entity)


def shown(entity: dict[str, Any]) -> dict[str, Any]:
    """Field by field as the form has it: lists line by line."""
    return {
        **{code: entity[code] for code in ("name", "type", "reference", "anonymous")},
        "aliases": "\n".join(entity["aliases"]),
        "countries": ", ".join(entity["countries"]),
        "identifiers": "\n".join(f"{one['scheme']} {one['value']}" for one in entity["identifiers"]),
        "note": entity.get("note") or "",
    }


# Relations between entities, and the entity that was there before anything was marked


def type_relations(typist: Typist, gold: dict[str, Any]) -> None:
    """Each at a mark of its source; where no words stand for that, at one of its target, the other way round."""
    names = {entity["id"]: entity["name"] for entity in gold["entities"]}
    marked = first_marks(gold)
    words = {relation["code"]: relation["name"] for relation in typist.scheme["entity"]["relations"]}

    def here(relation: dict[str, Any]) -> str:
        return relation["source" if relation["source"] in marked else "target"]

    # Those of one entity one after the other, in the order of the text.
    for relation in sorted(gold["entity_relations"], key=lambda each: marked[here(each)]["start"]):
        back = here(relation) != relation["source"]
        typist.attend(marked[here(relation)]["fragments"])
        typist.to_button("relate")
        typist.press("Enter")
        name = words[relation["type"]]
        typist.take(f"… {name} this" if back else name)
        typist.find(names[relation["source" if back else "target"]])
        on_what_basis(typist, relation)


def on_what_basis(typist: Typist, relation: dict[str, Any]) -> None:
    form = typist.page.locator(FORM)
    expect(form).to_be_visible()
    typist.put({"basis": relation["basis"], "note": relation.get("note") or ""}, FORM)
    typist.press("Control+Enter")
    expect(form).to_have_count(0)


def type_outlet(typist: Typist, gold: dict[str, Any]) -> None:
    """What the outlet's entity lacks."""
    outlet = gold["document"]["outlet"]
    [entity] = [entity for entity in gold["entities"] if entity["id"] == outlet]
    typist.attend(first_marks(gold)[outlet]["fragments"])
    typist.to_button("entity-edit")
    typist.press("Enter")
    fill_in(typist, entity)


def first_marks(gold: dict[str, Any]) -> dict[str, Any]:
    actors = [mark for mark in gold["mentions"] if mark["layer"] == "ACTOR"]
    return {mark["attributes"]["entity"]: mark for mark in reversed(actors)}
