"""Writes the drawing and the table of rooms in `docs/architecture.md` anew, from the imports and the docstrings of the tree:

    .venv/bin/python docs/pictures/draw_rooms.py

A room that is split into several places of the order (`formats.brat`, `readers.extracted`) is drawn once, where it stands last.
"""

import ast
import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests import architecture  # noqa: E402

PAGE = ROOT / "docs" / "architecture.md"
DRAWING = Path(__file__).with_name("rooms.svg")
TABLE = re.compile(r"(<!-- rooms: .*? -->\n).*?(<!-- end of rooms -->)", re.DOTALL)

ROW, MIDDLE, WIDTH = 24, 400, 800  # pixels
DOORS = "API, admin, pages, commands"
STYLE = """
text { font: 14px system-ui, sans-serif; fill: #222; }
.app { font-weight: 700; }
path { fill: none; stroke: #2a6f97; stroke-opacity: .35; }
circle { fill: #222; }
@media (prefers-color-scheme: dark) {
  text, circle { fill: #ddd; }
  path { stroke: #8ecae6; }
}
"""

Room = tuple[str, str]  # app, name


def room_of(module: str) -> Room | None:
    app, _, rest = module.partition(".")
    name = rest.partition(".")[0]
    if app not in architecture.ROOMS or architecture.room(module) is None:
        return None
    return app, DOORS if name in architecture.DOORS else name


def rooms() -> list[Room]:
    """In their order; the doors of an app are one."""
    names = [(app, held.partition(".")[0]) for app, row in architecture.ROOMS.items() for held in row]
    shown = [(app, DOORS if name in architecture.DOORS else name) for app, name in names]
    return [room for number, room in enumerate(shown) if room not in shown[number + 1 :]]


def arrows() -> Counter[tuple[Room, Room]]:
    """How many imports lead from one room to another."""
    counted: Counter[tuple[Room, Room]] = Counter()
    for module, _, target in architecture.all_imports(ROOT):
        importer, imported = room_of(module), room_of(target)
        if importer and imported and importer != imported:
            counted[importer, imported] += 1
    return counted


def heights() -> dict[Room, int]:
    """The middle of each row; an app begins with a heading of its own."""
    places: dict[Room, int] = {}
    y, app = -ROW, ""
    for room in rooms():
        y += 3 * ROW if room[0] != app else ROW
        app = room[0]
        places[room] = y
    return places


def arc(start: int, end: int, *, inside: bool, weight: int) -> str:
    """Right of the names inside an app, left of them between apps."""
    x, way = (MIDDLE + 115, 1) if inside else (MIDDLE - 120, -1)
    reach = x + way * min(280, 20 + abs(end - start) * 0.45)
    return f'<path d="M{x} {start} C{reach:.0f} {start} {reach:.0f} {end} {x} {end}" stroke-width="{min(6, 0.8 + weight**0.5 / 2):.1f}"/>'


def drawing() -> str:
    at = heights()
    arcs = [
        arc(at[one], at[other], inside=one[0] == other[0], weight=weight)
        for (one, other), weight in sorted(arrows().items())
        if one in at and other in at
    ]
    names = [
        f'<circle cx="{MIDDLE - 110}" cy="{y}" r="2"/><text x="{MIDDLE - 100}" y="{y + 5}">{name}</text>'
        for (_, name), y in at.items()
    ]
    apps = {app: min(y for (owner, _), y in at.items() if owner == app) - ROW for app in architecture.ROOMS}
    names += [f'<text class="app" x="{MIDDLE - 100}" y="{y + 5}">{app}</text>' for app, y in apps.items()]
    size = f'width="{WIDTH}" height="{max(at.values()) + ROW}" viewBox="0 0 {WIDTH} {max(at.values()) + ROW}"'
    body = "\n".join([*arcs, *names])
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><title>Rooms and imports</title><style>{STYLE}</style>\n{body}\n</svg>\n'


def sentence(room: Room) -> str:
    """The first sentence of the room's docstring."""
    path = ROOT / room[0] / room[1]
    text = (
        ast.get_docstring(ast.parse((path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8")))
        or ""
    )
    return re.split(r"(?<=\.)\s", " ".join(text.split("\n\n")[0].split()))[0]


def table() -> str:
    lines = []
    for app in architecture.ROOMS:
        named = [name for owner, name in rooms() if owner == app and name != DOORS]
        lines += [f"\n**{app}**\n\n| room | what it holds |\n|---|---|"]
        lines += [f"| `{name}` | {sentence((app, name))} |" for name in named]
    return "\n".join(lines) + "\n\n"


def page(text: str) -> str:
    return TABLE.sub(lambda match: match[1] + table() + match[2], text)


if __name__ == "__main__":
    DRAWING.write_text(drawing(), "utf-8")
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
