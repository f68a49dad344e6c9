"""The words that people read: none of the dialect of earlier versions, and no relative clause as a heading.

A text is looked for in templates, in scripts and in the string literals of Python. To ban one more phrase, add a line to BETTER.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from config.environment import ROOT

APPS = ("annotations", "config", "corpus", "lake", "questions", "registry")
# Phrases that nobody reads on a screen or in a message, whatever their case, and what to write instead.
BETTER = {
    "a near-copy": "a near-duplicate",
    "any more": "no longer",
    "are taken at most": "the limit is",
    "as at first": "Reset",
    "as far as": "limited to",
    "at once": "immediately, together",
    "bring in": "import",
    "bringing in": "importing",
    "broke off": "was cut off",
    "brought in": "imported",
    "by itself": "automatically",
    "by themselves": "automatically",
    "cannot be taken": "cannot be used, cannot be imported",
    "cannot stand": "is invalid",
    "copies too": "include duplicates",
    "do not belong together": "incorrect",
    "does not answer": "is not responding",
    "does not reach that far": "does not allow this",
    "ended without a word": "crashed",
    "everybody": "everyone",
    "file away": "discard the file",
    "for your yes": "awaiting review",
    "goes on": "continues",
    "had just now": "unavailable",
    "in the way of submitting": "prevents submitting",
    "is none of": "is not one of",
    "it is no": "it no longer exists, it is not",
    "known of it": "Facts",
    "leads nowhere": "does not exist",
    "lies inside": "is inside",
    "lies outside": "is outside",
    "log in": "sign in",
    "log out": "sign out",
    "log-in": "sign-in",
    "logged in": "signed in",
    "logged out": "signed out",
    "look again": "update the preview",
    "looked at": "checked, reviewed",
    "made to do harm": "malicious",
    "mend": "fix",
    "near-copies": "near-duplicates",
    "no article fits": "no matching articles",
    "nobody knows": "unknown",
    "not your doing": "our error",
    "nothing fits": "no matches",
    "nothing is marked that fits": "no matching annotations",
    "on the way in": "on import",
    "out of the file": "from the file",
    "passed over": "skipped",
    "person who runs this installation": "your administrator",
    "put aside": "set aside",
    "put away": "discard",
    "runs backwards": "ends before it starts",
    "said by": "reported by",
    "set apart": "separated",
    "should lead from": "should be an object of",
    "sketchs": "MinHash signatures",
    "so far as": "if",
    "stands twice": "occurs twice",
    "take away": "remove",
    "take it away": "remove",
    "take one back": "undo",
    "taken in": "updated",
    "the usual one again": "the default",
    "there already": "already present",
    "to be looked at": "awaiting review",
    "unfolds": "expands",
    "waits for a look": "awaits review",
    "was chained": "is in the hash chain",
    "were told": "were reported",
    "what came of it": "result",
    "what cleaning did": "text repairs",
    "what was brought in": "import history",
    "what would come of": "preview",
    "who is asking": "authentication",
    "who works on it": "team",
    "whose marks": "annotators",
    "with fingers": "on a touch screen",
    "without a look": "unreviewed",
    "words of a format": "format mapping",
    "would be written otherwise": "has changed",
    "you may see": "you have access to",
}
# The same for what a plain phrase cannot say, each with an example.
PATTERNS = {
    r"\botherwise\s*[.:;?!]*\s*$": ("differently, if not", "Choose whose marks you want otherwise."),
    r"^\s*not any more\b": ("no longer", "Not any more: it was removed."),
    r"\b(?:is|are) told\b": ("is shown, is reported", "The rest is told in the report."),
    r"\b(?:it|text|data|article|line|value|below|there) stands?\b": ("is, is stored", "The text stands as it was received."),
}
# One thing has one word on screens: what nobody reads there, its word, and an example. Code, addresses, the API and the admin keep their names.
ONE_WORD = {
    r"\bassignments?\b": ("reading", "Scheme of new assignments: v1."),
    r"\b(?:your|my|other|first) annotations\b": ("reading", "The text is newer than your annotations."),
    r"\bannotations (?:of|by) (?:…|others)": ("the reading of …", "Carry annotations of …"),
    r"\b(?:gold|readings?|places?|adjudication) of (?:this|the|their|a|one) texts?\b": (
        "article",
        "You have access to the gold of this text.",
    ),
    r"\b(?:annotate|adjudicate|assign|skip)(?:d|ed|ped)? (?:this|a|one|each|another) text\b": ("article", "Skipped this text."),
    r"(?:…|\d|\bof|\ball|\bthese|\btheir) texts\b": ("articles", "2 texts without a gold"),
    r"(?:…|\d) (?:further )?documents?\b|\bimported documents\b": ("articles", "2 documents imported"),
    r"\byour agreement\b": ("agreement", "Your agreement"),
    r"^(?:Ask|Apply)$": ("Filter", "Ask"),
    r"\bdate not stated\b": ("no date", "PANEL of a date not stated"),
    r"\bunrealised\b": ("not carried out", "negative or unrealised"),
    r"\btied to\b": ("at, in; Place: …", "tied to Dandong"),
    r"\bstarted by (?:a person|…, )": ("started by …", "started by a person, mina"),
    r"\bgold of (?:…|[a-z]+)\.$": ("Adjudicator: …", "1 of 1 to check. Gold of mina."),
    r"\bthe likeness\b": ("no longer matches", "Gone: the entry or the likeness"),
    r"\bfillers?, at least\b": ("… is missing", "target: 0 fillers, at least 1"),
    r"\bmark has no entity\b": ("Choose or create an entity", "the mark has no entity"),
    r"\bfill the role (?:\w+|…) or\b": ("Add …", "Fill the role people or count."),
    r"\bnothing matches\b": ("No match in …", "Nothing matches in 1 annotated article."),
    r"^(?:reported value|basis of a ratio)$": ("Only actual counts …", "basis of a ratio"),
    r"\btestimony of a person\b": ("… said", "asserted, testimony of a person"),
    r"\bwhat follows the question mark\b": ("all, or those of a saved filter", "What follows the question mark in the address"),
    r"\bwhose takes\b": ("Unknown annotator", "whose takes best, gold, mine, all"),
    r"^extractor\b": ("Typed text", "Extractor typed 1"),
}
OFF_SCREEN = {"admin", "admin.py", "api", "db", "documents", "formats", "management", "migrations", "models", "native", "queries"}
SQL = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|JOIN|FROM|WHERE)\b")
# A heading, a label or a button is a noun or an instruction.
CLAUSE = re.compile(r"\s*(?:(?:what|who|whom|whose|which|where|when|why|that)\b|how\b(?! to\b))", re.IGNORECASE)
HEADINGS = {"title", "h1", "h2", "h3", "h4", "th", "caption", "legend", "label", "summary", "button", "dt", "option"}
READ_ALOUD = {"alt", "aria-label", "placeholder", "title"}
# Arguments and names of Python whose text is a heading or a label.
LABELS = {"label", "title", "TITLE", "verbose_name", "verbose_name_plural", "short_description"}


PHRASES = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(BETTER, key=len, reverse=True)))})(?![\w-])", re.IGNORECASE)


def banned(text: str) -> Iterator[str]:
    """What is wrong with a text, and what to write."""
    for phrase in PHRASES.findall(text):
        yield f"“{phrase}”: write {BETTER[phrase.lower()]}"
    for pattern, (better, _) in PATTERNS.items():
        if found := re.search(pattern, text, re.IGNORECASE):
            yield f"“{found[0].strip()}”: write {better}"


# Templates


class Shown(HTMLParser):
    """The texts of a page, each with the element that has it, or the attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.texts += [(name, value) for name, value in attrs if name in READ_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        while tag in self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", " ".join(data.split())))


def of_template(source: str) -> list[tuple[str, str]]:
    """(element or attribute, text); what Django fills in is an ellipsis, and its strings are texts too."""
    source = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", source, flags=re.DOTALL)
    source = re.sub(r"\{% block title %\}(.*?)\{% endblock %\}", r"<title>\1</title>", source)
    literals = [("", text) for tag in re.findall(r"\{[%{].*?[%}]\}", source) for text in re.findall(r'"([^"]*)"', tag)]
    shown = Shown()
    shown.feed(re.sub(r"\{%.*?%\}", "", re.sub(r"\{\{.*?\}\}", "…", source)))
    return shown.texts + literals


# Scripts and Python


def of_script(source: str) -> str:
    """A script without its comments and imports: a text in it may be in pieces."""
    source = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    return re.sub(r"^\s*//.*$|\s//\s.*$|^import .*$", "", source, flags=re.MULTILINE)


def of_python(source: str) -> list[tuple[str, str]]:
    """(name of the argument or variable, text) of each string that is no docstring and no word alone."""
    tree = ast.parse(source)
    texts = []
    for node in ast.walk(tree):
        statements = getattr(node, "body", [])
        docstrings = [each.value for each in statements if isinstance(each, ast.Expr)] if isinstance(statements, list) else []
        for each in docstrings:
            if isinstance(each, ast.Constant):
                each.value = ""
        if isinstance(node, ast.keyword):
            texts += [(node.arg or "", text) for text in strings(node.value)]
        elif isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            texts += [(name, text) for name in names for text in strings(node.value)]
        elif isinstance(node, ast.Constant):
            texts += [("", text) for text in strings(node)]
    return texts


def strings(node: ast.AST) -> list[str]:
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip() else []


# Breaches


def in_template(source: str) -> Iterator[str]:
    for element, text in of_template(source):
        yield from (f"{text!r}: {problem}" for problem in banned(text))
        if element in HEADINGS and CLAUSE.match(text):
            yield f"{text!r}: a relative clause as {element}: write a noun or an instruction"


def in_script(source: str) -> Iterator[str]:
    for number, line in enumerate(of_script(source).splitlines(), 1):
        yield from (f"line {number}: {problem}" for problem in banned(line))
        for text in re.findall(r'\b(?:textContent|title|name|label): ["`]([^"`]+)', line):
            if CLAUSE.match(text):
                yield f"{text!r}: a relative clause as a heading: write a noun or an instruction"


def in_python(source: str) -> Iterator[str]:
    for name, text in of_python(source):
        yield from (f"{text!r}: {problem}" for problem in banned(text))
        if name in LABELS and CLAUSE.match(text):
            yield f"{text!r}: a relative clause as {name}: write a noun or an instruction"


def product() -> Iterator[tuple[Path, Iterator[str]]]:
    """Every file with texts that people read, with its breaches."""
    scripts = [(folder, "*.js", in_script) for folder in ("static/annotator", "static/js")]
    for folder, names, breaches in [("templates", "*.html", in_template), *scripts, *((app, "*.py", in_python) for app in APPS)]:
        for path in sorted((ROOT / folder).rglob(names)):
            if "migrations" not in path.parts:
                yield path, breaches(path.read_text())


def on_screens() -> Iterator[tuple[Path, str]]:
    """Every text of a page or a message; what is filled in is an ellipsis."""
    for path, _ in product():
        if path.suffix == ".html":
            yield from ((path, text) for _, text in of_template(path.read_text()))
        elif path.suffix == ".js":
            texts = re.findall(r'"([^"\n]*)"|`([^`]*)`', of_script(path.read_text()))
            yield from ((path, re.sub(r"\$\{[^}]*\}", "…", "".join(text))) for text in texts if " " in "".join(text))
        elif not OFF_SCREEN & set(path.parts):
            yield from ((path, text) for _, text in of_python(path.read_text()) if not SQL.search(text))


def with_another_word(text: str) -> Iterator[str]:
    yield from (f"{text!r}: write {word}" for pattern, (word, _) in ONE_WORD.items() if re.search(pattern, text, re.IGNORECASE))


def test_one_thing_has_one_word_on_screens():
    wrong = sorted({f"{path.relative_to(ROOT)}: {breach}" for path, text in on_screens() for breach in with_another_word(text)})
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("example", [example for _, example in ONE_WORD.values()])
def test_another_word_is_caught(example):
    assert list(with_another_word(example))


def test_texts_are_plain_english():
    wrong = sorted({f"{path.relative_to(ROOT)}: {breach}" for path, found in product() for breach in found})
    assert not wrong, "\n".join(wrong)


def names(data: object) -> Iterator[str]:
    """The names in a scheme, at any depth: people read them as labels of fields and as choices."""
    if isinstance(data, dict):
        yield from (data["name"] for key in data if key == "name" and isinstance(data["name"], str))
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from names(value)


def test_the_names_of_the_scheme_are_plain():
    found = list(names(json.loads((ROOT / "domain/scheme.json").read_text())))
    assert "Reason for the rating" in found
    assert not [name for name in found if re.search(r"^why\b|\bis$", name, re.IGNORECASE) or list(banned(name))]


def test_the_texts_of_the_product_are_found():
    templates = [text for path in (ROOT / "templates").rglob("*.html") for _, text in of_template(path.read_text())]
    assert {"Sign in", "Import history", "No matching articles"} <= set(templates)
    views = [text for path in (ROOT / "corpus").rglob("*.py") for text in of_python(path.read_text())]
    assert ("label", "Review before storing") in views
    assert "Nothing to undo." in of_script((ROOT / "static/annotator/input/commands.js").read_text())


@pytest.mark.parametrize("phrase", [*BETTER, *(example for _, example in PATTERNS.values())])
def test_a_planted_phrase_is_caught_everywhere(phrase):
    for source, breaches in [
        (f"<p>{phrase}</p>", in_template),
        (f'<input aria-label="{phrase}">', in_template),
        (f'{{{{ name|default:"{phrase}" }}}}', in_template),
        (f"say(`{phrase}`);" if phrase in BETTER else f"say(\n{phrase}\n);", in_script),
        (f'raise ValueError("x {phrase}")' if phrase in BETTER else f"raise ValueError({phrase!r})", in_python),
    ]:
        assert list(breaches(source)), source


@pytest.mark.parametrize(
    ("source", "breaches"),
    [
        ("<h2>What was read</h2>", in_template),
        ("<th>How often</th>", in_template),
        ("{% block title %}Where the text comes from{% endblock %}", in_template),
        ('element("h2", { textContent: "Who says so" })', in_script),
        ('forms.CharField(label="Whose marks")', in_python),
    ],
)
def test_a_planted_clause_is_caught(source, breaches):
    assert "relative clause" in " ".join(breaches(source))


@pytest.mark.parametrize(
    ("source", "breaches"),
    [
        ("<h3>How to annotate</h3><p>What follows is prose.</p>{# what would come of it #}", in_template),
        ("// what would come of it\n/* at once */ undo();", in_script),
        ('def f():\n    """What would come of it."""\n', in_python),
    ],
)
def test_prose_comments_and_docstrings_are_free(source, breaches):
    assert not list(breaches(source))
