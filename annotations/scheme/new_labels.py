"""A label from its name: the code, which stays whatever the name becomes, the badge and the key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from string import ascii_lowercase, digits
from typing import Any

Json = dict[str, Any]
LONGEST = 40


def code_of(name: str, taken: Iterable[str], fallback: str) -> str:
    """PORT_CALL of “Port call”; `fallback` with a number for a name without Latin letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_").upper()
    base = words if words[:1].isalpha() else fallback
    known = set(taken)
    candidates = [base[:LONGEST], *(f"{base[: LONGEST - 4]}_{n}" for n in range(2, 1000))]
    return next(each for each in candidates if each not in known)


def badge_of(name: str, taken: Iterable[str]) -> str:
    letters = [letter for letter in name.upper() if letter.isalnum()] or ["?"]
    known = set(taken)
    options = ["".join(letters[:3]), *("".join([*letters[:2], letter]) for letter in letters[3:])]
    return next((each for each in options if each not in known), options[0])


def key_of(name: str, taken: Iterable[str]) -> str:
    """The first letter that is free, of the name or else of the alphabet; empty where none is."""
    known = set(taken)
    letters = [letter for letter in name.lower() if letter in ascii_lowercase]
    return next((each for each in (*letters, *ascii_lowercase, *digits) if each not in known), "")


def new_label(body: Mapping[str, Any], layer: Mapping[str, Any], name: str, kind: str, like: str = "") -> Json:
    """`like`: of a figure, the label whose attributes it has."""
    labels = layer["labels"]
    taken = [label["code"] for each in (*body["layers"], *body["overlays"]) for label in each.get("labels", ())]
    label: Json = {
        "code": code_of(name, taken, layer["code"]),
        "name": name,
        "badge": badge_of(name, [each["badge"] for each in labels]),
        "key": key_of(name, [each["key"] for each in labels]),
        "order": max((each.get("order", 0) for each in labels), default=0) + 1,
        "definition": "",
    }
    if kind == "figure":
        models = [each for each in labels if each["code"] == like] or labels[:1]
        label["attributes"] = [code for each in models for code in each.get("attributes", [])]
    if kind == "event":
        label["roles"] = []
    return label
