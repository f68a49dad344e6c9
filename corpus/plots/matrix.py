"""Shaded tables: how often two values meet, or who acts on whom where a network would be a tangle. The number is in each cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, radians, sin, sqrt
from typing import NamedTuple

from corpus.plots.elements import SvgElement, element, group, link, path, text
from corpus.plots.frame import WIDTH, name, plot, within_limit
from corpus.plots.lettering import BOLD, SMALL, one_line, shortened, width
from corpus.plots.network import Edge, Node

MOST_SIDE, MOST_CELLS = 60, 260
SHADES, LIGHT = 5, 3  # steps, and how many of them have dark digits
ROW, WIDEST, NARROWEST = 24.0, 96.0, 34.0  # pixels: a row, and how wide a column may be
NAMES, HEAD = 240.0, 116.0  # pixels: for the names of rows, and for those of columns, which are slanted
SLANT = 45


@dataclass(frozen=True, slots=True)
class Cell:
    """`label` is read aloud."""

    row: str
    column: str
    count: int
    label: str
    href: str


class Sides(NamedTuple):
    """Rows and columns, the busiest first."""

    rows: list[str]
    columns: list[str]


def matrix(cells: Sequence[Cell], label: str, rows: Sequence[str] = (), columns: Sequence[str] = ()) -> SvgElement:
    """Of many rows and columns the busiest, at most 60 of each, so that the filled cells stay few enough to be links.

    `rows`, `columns`: their order, as of years; what is not among them comes behind, the busiest first.
    """
    cells = [cell for cell in cells if cell.count > 0]
    if not cells:
        return plot(label, 30, text(0, 20, "No counts", "note"))
    order = {value: number for values in (rows, columns) for number, value in enumerate(values)}
    return within_limit(lambda most: draw(cells, label, order, max(1, most)), MOST_CELLS)


def edge_matrix(
    nodes: Sequence[Node], edges: Sequence[Edge], label: str, address: Callable[[str, str], str] | None = None
) -> SvgElement:
    """Who acts on whom: a row for who acts, a column for who is acted on. `address`: where the events between two nodes are listed."""
    names = {node.id: node.name for node in nodes}
    shared = {shown for shown, count in Counter(names.values()).items() if count > 1}
    between: defaultdict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        between[edge.source, edge.target].append(edge)
    titles = {each: f"{shown} ({each})" if shown in shared else shown for each, shown in names.items()}
    return matrix([pair_cell(titles, pair, several, address) for pair, several in between.items()], label)


def pair_cell(
    titles: dict[str, str], pair: tuple[str, str], edges: list[Edge], address: Callable[[str, str], str] | None
) -> Cell:
    """One edge says itself what it is; of several the kinds are named."""
    count = sum(edge.count for edge in edges)
    if len(edges) == 1:
        return Cell(titles[pair[0]], titles[pair[1]], count, edges[0].label, edges[0].href)
    kinds = ", ".join(f"{edge.kind} {edge.count:,}" for edge in sorted(edges, key=lambda edge: (-edge.count, edge.kind)))
    label = f"{titles[pair[0]]} → {titles[pair[1]]}: {kinds}"
    return Cell(titles[pair[0]], titles[pair[1]], count, label, address(*pair) if address else "")


def busiest(cells: Sequence[Cell]) -> Sides:
    """All rows and columns, by their counts, then by name."""
    rows, columns = Counter[str](), Counter[str]()
    for cell in cells:
        rows[cell.row] += cell.count
        columns[cell.column] += cell.count
    return Sides(sorted(rows, key=lambda row: (-rows[row], row)), sorted(columns, key=lambda column: (-columns[column], column)))


def side(cells: Sequence[Cell], sides: Sides, most: int) -> int:
    """How many rows and columns are drawn, so that there are at most so many cells where they meet."""
    rows, columns = ({value: number for number, value in enumerate(values)} for values in sides)
    needed = sorted(max(rows[cell.row], columns[cell.column]) + 1 for cell in cells)
    longest = max(map(len, sides)) if len(needed) <= most else max(1, needed[most] - 1)
    return min(MOST_SIDE, longest)


def draw(cells: Sequence[Cell], label: str, order: dict[str, int], most: int) -> SvgElement:
    sides = busiest(cells)
    length = side(cells, sides, most)
    corner = set(sides.rows[:length]), set(sides.columns[:length])
    inside = [cell for cell in cells if cell.row in corner[0] and cell.column in corner[1]]
    rows, columns = (sorted(values, key=lambda value: order.get(value, len(order))) for values in busiest(inside))
    step = max(NARROWEST, min(WIDEST, (WIDTH - NAMES - 90) / len(columns)))
    slants = any(width(one_line(column), BOLD) > step - 8 for column in columns)
    top = HEAD if slants else 28.0
    right, bottom = NAMES + step * len(columns), top + ROW * len(rows)
    heads = [column_name(column, NAMES + step * (at + 0.5), top, slants=slants) for at, column in enumerate(columns)]
    lines = [row_name(row, top + ROW * at, right) for at, row in enumerate(rows)]
    at = {row: top + ROW * number for number, row in enumerate(rows)}, {each: NAMES + step * n for n, each in enumerate(columns)}
    greatest = max(cell.count for cell in cells)
    drawn = [draw_cell(cell, at[1][cell.column], at[0][cell.row], step, shade(cell.count, greatest)) for cell in inside]
    missing = {"rows": len(sides.rows) - len(rows), "columns": len(sides.columns) - len(columns)}
    rest = [f"{count:,} more {kind}" for kind, count in missing.items() if count]
    notes = [text(0, bottom + 18, f"and {' and '.join(rest)}", "note")] if rest else []
    return plot(
        label, bottom + 8 + 20 * len(notes), *heads, *lines, *drawn, *notes, right=max(WIDTH, right + (90 if slants else 0))
    )


def shade(count: int, greatest: int) -> int:
    """From 1 to SHADES, by the square root, so that small counts differ too."""
    return max(1, ceil(SHADES * sqrt(count / greatest)))


def column_name(words: str, x: float, top: float, *, slants: bool) -> SvgElement:
    if not slants:
        return text(x, top - 9, one_line(words), "name", "middle")
    shown = text(0, 0, shortened(words, (HEAD - 10) / sin(radians(SLANT)), SMALL), "column")
    return group(element("title", name(words)), shown, transform=f"translate({x + 4:.0f} {top - 7:.0f}) rotate(-{SLANT})")


def row_name(words: str, y: float, right: float) -> SvgElement:
    """With the rule above the row."""
    rule = element("path", class_="rule", d=path("M", 0, y, "H", right))
    return group(element("title", name(words)), rule, text(0, y + ROW / 2 + 4, shortened(words, NAMES - 12, BOLD), "name"))


def draw_cell(cell: Cell, x: float, y: float, breadth: float, shade: int) -> SvgElement:
    tile = element("rect", class_=f"shade-{shade}", x=x + 1, y=y + 1, width=breadth - 2, height=ROW - 2)
    number = text(
        x + breadth / 2, y + ROW / 2 + 4, few_digits(cell.count), "number" if shade <= LIGHT else "number-inverse", "middle"
    )
    return link(cell.href, name(cell.label), tile, number)


def few_digits(count: int) -> str:
    """Four signs at the most: 9999, 12k, 3M."""
    for size, letter in ((10**9, "G"), (10**6, "M"), (10**4, "k")):
        if count >= size:
            return f"{count // (1000 if letter == 'k' else size)}{letter}"
    return str(count)
