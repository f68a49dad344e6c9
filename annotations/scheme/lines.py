"""A scheme file that somebody sends: read, and each problem with the line of the file that it is about."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from annotations.scheme.check import problems
from annotations.scheme.colours import CODE

Json = dict[str, Any]
LONGEST_FILE = 2_000_000
DECODER = json.JSONDecoder()
BLANK = re.compile(r"[ \t\n\r]*")
SCALAR = re.compile(r"[^\s,\]}]+")
# What a column of a label or a layer holds.
LONGEST = {"code": 40, "name": 100, "badge": 6, "key": 1}
SCHEME_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
VERSION = re.compile(r"[0-9A-Za-z.+\-]{1,30}")


class SchemeFileError(ValueError):
    """A file that is no scheme; `problems` are lines that name line, place and rule."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


def read_scheme(data: bytes) -> Json:
    """Raises SchemeFileError."""
    if len(data) > LONGEST_FILE:
        raise SchemeFileError([f"The file has more than {LONGEST_FILE:,} bytes."])
    try:
        text = data.decode("utf-8-sig")
        body = json.loads(text)
    except UnicodeDecodeError as error:
        raise SchemeFileError([f"The file is not UTF-8 text (byte {error.start})."]) from error
    except json.JSONDecodeError as error:
        raise SchemeFileError([f"Line {error.lineno}: not JSON: {error.msg}."]) from error
    except RecursionError as error:
        raise SchemeFileError(["The file is nested too deeply."]) from error
    if not isinstance(body, dict) or not str(body.get("format", "")).startswith("sanctions-annot"):
        raise SchemeFileError(["Line 1: not an annotation scheme: `format` should be sanctions-annotation-scheme/1."])
    if wrong := problems(body) or list(unfit(body)):
        known = lines_of(text)
        raise SchemeFileError([f"Line {line_of(problem, known)}: {problem}." for problem in wrong])
    return body


def unfit(body: Json) -> Iterator[str]:
    """What the shape allows and the database does not hold."""
    head = body["scheme"]
    if not SCHEME_CODE.fullmatch(head["code"]):
        yield "scheme.code: should have only small letters, digits and hyphens"
    if not VERSION.fullmatch(head["version"]):
        yield "scheme.version: should be a version such as 1.0.0"
    for layer in body["layers"]:
        yield from too_long(f"layers.{layer['code']}", layer)
        for label in layer["labels"]:
            location = f"layers.{layer['code']}.labels.{label['code']}"
            if not CODE.fullmatch(label["code"]):
                yield f"{location}.code: should have only letters, digits and underscores, a letter first"
            yield from too_long(location, label)
            for field in ("examples", "not_examples", "trigger_examples"):
                entries = label.get(field) or []
                if not isinstance(entries, list) or not all(isinstance(each, str) and len(each) <= 300 for each in entries):
                    yield f"{location}.{field}: should be a list of strings of at most 300 characters"


def too_long(location: str, entry: Json) -> Iterator[str]:
    for field, most in LONGEST.items():
        if len(entry.get(field) or "") > most:
            yield f"{location}.{field}: has more than {most} characters"


# Lines


def line_of(problem: str, known: dict[str, int]) -> int:
    """The line of the longest beginning of its place that the file has."""
    path = problem.partition(":")[0]
    while path and path not in known:
        path = path.rpartition(".")[0]
    return known.get(path, 1)


def lines_of(text: str) -> dict[str, int]:
    """Line of each place of a file, which is JSON: entries of a list by their code, or by their number."""
    breaks = [match.end() for match in re.finditer("\n", text)]
    lines: dict[str, int] = {}
    tree, _ = node_at(text, 0)
    name_nodes(tree, "", lines, breaks)
    return lines


def node_at(text: str, start: int) -> tuple[tuple[int, Any], int]:
    """(where it begins, content) and where it ends."""
    start = after_blank(text, start)
    if text[start] == '"':
        value, end = DECODER.raw_decode(text, start)
        return (start, value), end
    if text[start] not in "{[":
        match = SCALAR.match(text, start)
        return (start, None), match.end() if match else start + 1
    is_object, entries, here = text[start] == "{", [], after_blank(text, start + 1)
    while text[here] not in "}]":
        begins, key = here, ""
        if is_object:
            key, here = DECODER.raw_decode(text, here)
            here = after_blank(text, here) + 1  # the colon
        (at, content), here = node_at(text, here)
        entries.append((key, begins if is_object else at, content))
        here = after_blank(text, here)
        if text[here] == ",":
            here = after_blank(text, here + 1)
    return (start, entries), here + 1


def after_blank(text: str, start: int) -> int:
    match = BLANK.match(text, start)
    return match.end() if match else start


def name_nodes(node: tuple[int, Any], path: str, lines: dict[str, int], breaks: list[int]) -> None:
    start, content = node
    lines.setdefault(path, bisect_right(breaks, start) + 1)
    if not isinstance(content, list):
        return
    for number, (key, begins, inner) in enumerate(content):
        code = next((value for name, _, value in inner if name == "code"), None) if isinstance(inner, list) else None
        name = key or (code if isinstance(code, str) else str(number))
        name_nodes((begins, inner), f"{path}.{name}" if path else name, lines, breaks)
