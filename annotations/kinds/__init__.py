"""The kinds of object that a change can write, each a module with the same contract.

MODEL      the table that holds its identity
SHAPE      field → checker, of its declared type in annotations.native.types: what a client may send
complete   (object, context) → the object with all its fields, quotes and derived values; null is what nobody has said
SELECT     SQL that gives its rows as objects in the native shape, FRAGMENTED their offset fields
insert     (objects, context) writes new rows
replace    (objects, context) overwrites rows
remove     (ids) deletes rows
references (object) → (kind, id) of everything it points at
pointers   (ids) → (kind, id of the pointing object, id pointed at) for what may not dangle
"""

from types import ModuleType

from annotations.kinds import citation, claim, entity, event, link, note, outcome, relation, span

KINDS: dict[str, ModuleType] = {
    "entity": entity,
    "relation": relation,
    "event": event,
    "span": span,
    "citation": citation,
    "claim": claim,
    "link": link,
    "note": note,
    "outcome": outcome,
}

CONTRACT = ("MODEL", "SHAPE", "SELECT", "complete", "insert", "replace", "remove", "references")
SHARED = ("entity", "relation")  # by all assignments of a corpus

for name, module in KINDS.items():
    missing = [part for part in CONTRACT if not hasattr(module, part)]
    if missing:
        raise ImportError(f"annotations.kinds.{name} lacks {', '.join(missing)}")
