"""What can be asked of a format beside what it does by itself. Pure; the doors (pages, API, commands) offer and check these.

{format: {option: what it is}}.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotations.formats import anchoring, counting
from annotations.formats.bio import BARE, PREFIXES
from annotations.formats.conll2003 import SEPARATORS
from annotations.formats.doccano import PROJECTS
from annotations.formats.strictjson import UNSTORABLE


@dataclass(frozen=True)
class Option:
    """`values`: what it may be; none: any text. `is_file`: what stands in a file, taken whole."""

    about: str
    values: tuple[str, ...] = ()
    is_file: bool = False


Options = Mapping[str, Option]

LONGEST = 10_000  # characters of what is no file
NO_OR_YES = ("no", "yes")
LABEL = Option("Feature that holds the label, in type systems of other tools.")
TEXT = Option("Text of the document, if the file does not include it.", is_file=True)
OFFSETS = Option("Unit of offsets, if the file does not give the words.", anchoring.UNITS)
UNIT = Option("Unit of offsets. Default: code points, or the unit that matches the marks.", counting.UNITS)
LINES = Option("Ids of figures and events, or seals of rows, separated by commas: only these, in this order.")
READING: dict[str, Options] = {
    "brat": {"text": TEXT},
    "casjson": {"label": LABEL},
    "conll2003": {"scheme": Option("Tagging scheme; tags of other schemes are errors.", (*PREFIXES, BARE))},
    "doccano": {"unit": UNIT},
    "labelstudio": {"offsets": OFFSETS, "text": Option("Name of the text field in the data.")},
    "webannotation": {"offsets": OFFSETS, "text": TEXT},
    "webannotsv": {"label": LABEL},
    "xmi": {"label": LABEL, "typesystem": Option("Type system, if the XMI does not include one.", is_file=True)},
}
WRITING: dict[str, Options] = {
    "conll2003": {
        "scheme": Option("Tagging scheme. Default: iob2.", tuple(PREFIXES)),
        "separator": Option("Column separator. Default: space.", tuple(SEPARATORS)),
    },
    "csv": {"lines": LINES},
    "doccano": {"project": Option("Project type. Default: relations; spans writes marks only.", PROJECTS), "unit": UNIT},
    "docx": {"lines": LINES},
    "evidence": {"lines": LINES},
    "labelstudio": {"config": Option("Include the labelling configuration. Default: yes.", NO_OR_YES)},
    "spacy": {
        "language": Option("Language code of spaCy's tokenizer. Default: the language of each article."),
        "ents": Option("Also write marks that do not overlap to doc.ents. Default: no.", NO_OR_YES),
    },
    "webannotation": {"base": Option("Base URL of document keys.")},
    "xlsx": {"lines": LINES},
}


class NoOption(ValueError):
    """Something is asked of a format that it does not offer; says what it does. `option`: its name."""

    def __init__(self, option: str, reason: str) -> None:
        super().__init__(reason)
        self.option = option


def checked(known: Options, given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Raises NoOption."""
    found: dict[str, str] = {}
    for name, value in given:
        if name not in known:
            raise NoOption(name, f"{name[:60]!r} is not an option of this format (options: {', '.join(known) or 'none'})")
        option = known[name]
        if option.values and value not in option.values:
            raise NoOption(name, f"{name} should be one of {', '.join(option.values)}, not {value[:60]!r}")
        if UNSTORABLE.search(value) or (len(value) > LONGEST and not option.is_file):
            raise NoOption(name, f"{name} should have at most {LONGEST:,} characters")
        found[name] = value
    return found


def described(table: Mapping[str, Options]) -> dict[str, str]:
    """{option: what it is in each format that has it}, for who describes all formats at once."""
    found: dict[str, list[str]] = {}
    for format_name, options in table.items():
        for name, option in options.items():
            values = f" One of {', '.join(option.values)}." if option.values else ""
            found.setdefault(name, []).append(f"{format_name}: {option.about}{values}")
    return {name: " ".join(said) for name, said in sorted(found.items())}
