"""The events or figures behind a number of counts: the same question, narrowed to the values that are counted."""

from __future__ import annotations

from typing import Any

from questions.address.kinds import ANY
from questions.address.question import AddressError, Question
from questions.asking.answer import COUNTED
from questions.asking.known_codes import known
from questions.drawing.addresses import asked_of, page_of
from questions.wording.code_names import CodeNames

Object = dict[str, Any]
OF_PARTS = ("status", "polarity", "use")
# An entry has several of these: one of them is no narrower than another that is asked for.
SEVERAL = ("modality", "evidence", "reliability", "credibility")
ONE_OF_EACH = ("type", "label", "certainty", "currency", *OF_PARTS)
WHO = ("entity", "actor", "acted", "counted")
EXACT = {"maybe": "0", "parts": "0"}


def listing(question: Question, slug: str, row: Object, ledger: str, names: CodeNames) -> str:
    """Where the `events` or `figures` with these values are listed; empty where there are none, or no address can ask for them alone.

    Of a place, those inside it are listed too: nothing asks for a place alone.
    """
    if not row[ledger]:
        return ""
    asked = {name: question[name] or ANY for name in OF_PARTS if ledger == "figures" or name != "use"}
    for value in row["values"]:
        condition = narrowing(question, ledger, value, names)
        if condition is None or any(name not in OF_PARTS and asked.get(name, one) != one for name, one in condition.items()):
            return ""
        asked |= condition
    try:
        narrowed = asked_of(question, ledger, **asked)
    except AddressError:
        return ""  # a name that no address can have
    return page_of(slug, narrowed) if all(narrowed[name] == value for name, value in asked.items()) else ""


def narrowing(question: Question, ledger: str, value: Object, names: CodeNames) -> dict[str, str] | None:
    """What to ask for a value; None: nothing asks for it, or not beside what is asked already."""
    by, code = value["by"], value["value"]
    if code is None or by not in question.ledger.parameters:
        return None
    if by in OF_PARTS and question["part"] != COUNTED:
        return None  # which part it is in says already what it is not
    if by in ONE_OF_EACH or by in SEVERAL:
        is_free = by in ONE_OF_EACH or not question.codes(by) or code in question.codes(by)
        name = "type" if by == "label" and ledger == "events" else by
        return {name: code} if is_free and code in known(name, names) else None
    if by == "entity":
        is_exact = all(question[name] == only for name, only in EXACT.items())
        is_free = (is_exact and question["entity"] in ("", code)) or not any(question[name] for name in WHO)
        return {"entity": code, **EXACT} if is_free else None
    if by == "place":
        return None if question["place"] else {"place": code, "tie": ",".join(sorted(names.scheme.places["roles"]))}
    name, wanted = ("speaker", code) if by == "source" else ("outlet", value["name"])
    return {name: wanted} if question[name] in ("", wanted) else None
