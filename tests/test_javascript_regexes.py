"""No regular expression of the annotator hangs a page: each is run by Node on texts that are made from itself."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator

from config.environment import ROOT
from tests.regexes import ENDS, texts_of
from tests.test_javascript import node

CHARACTERS = 1_000  # more than the sentence that they read
MOST_MILLISECONDS = 200  # a quadratic one takes 30, a cubic one seconds, an exponential one for ever
LITERAL = re.compile(
    r"(?:(?<=[=(,:\[!&|?;{}])|(?<=return)|^)\s*+/(?![*/])((?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*+\])++)/([dgimsuvy]*+)",
    re.MULTILINE,
)
PROPERTY = re.compile(r"\\p\{(\w+)[^}]*\}")
CLASSES = {"L": "a-zé한", "Lu": "A-Z", "Lt": "A-Z", "Ll": "a-z", "N": "0-9", "P": ".,;", "S": "$+", "M": "\u0301"}
PROGRAM = """
const slow = [];
for (const { source, flags, texts } of JSON.parse(require("node:fs").readFileSync(0, "utf8"))) {
  const pattern = new RegExp(source, flags.replace("g", "") + "g");
  for (const text of texts) {
    const began = process.cpuUsage();
    text.replace(pattern, "");
    const { user } = process.cpuUsage(began);
    if (user < 1000 * LIMIT) continue;
    slow.push([source, text.slice(0, 60), Math.round(user / 1000)]);
    break;
  }
}
console.log(JSON.stringify(slow));
"""


def literals() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "static").rglob("*.js")):
        for match in LITERAL.finditer(path.read_text("utf-8")):
            yield match[1], match[2]


def hostile(source: str) -> list[str]:
    texts = texts_of(re.compile(in_python(source)))
    return [
        head + unit * (length // len(unit)) + end
        for head in texts.heads
        for unit in texts.units
        for end in ENDS
        for length in (23, CHARACTERS)
    ]


def in_python(source: str) -> str:
    """The same pattern with Python's names of groups, and a few characters for each property of Unicode."""
    inside = re.sub(r"\[(?:[^\]\\]|\\.)*+\]", lambda match: PROPERTY.sub(characters, match[0]), source)
    outside = PROPERTY.sub(lambda match: f"[{characters(match)}]", inside)
    return re.sub(
        r"\\u\{?([0-9A-Fa-f]+)\}?", lambda match: re.escape(chr(int(match[1], 16))), outside.replace("(?<name>", "(?P<name>")
    )


def characters(match: re.Match[str]) -> str:
    return CLASSES.get(match[1], "한")


def slow_patterns(patterns: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> list[list[object]]:
    asked = [{"source": source, "flags": flags, "texts": hostile(source)} for source, flags in dict.fromkeys(patterns)]
    program = PROGRAM.replace("LIMIT", str(MOST_MILLISECONDS))
    output = subprocess.run(
        [node(), "-e", program], input=json.dumps(asked), capture_output=True, text=True, timeout=120, check=True
    )
    return json.loads(output.stdout)  # type: ignore[no-any-return]


def test_no_pattern_of_the_annotator_hangs() -> None:
    patterns = list(literals())
    assert len(patterns) > 100
    assert slow_patterns(patterns) == []


def test_a_pattern_that_hangs_is_seen() -> None:
    slow = slow_patterns([(r"^(?:a?){23}a{23}$", ""), (r"\s*,\s*,\s*x", "u"), (r"\p{L}+", "u")])
    assert slow[0][0] == r"^(?:a?){23}a{23}$"
    assert r"\p{L}+" not in {source for source, *_ in slow}
