"""The reporting words of a scheme: what "told" or "alleges" tells of a claim.

They stand in an overlay under `reporting`. `speakers` are actor labels that may be a source, in
tiers: those of an earlier tier are offered first. Each entry of `words` says which modality its
words mean (none where they leave it open), and where their source is looked for: `before` them,
`after` them, in a phrase `by` somebody, in `none` (a passive without a source), or, without
`source`, where the grammar has it. `topic` and `marked` are for words of scripts with particles:
the source is the subject, or stands right before the word. `evidence`, `evidence_of` and
`evidence_official` tell the evidence by words around the claim and by the source's label or office.

`grammar` has the word lists by which a noun phrase beside the word is found and cut, `nouns` the
label that its head tells; `particles` has, for each script, what stands behind a subject and behind
a reported clause. The browser reads both (static/annotator/text/noun_phrases.js, particles.js).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

LISTS = (
    "titles",
    "modifiers",
    "before",
    "relative",
    "joining",
    "clause",
    "verbs",
    "adverbs",
    "adjectives",
    "said",
    "negations",
    "open",
    "numbers",
    "documents",
    "officials",
    "bare",
)
REPORTING = {
    "speakers": [[str]],
    "words": [{"words": [str], "modality?": str, "source?": str, "noun?": bool}],
    "evidence?": [{"words": [str], "evidence": str}],
    "evidence_of?": {"*": str},
    "evidence_official?": str,
    "grammar?": {**{f"{name}?": [str] for name in LISTS}, "nouns?": [{"label": str, "many?": str, "words": [str]}]},
    "particles?": [
        {
            "script": str,
            "topic": [str],
            "complement": [str],
            "clause?": [{"kept": str, "cut": str, "noun?": bool}],
            **{f"{name}?": [str] for name in ("said", "told", "tail", "aside")},
            "of?": str,
            "spaced": bool,
        },
    ],
}
SIDES = ("before", "after", "by", "none", "topic", "marked")
# Unicode scripts that the browser can tell words by.
SCRIPTS = ("Hangul", "Hiragana", "Katakana", "Han", "Arabic", "Cyrillic", "Thai")


def check_reporting(location: str, overlay: Mapping[str, Any], actors: set[str]) -> Iterator[str]:
    """Problems of the entries, one line each. Nothing is said of an overlay without such words."""
    reporting = overlay.get("reporting") or {}
    codes = {entry["code"]: codes_of(entry) for entry in overlay["attributes"]}
    speakers = chain(*reporting.get("speakers") or [], reporting.get("evidence_of") or {})
    yield from (f"{location}: there is no actor label {x!r}" for x in sorted(set(speakers) - actors))
    for word in reporting.get("words") or []:
        if "modality" in word:
            yield from unknown(f"{location}.words", word, "modality", codes)
        if word.get("source", SIDES[0]) not in SIDES:
            yield f"{location}.words: source {word['source']!r} is not one of {', '.join(SIDES)}"
    official = [reporting["evidence_official"]] if reporting.get("evidence_official") else []
    proposals = [{"evidence": x} for x in [*(reporting.get("evidence_of") or {}).values(), *official]]
    for entry in [*(reporting.get("evidence") or []), *proposals]:
        yield from unknown(f"{location}.evidence", entry, "evidence", codes)
    yield from check_grammar(location, reporting, actors)


def check_grammar(location: str, reporting: Mapping[str, Any], actors: set[str]) -> Iterator[str]:
    """Nouns tell labels of actors, once each; particles are those of a script that is known."""
    first: dict[str, str] = {}
    for entry in (reporting.get("grammar") or {}).get("nouns") or []:
        labels = [entry["label"], *([entry["many"]] if entry.get("many") else [])]
        yield from (f"{location}.grammar.nouns: there is no actor label {x!r}" for x in labels if x not in actors)
        for word in entry["words"]:
            if first.setdefault(word, entry["label"]) != entry["label"]:
                yield f"{location}.grammar.nouns: {word!r} tells {first[word]} and {entry['label']}"
    for particles in reporting.get("particles") or []:
        if particles["script"] not in SCRIPTS:
            yield f"{location}.particles: script {particles['script']!r} is not one of {', '.join(SCRIPTS)}"


def codes_of(attribute: Mapping[str, Any]) -> list[str]:
    choices = attribute.get("choices")
    return [choice["code"] for choice in choices] if isinstance(choices, list) else []


def unknown(location: str, entry: Mapping[str, Any], field: str, codes: Mapping[str, list[str]]) -> Iterator[str]:
    if entry[field] not in codes.get(field, []):
        yield f"{location}: {field} {entry[field]!r} is not one of the choices"
