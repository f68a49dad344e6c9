"""A plot as a file of its own: attributes in place of classes, since a file brings no style sheet along.

The looks are those of `static/css/plots.css` in the light theme. A test reads the style sheet and holds one against the other.
"""

from __future__ import annotations

from corpus.plots.elements import Attributes, SvgElement, element, markup

FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Liberation Sans', sans-serif"
SURFACE, TEXT, MUTED, LINE, STRONG = "#ffffff", "#1a222c", "#535f6d", "#dce1e7", "#788493"
BLUE, GREEN, AMBER, RED = "#1c5487", "#1b6440", "#7a5000", "#a5241c"
SHADES = ("#e7f0f8", "#c3d9ec", "#94bbdd", "#2f6fa8", "#153f66")
KINDS = ((BLUE, ""), (AMBER, "7 3"), (GREEN, "2 3"), (RED, "9 3 2 3"), (MUTED, ""))


def words(size: int, fill: str = TEXT, *, weight: str = "", has_halo: bool = False) -> Attributes:
    look = {"fill": fill, "font-size": str(size)} | ({"font-weight": weight} if weight else {})
    halo = {"paint-order": "stroke", "stroke": SURFACE, "stroke-width": "4", "stroke-linejoin": "round"}
    return look | halo if has_halo else look


def shape(fill: str, stroke: str = "", width: str = "1.75", dashes: str = "") -> Attributes:
    look = {"fill": fill} if fill else {}
    look |= {"stroke": stroke, "stroke-width": width} if stroke else {}
    return look | ({"stroke-dasharray": dashes} if dashes else {})


LOOKS: dict[str, Attributes] = {
    "plot": {"font-family": FONT},
    "wide": {},
    "name": words(13, weight="550"),
    "value": words(13),
    "note": words(12, MUTED),
    "tick": words(12, MUTED),
    "year": words(12, weight="650"),
    "caption": words(12, has_halo=True),
    "column": words(12),
    "number": words(12),
    "number-inverse": words(12, SURFACE),
    "node-name": words(12, has_halo=True),
    "edge-name": words(12, MUTED, has_halo=True),
    "rule": shape("none", LINE, "1"),
    "grid": shape("none", LINE, "1"),
    "zero": shape("none", STRONG, "1"),
    "count": shape(BLUE),
    "happened": shape(BLUE, BLUE, "1"),
    "happened-inferred": shape("", BLUE, "1.25"),
    "expected": shape(SURFACE, BLUE),
    "expected-inferred": shape(SURFACE, BLUE, dashes="3 2"),
    "denied": shape(SURFACE, RED),
    "denied-inferred": shape(SURFACE, RED, dashes="3 2"),
    "general": shape(MUTED, MUTED, "1"),
    "general-inferred": shape("", MUTED, "1.25"),
    "stripe": shape("none", BLUE, "1.5"),
    "ground": shape(SURFACE),
    "exact": shape(BLUE, BLUE, "1"),
    "approximate": shape(SURFACE, BLUE),
    "vague": shape(SURFACE, BLUE, dashes="3 2"),
    "node": shape(TEXT, SURFACE, "1.5"),
    **{f"shade-{number}": shape(fill) for number, fill in enumerate(SHADES, 1)},
    **{
        f"edge-{number}": {"fill": "none", "stroke": ink, **({"stroke-dasharray": dashes} if dashes else {})}
        for number, (ink, dashes) in enumerate(KINDS, 1)
    },
    "dot-1": shape(BLUE, BLUE, "1"),
    "dot-2": shape(SURFACE, AMBER, "1"),
    "dot-3": shape(SURFACE, GREEN, "2.5"),
    **{f"head-{number}": shape(ink) for number, (ink, _) in enumerate(KINDS, 1)},
}
MARGIN = 16  # pixels around the plot
UNSEEN = "reach"  # what only catches the pointer


def as_file(plot: SvgElement, origin: str = "") -> bytes:
    """XML of the plot. Its links lead to `origin`, as https://attest.example.org; without one there are none."""
    root = styled(plot, origin)
    width, height = (int(root.attributes[side]) + 2 * MARGIN for side in ("width", "height"))
    ground = element("rect", x=-MARGIN, y=-MARGIN, width=width, height=height, fill=SURFACE)
    title = element("title", root.attributes["aria-label"])
    measures = {"viewBox": f"{-MARGIN} {-MARGIN} {width} {height}", "width": str(width), "height": str(height)}
    attributes = {"xmlns": "http://www.w3.org/2000/svg"} | root.attributes | measures
    if not origin:
        attributes["role"] = "img"
    written = markup(SvgElement("svg", attributes, (title, ground, *root.children)))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'.encode()


def styled(node: SvgElement, origin: str) -> SvgElement:
    """Classes as attributes; the attributes of the element itself, which are its measures, stay."""
    attributes = {key: value for key, value in node.attributes.items() if not key.startswith("data-")}
    for look in attributes.pop("class", "").split():
        attributes = LOOKS[look] | attributes
    name = node.name
    if "href" in attributes and attributes["href"].startswith("/"):
        if origin:
            attributes["href"] = origin + attributes["href"]
        else:
            del attributes["href"]
    if name == "a" and "href" not in attributes:
        name = "g"
    children = [child if isinstance(child, str) else styled(child, origin) for child in node.children if not is_unseen(child)]
    return SvgElement(name, attributes, tuple(children))


def is_unseen(node: SvgElement | str) -> bool:
    return isinstance(node, SvgElement) and node.attributes.get("class") == UNSEEN
