"""The colour of a label in both themes: made from the one that a person chose, so that words and lines keep their contrast (WCAG 2.2, AA)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from annotations.scheme.check import CONTRAST, LINE_CONTRAST, contrast

Json = dict[str, Any]
PAGES = {"light": {"page": "#FFFFFF", "body_text": "#1A222C"}, "dark": {"page": "#1A1F26", "body_text": "#E7EBF0"}}
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
# How much of the colour the tint behind the words has; less, until they can be read on it.
TINT = {"light": 30, "dark": 35}
# Lines of a layer, as `marks.css` draws them: continuous, dotted, dashed.
LINES = {
    "actor": "linear-gradient({0}, {0})",
    "figure": "repeating-linear-gradient(90deg, {0} 0 3px, transparent 3px 6px)",
    "event": "repeating-linear-gradient(90deg, {0} 0 9px, transparent 9px 12px)",
}
LANES = 4


def label_colour(chosen: str) -> Json:
    """`color` of a label. `chosen` is written like #1A7191."""
    return {"chosen": chosen.upper()} | {mode: in_mode(chosen, mode) for mode in PAGES}


def in_mode(chosen: str, mode: str) -> dict[str, str]:
    page, text = PAGES[mode]["page"], PAGES[mode]["body_text"]
    line = next(each for share in range(101) if ratio(each := mixed(text, chosen, share), page) >= LINE_CONTRAST)
    tint = next(each for share in range(TINT[mode], -1, -1) if ratio(text, each := mixed(chosen, page, share)) >= CONTRAST)
    return {"ink": text, "background": tint, "line": line}


def mixed(front: str, back: str, share: int) -> str:
    """`share` percent of `front`, the rest `back`."""
    pairs = ((int(front[i : i + 2], 16), int(back[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round((one * share + other * (100 - share)) / 100):02X}" for one, other in pairs)


def ratio(front: str, back: str) -> float:
    return contrast(front, back) or 0.0


def corrections(color: Mapping[str, Any]) -> list[str]:
    """Where the line of a label has not the chosen colour, and why."""
    chosen = color.get("chosen")
    ways = {"light": "darker", "dark": "lighter"}
    return [
        f"On the {mode} page {chosen} has a contrast of {ratio(chosen, PAGES[mode]['page']):.1f} : 1, below {LINE_CONTRAST:g} : 1;"
        f" the line is {way} there: {color[mode]['line']}"
        for mode, way in ways.items()
        if chosen and color[mode]["line"] != chosen
    ]


def step_of(label: Mapping[str, Any], position: int) -> str | int:
    """The shade of the label: its code where it has a colour of its own, else one of four in turn."""
    return str(label["code"]) if has_own(label) else position % LANES


def has_own(label: Mapping[str, Any]) -> bool:
    color = label.get("color") or {}
    shades = [color.get("chosen"), *(color.get(mode, {}).get(part) for mode in PAGES for part in ("line", "background"))]
    return all(isinstance(shade, str) and COLOUR.fullmatch(shade) for shade in shades) and bool(CODE.fullmatch(label["code"]))


def style_sheet(layers: Any) -> str:
    """Rules for the labels that have colours of their own; empty where none has. Content-Security-Policy forbids colours in the page itself."""
    own = [(form_of(layer), label) for layer in layers for label in layer["labels"] if has_own(label)]
    if not own:
        return ""
    shades = [(form, label["code"], *(pair(label["color"], part) for part in ("line", "background"))) for form, label in own]
    forced = [(form, label["code"], "CanvasText", "Canvas") for form, label in own]
    return rules(shades) + f"@media (forced-colors: active) {{\n{rules(forced)}}}\n"


def form_of(layer: Mapping[str, Any]) -> str:
    return str(layer["kind"] if layer.get("kind") in LINES else layer["code"].lower())


def pair(color: Mapping[str, Any], part: str) -> str:
    return f"light-dark({color['light'][part]}, {color['dark'][part]})"


def rules(shades: list[tuple[str, str, str, str]]) -> str:
    lines = []
    for form, code, line, tint in shades:
        lines.append(f'.tag[data-form="{form}"][data-step="{code}"] {{ --mark: {line}; --wash: {tint}; }}')
        lines.append(f".tint-{form}{code} {{ --tint: linear-gradient({tint}, {tint}); }}")
        drawn = LINES[form].format(line)
        lines += [f".lane{lane}-{form}{code} {{ --lane{lane}: {drawn}; }}" for lane in range(LANES)]
    return "\n".join(lines) + "\n"
