"""Which codes of its scheme a set of readings uses, and how often: counted by the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from annotations.documents.related_entities import symmetric
from annotations.mapping.rows import CITATION, CLAIM, ENTITY, KINDS, Code, CodeMapping, is_known, is_settled
from annotations.models import Assignment, Citation, Claim, Event, Figure, Scheme, Span
from annotations.models.assignment import READING
from annotations.scheme.view import SchemeView
from annotations.schemes.stored import compiled

PARTS = {"per_count_n": "per_count", "counted_span_id": "counted", "counted_entity_id": "counted"} | {
    "of_whole_span_id": "of_whole",
    "of_whole_entity_id": "of_whole",
}
COUNTS = "count(*), count(DISTINCT m.assignment_id)"
OWN = "m.assignment_id = ANY(%(ids)s)"
LABEL = "JOIN annotations_label l ON l.id = {key} JOIN annotations_layer y ON y.id = l.layer_id"
OF_MARK, OF_EVENT = LABEL.format(key="m.label_id"), LABEL.format(key="e.label_id")
# The label of an end of a link: of a mark or of an event.
END = """coalesce((SELECT s.label_id FROM annotations_span s WHERE s.id = m.{0}_span_id),
    (SELECT e.label_id FROM annotations_event e WHERE e.id = m.{0}_event_id))"""
# Of a value only what can be a choice: a short word.
VALUE = "CASE WHEN v.key = ANY(%(enums)s) THEN left(v.value, 40) END"
# Counted within each reading first: to sort all values by their readings would take longer than all else.
VALUES = f"""SELECT {{head}}, m.key, m.value, sum(m.number)::bigint, count(*) FROM (
    SELECT m.assignment_id, {{label}} AS label_id, v.key, {VALUE} AS value, count(*) AS number
    FROM {{table}}, LATERAL ({{values}}) v(key, value) WHERE {OWN} AND v.value <> '' AND v.key = ANY(%(known)s) GROUP BY 1, 2, 3, 4
) m {{labels}} GROUP BY 1, 2, 3, 4"""  # noqa: S608 - of our own words
STATEMENTS = {
    "marks": f"SELECT y.code, l.code, {COUNTS} FROM annotations_span m {OF_MARK} WHERE {OWN} GROUP BY 1, 2",  # noqa: S608 - of our own words
    "events": f"SELECT y.code, l.code, {COUNTS} FROM annotations_event m {OF_MARK} WHERE {OWN} GROUP BY 1, 2",  # noqa: S608 - of our own words
    # Arguments that a mark of the label fills: they go with it.
    "filled": f"""SELECT y.code, l.code, {COUNTS} FROM annotations_argument m JOIN annotations_span e ON e.id = m.span_id {OF_EVENT}
        WHERE {OWN} GROUP BY 1, 2""",  # noqa: S608 - of our own words
    "arguments": f"""SELECT y.code, l.code, r.code, {COUNTS} FROM annotations_argument m JOIN annotations_event e ON e.id = m.event_id
        {OF_EVENT} JOIN annotations_role r ON r.id = m.role_id WHERE {OWN} GROUP BY 1, 2, 3""",  # noqa: S608 - of our own words
    "links": f"""SELECT y.code, z.code, m.type, {COUNTS} FROM annotations_link m
        JOIN annotations_label l ON l.id = {END.format("source")} JOIN annotations_layer y ON y.id = l.layer_id
        JOIN annotations_label k ON k.id = {END.format("target")} JOIN annotations_layer z ON z.id = k.layer_id
        WHERE {OWN} GROUP BY 1, 2, 3 UNION ALL SELECT '{CLAIM}', '{CLAIM}', m.type, {COUNTS} FROM annotations_link m
        WHERE {OWN} AND m.source_claim_id IS NOT NULL GROUP BY 3""",  # noqa: S608 - of our own words
}
# Pairs of a relation and a reading that reaches it: through an entity that it means, or its outlet, and from there over further relations.
REACHED_RELATIONS = """WITH RECURSIVE readings AS (
    SELECT a.id, d.corpus_id, x.outlet_id FROM annotations_assignment a
    JOIN corpus_document d ON d.id = a.document_id JOIN corpus_article x ON x.id = d.article_id WHERE a.id = ANY(%(ids)s)
), own AS (
    SELECT id, source_id, target_id, type FROM registry_relation WHERE corpus_id IN (SELECT corpus_id FROM readings)
), way(came, went) AS (
    SELECT source_id, target_id FROM own UNION SELECT target_id, source_id FROM own WHERE type = ANY(%(symmetric)s)
), meant(id, entity) AS (
    SELECT m.assignment_id, m.entity_id FROM annotations_span m WHERE {own}
    UNION SELECT m.assignment_id, m.counted_entity_id FROM annotations_figure m WHERE {own}
    UNION SELECT m.assignment_id, m.of_whole_entity_id FROM annotations_figure m WHERE {own}
    UNION SELECT m.assignment_id, m.entity_id FROM annotations_argument m WHERE {own}
    UNION SELECT m.assignment_id, m.source_entity_id FROM annotations_claim m WHERE {own}
    UNION SELECT r.id, e.id FROM readings r JOIN registry_entity e ON e.corpus_id = r.corpus_id AND e.outlet_id = r.outlet_id
), reached(begun, id) AS (
    SELECT came, came FROM way UNION SELECT reached.begun, way.went FROM reached JOIN way ON way.came = reached.id
) SELECT {what} FROM own o JOIN reached ON reached.id = o.source_id JOIN meant ON meant.entity = reached.begun"""
RELATIONS = REACHED_RELATIONS.format(own=OWN, what="o.type, count(DISTINCT o.id), count(DISTINCT meant.id)") + " GROUP BY 1"
SHARED_RELATIONS = REACHED_RELATIONS.format(own=OWN, what="DISTINCT o.id") + " WHERE o.id = ANY(%(relations)s::uuid[])"
# Of which table values are, the label of a row or their layer, and the column with those that have no column of their own.
VALUED: list[tuple[type[Model], str, str, str]] = [
    (Event, "annotations_event m", "m.label_id", "m.attributes"),
    (Span, "annotations_span m", "m.label_id", "m.extra"),
    (Figure, "annotations_figure m JOIN annotations_span s ON s.id = m.span_id", "s.label_id", ""),
    (Claim, "annotations_claim m", f"'{CLAIM}'", ""),
    (Citation, "annotations_citation m", f"'{CITATION}'", ""),
]
EACH_TEXT = "SELECT * FROM jsonb_each_text({})"


def value_statements(known: Collection[str]) -> Iterator[str]:
    """`known`: codes of attributes, whose columns are read, since to make JSON of whole rows takes much longer."""
    for model, table, label, rest in VALUED:
        values = [EACH_TEXT.format(rest)] if rest else []
        if columns := sorted(str(each.column) for each in model._meta.concrete_fields if each.column in known):
            keys, texts = (", ".join(form.format(each) for each in columns) for form in ("'{}'", "m.{}::text"))
            values.append(f"SELECT unnest(ARRAY[{keys}]), unnest(ARRAY[{texts}])")
        if values:
            head, labels = ("y.code, l.code", OF_MARK) if label.endswith("label_id") else ("m.label_id, ''", "")
            yield VALUES.format(head=head, label=label, table=table, values=" UNION ALL ".join(values), labels=labels)


@dataclass
class Use:
    """How often a code is used. `values`: of an attribute or choice; `links`, `relations`: of a type of them, each counted once."""

    marks: int = 0
    events: int = 0
    arguments: int = 0
    values: int = 0
    links: int = 0
    relations: int = 0
    readings: int = 0

    def as_dict(self) -> dict[str, int]:
        return dict(vars(self))


class Uses:
    """Codes of `scheme` that these readings, which have it, use."""

    def __init__(self, assignments: QuerySet[Assignment], scheme: Scheme) -> None:
        self.view: SchemeView = compiled(scheme).view
        self.by_code: dict[Code, Use] = {}
        ids = list(assignments.order_by().values_list("pk", flat=True))
        self.readings = len(ids)
        with connection.cursor() as cursor:
            for name, statement in STATEMENTS.items():
                cursor.execute(statement, {"ids": ids})
                for row in cursor.fetchall():
                    self.count(name, row)
            cursor.execute(RELATIONS, {"ids": ids, "symmetric": symmetric(self.view)})
            for code, number, readings in cursor.fetchall():
                self.by_code[Code("relation", ENTITY, "", "", code)] = Use(relations=number, readings=readings)
            known, enums = attribute_codes(self.view)
            codes = [*known, *PARTS]
            for statement in value_statements(codes):
                cursor.execute(statement, {"ids": ids, "known": codes, "enums": enums})
                for row in cursor.fetchall():
                    self.count_value(*row)

    def use(self, *code: str) -> Use:
        return self.by_code.setdefault(Code(*code), Use())

    def count(self, name: str, row: Any) -> None:
        *codes, number, readings = row
        layer, label = codes[:2]
        if name == "links":
            use = self.use("link", layer, "", label, codes[2])
        else:
            use = self.use("role", layer, label, "", codes[2]) if name == "arguments" else self.use("label", layer, "", "", label)
        part = "arguments" if name == "filled" else name
        setattr(use, part, getattr(use, part) + number)
        if name != "filled":
            use.readings = max(use.readings, readings)

    def count_value(self, layer: str, label: str, key: str, value: str | None, number: int, readings: int) -> None:
        key = PARTS.get(key, key)
        attribute = Code("attribute", layer, label, "", key)
        if not is_known(attribute, self.view):
            return  # a column of the same name, of another kind of object
        use = self.use(*attribute)
        use.values, use.readings = use.values + number, max(use.readings, readings)
        choice = Code("choice", layer, label, key, value or "")
        if value and is_known(choice, self.view):
            use = self.use(*choice)
            use.values, use.readings = use.values + number, max(use.readings, readings)

    def missing(self, mapping: CodeMapping, target: SchemeView) -> dict[Code, Use]:
        """Codes in use for which the new version has none, and that the mapping does not settle; as the scheme has them."""
        rows = {code: use for code, use in self.by_code.items() if not is_settled(code, mapping, target)}
        # Parts of a label come when it has a code, since that says which ones they can become; so do choices of an attribute.
        rows = {code: use for code, use in rows.items() if not rows.keys() & set(owners(code))}
        return dict(sorted(rows.items(), key=lambda row: (KINDS.index(row[0].kind), row[0])))

    def of_row(self, key: Code) -> Use:
        return self.by_code.get(key, Use())


def reached_of(relations: Iterable[Any], ids: list[Any], scheme: Scheme) -> set[UUID]:
    """Those of the relations that readings of these ids reach, under a version of their scheme."""
    values = {"ids": ids, "relations": list(relations), "symmetric": symmetric(compiled(scheme).view)}
    with connection.cursor() as cursor:
        cursor.execute(SHARED_RELATIONS, values)
        return {pk for (pk,) in cursor.fetchall()}


def owners(code: Code) -> list[Code]:
    """The label of a part, and the attribute of a choice."""
    of_choice = [Code("attribute", code.layer, code.label, "", code.attribute)] if code.kind == "choice" else []
    return [*of_choice, *([Code("label", code.layer, "", "", code.label)] if code.label else [])]


def attribute_codes(view: SchemeView) -> tuple[list[str], list[str]]:
    """Codes of all attributes, and of those that have choices."""
    entries = [entry for layer in view.layers for entry in view.of_layer(layer["code"]).values()]
    entries += [
        entry
        for layer in view.layers
        for label in view.labels(layer["code"])
        for entry in label.get("attributes", [])
        if isinstance(entry, dict)
    ]
    entries += [entry for code in (CLAIM, CITATION) for entry in view.overlay(code)["attributes"]]
    return [entry["code"] for entry in entries], [entry["code"] for entry in entries if entry.get("choices")]


def in_scope(rows: Any, scope: str) -> Any:
    """Assignments of `rows` to which a scheme change of this scope applies."""
    if scope == "open":
        return rows.filter(role__in=READING).exclude(status=Assignment.Status.SUBMITTED)
    if scope == "gold":
        return rows.exclude(role__in=READING, status=Assignment.Status.SUBMITTED)
    return rows
