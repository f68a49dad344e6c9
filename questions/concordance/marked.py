"""Which marks answer: those that `whose` chooses, and of these the ones that are what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from annotations.models import Label
from questions.address.question import AddressError
from questions.asking.asker import Asker, NotThere
from questions.asking.condition import Condition, both
from questions.asking.known_codes import check_attribute, refuse_unknown
from questions.asking.whose import visible
from questions.index.entries_sql import BEST_FIRST, IS_EVIDENCE, LIVE
from questions.wording.code_names import CodeNames
from registry.models import Entity

BEST = f"""SELECT b.id FROM annotations_assignment b JOIN corpus_document t ON t.id = b.document_id
    WHERE t.article_id = d.article_id AND {IS_EVIDENCE} AND {{role}} ORDER BY {BEST_FIRST} LIMIT 1"""  # noqa: S608 - of our own words
# Marks `s` with what their conditions read; what no condition reads, PostgreSQL does not work out.
MARKS = f"""annotations_assignment a JOIN corpus_document d ON d.id = a.document_id JOIN annotations_span s ON s.assignment_id = a.id
        AND {LIVE.format(a="a")}
    JOIN annotations_label l ON l.id = s.label_id LEFT JOIN annotations_event v ON v.id = s.event_id
    CROSS JOIN LATERAL (SELECT a.id AS assignment_id, a.id = ({BEST.format(role="true")}) AS is_best,
        a.id = ({BEST.format(role="b.role = 'adjudication'")}) AS is_best_gold) r"""
# A claim reports a mark that is inside its words, every fragment in one of its own.
REPORTS = """c.assignment_id = s.assignment_id AND NOT EXISTS (SELECT FROM generate_subscripts(s.fragments, 1) i
    WHERE NOT EXISTS (SELECT FROM generate_subscripts(c.content, 1) j
        WHERE c.content[j][1] <= s.fragments[i][1] AND s.fragments[i][2] <= c.content[j][2]))"""
# The outlet reports what no claim does.
REPORTED = f"""EXISTS (SELECT FROM annotations_claim c WHERE c.source_entity_id = %({{name}})s::uuid AND {REPORTS})
    OR NOT EXISTS (SELECT FROM annotations_claim c WHERE {REPORTS}) AND EXISTS (SELECT FROM registry_entity n
        JOIN corpus_article o ON o.outlet_id = n.outlet_id WHERE n.id = %({{name}})s::uuid AND o.id = d.article_id)"""  # noqa: S608
HAS = "{column} ->> %({name}_of)s = %({name})s OR {column} -> %({name}_of)s ? %({name})s"


def chosen_marks(asker: Asker) -> Condition:
    """Marks that the asker may see, of the annotators that are asked for."""
    seen = both(visible(asker))
    return Condition(seen.of("r"), seen.values)


def fitting_marks(asker: Asker, parameter: str) -> Condition:
    """Marks that are all of what a parameter asks, among those that are chosen. Raises AddressError, NotThere."""
    conditions = [chosen_marks(asker)]
    for number, part in enumerate(asker.question[parameter].split(",")):
        kind, _, value = part.partition(":")
        conditions.append(OF[kind](asker, parameter, f"{parameter}{number}", value))
    return both(conditions)


def of_label(asker: Asker, parameter: str, name: str, code: str) -> Condition:
    return labelled(parameter, name, code, {label["code"] for layer in asker.scheme.layers for label in layer["labels"]})


def of_type(asker: Asker, parameter: str, name: str, code: str) -> Condition:
    """Triggers of events of that type."""
    known = {label["code"] for layer in asker.scheme.layers_of("event") for label in layer["labels"]}
    is_so = labelled(parameter, name, code, known)
    return Condition(f"v.id IS NOT NULL AND {is_so.sql}", is_so.values)


def labelled(parameter: str, name: str, code: str, known: set[str]) -> Condition:
    """By the keys of the label in all versions of the scheme."""
    if code not in known:
        raise AddressError(parameter, f"has no “{code}”; use one of {', '.join(sorted(known))}")
    keys = list(Label.objects.filter(code=code).order_by("pk").values_list("pk", flat=True))
    return Condition(f"s.label_id = ANY(%({name})s::bigint[])", {name: keys})


def of_event(column: str) -> Callable[[Asker, str, str, str], Condition]:
    """Triggers of events that have a code in a column."""

    def condition(asker: Asker, parameter: str, name: str, code: str) -> Condition:
        refuse_unknown(parameter, [code], CodeNames(asker.scheme).choices.get(column, {}))
        return Condition(f"v.{column} = %({name})s", {name: code})

    return condition


def of_entity(asker: Asker, parameter: str, name: str, value: str) -> Condition:
    return Condition(f"s.entity_id = %({name})s::uuid", {name: known_entity(asker, parameter, value)})


def of_source(asker: Asker, parameter: str, name: str, value: str) -> Condition:
    return Condition(REPORTED.format(name=name), {name: known_entity(asker, parameter, value)})


def known_entity(asker: Asker, parameter: str, value: str) -> UUID:
    pk: UUID | None = (
        Entity.objects.for_user(asker.user).filter(corpus=asker.corpus, pk=value).values_list("pk", flat=True).first()
    )
    if pk is None:
        raise NotThere(parameter)
    return pk


def of_attribute(asker: Asker, parameter: str, name: str, pair: str) -> Condition:
    """An attribute of the scheme, of the mark or of the event that it triggers: as one value or as one of several."""
    names = CodeNames(asker.scheme)
    check_attribute(parameter, pair, names.of_all_marks | names.own)
    attribute, _, value = pair.partition(":")
    values: dict[str, Any] = {f"{name}_of": attribute, name: value}
    return Condition(" OR ".join(HAS.format(column=column, name=name) for column in ("s.extra", "v.attributes")), values)


OF: dict[str, Callable[[Asker, str, str, str], Condition]] = {
    "label": of_label,
    "type": of_type,
    "status": of_event("status"),
    "polarity": of_event("polarity"),
    "entity": of_entity,
    "source": of_source,
    "attr": of_attribute,
}
