"""Names of attributes as names of features, which may hold only letters of ASCII, digits and `_`. Pure.

currency → currency      entity.name → entity__name      Währung → W_xE4_hrung      label → x_label
"""

from __future__ import annotations

import re

# Features that every type of ours has, and names that a CAS keeps for itself.
TAKEN = {"identifier", "label", "fragments", "trigger", "triggers", "arguments", "sofa", "begin", "end", "self", "type", "text", "target", "role",
         "title", "key", "annotator", "Governor", "Dependent", "xmiID", ""}  # fmt: skip
BEFORE = "x_"  # a name that begins with _ cannot be given to the library
UNSAYABLE = re.compile(r"[^A-Za-z0-9_]|_(?![A-Za-wyz0-9])")
WRITTEN = re.compile(r"__|_x([0-9A-F]+)_")


def feature(name: str) -> str:
    written = UNSAYABLE.sub(lambda match: "__" if match[0] == "." else f"_x{ord(match[0]):X}_", name)
    clash = name in TAKEN or written[:1].isdigit() or written.startswith(("_", BEFORE))
    return BEFORE + written if clash else written


def attribute(feature: str) -> str:
    return WRITTEN.sub(lambda match: chr(int(match[1], 16)) if match[1] else ".", feature.removeprefix(BEFORE))
