"""Who acts on whom: a network where it can be told apart, else a shaded table."""

from __future__ import annotations

from typing import Any

from corpus.plots.elements import SvgElement
from corpus.plots.matrix import edge_matrix
from corpus.plots.network import Edge, Node, is_drawable, network
from questions.address.question import Question
from questions.drawing.addresses import asked_of, page_of
from questions.drawing.narrowed import EXACT
from questions.wording.code_names import CodeNames

Object = dict[str, Any]


def drawn_network(question: Question, slug: str, rows: list[Object], names: CodeNames) -> SvgElement | None:
    """Each edge leads to its events, each node to those in which it takes part."""
    if not rows:
        return None
    entities = {str(side["entity"]): side["name"] for row in rows for side in (row["actor"], row["acted"])}
    nodes = [Node(pk, name, name, page_of(slug, events(question, entity=pk))) for pk, name in entities.items()]
    edges = [edge(question, slug, row, names) for row in rows]
    label = f"Network of {len(nodes)} actors and {len(edges)} kinds of acts; the table below has the same"
    if is_drawable(nodes, edges):
        return network(nodes, edges, label)
    return edge_matrix(nodes, edges, label, lambda one, other: page_of(slug, events(question, actor=one, acted=other, **EXACT)))


def edge(question: Question, slug: str, row: Object, names: CodeNames) -> Edge:
    kind = kind_words(row["kind"], names)
    label = f"{row['actor']['name']} → {row['acted']['name']}: {kind}, {row['count']:,}"
    return Edge(
        str(row["actor"]["entity"]),
        str(row["acted"]["entity"]),
        kind,
        row["count"],
        label,
        edge_address(question, slug, row, names),
    )


def edge_address(question: Question, slug: str, row: Object, names: CodeNames) -> str:
    """Where the events of an edge are listed."""
    code, _, value = row["kind"].partition(":")
    by = names.scheme.acts.get(code, {}).get("by", "")
    attribute = {"attr": f"{by}:{value}"} if by and value else {}
    sides = {"actor": row["actor"]["entity"], "acted": row["acted"]["entity"], **EXACT}
    return page_of(slug, events(question, type=code, **attribute, **sides))


def events(question: Question, **values: Any) -> Question:
    """The same of the ledger of events: there a status that is not asked for is set apart."""
    open_ones = {name: question[name] for name in ("status", "polarity") if name not in values}
    return asked_of(question, "events", **{**open_ones, **values})


def kind_words(kind: str, names: CodeNames) -> str:
    """ "PAY:levy" by the name of its type and of what tells its kind."""
    code, _, value = kind.partition(":")
    by = names.scheme.acts.get(code, {}).get("by", "")
    own = {choice["code"]: choice["name"] for choice in names.own.get(by, {}).get("choices", [])}
    return ": ".join(filter(None, (names.of("type", code), own.get(value, value))))
