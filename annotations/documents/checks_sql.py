"""The documents that checks work on: as those of `sql`, but of each object no more than a check reads, since it is read after each save.

Without the text and its structure, which may be long, and with no entities but those that marks name: to follow relations from one entity
to the next takes half as long as all the rest.
"""

from __future__ import annotations

from annotations.documents.sql import ASSIGNMENTS, FROM, NAMED, NARRATOR, array, fragments
from annotations.kinds import citation, claim, entity, event, link, span
from annotations.native.json_sql import json_object, quoted_id
from corpus.db.round_trip import numbered

MARK = {name: span.FIELDS[name] for name in ("id", "layer", "label")} | {
    "fragments": fragments("m.fragments", "m.quote", ("m.start", 'm."end"'))
}
OF_FIGURE = "low high comparator approximate unit currency per_currency per_unit per_period per_count counted of_whole".split()
BY_KIND = {
    "figure": {"attributes": json_object({name: span.FIGURE[name] for name in OF_FIGURE})},
    "actor": {"attributes": json_object({"entity": quoted_id("m.entity_id")})},
    "event": {"event": quoted_id("m.event_id")},
}
MARKS = " ".join(f"WHEN '{kind}' THEN {json_object(MARK | own)}" for kind, own in BY_KIND.items())


def chosen(fields: dict[str, str], *names: str) -> str:
    return json_object({name: fields[name] for name in names})


EDTF = {"time": f"CASE WHEN m.has_time THEN {chosen(event.TIME_FIELDS, 'edtf')} ELSE 'null' END"}
# Of all events at once: to look for those of each takes twice as long.
ARGUMENTS = f"""SELECT g.event_id, string_agg({event.argument("g", "role.code")}, ', ' ORDER BY g.position) AS items
    FROM annotations_argument g JOIN annotations_role role ON role.id = g.role_id WHERE g.assignment_id = a.id GROUP BY g.event_id"""  # noqa: S608 - of our own words
FILLED = {"arguments": "'[', filled.items, ']'"}
CONTENT = {"content": fragments("m.content", "m.quote")}
SELECTS = {
    "entity": ("entities", f"SELECT {chosen(entity.FIELDS, 'id', 'countries')} AS item {entity.ROWS}"),
    "event": (
        "events",
        f"""SELECT {chosen(event.FIELDS | EDTF | FILLED, "id", "type", "status", "polarity", "attributes", "arguments", "time")} AS item
        {event.ROWS.replace("WHERE", f"LEFT JOIN ({ARGUMENTS}) filled ON filled.event_id = m.id WHERE")}""",
    ),
    "span": ("mentions", f"SELECT CASE m.kind {MARKS} END AS item {span.ROWS}"),
    "citation": ("measure_refs", f"SELECT {chosen(citation.FIELDS, 'id', 'measure', 'paragraph')} AS item {citation.ROWS}"),
    "claim": (
        "attributions",
        f"SELECT {chosen(claim.FIELDS | CONTENT, 'id', 'parent', 'source_entity', 'content')} AS item {claim.ROWS}",
    ),
    "link": ("relations", link.SELECT),
}
OF_CHECKS = {"default_attribution": chosen(NARRATOR, "id", "source_entity")} | {
    name: array(select, kind) for kind, (name, select) in SELECTS.items()
}
NAMING = FROM.format(assignments=ASSIGNMENTS, reached=f"WITH reached(id) AS ({NAMED})")

# Parameters as of `sql.KNOWN`. Rows: document, nothing.
FOR_CHECKS = numbered(f"SELECT {json_object(OF_CHECKS)}, '' {NAMING}", "ids", "schemes")
