"""What can be asked of a format beside what it does by itself. Pure; the doors (pages, API, commands) offer and check these.

{format: {option: what it is}}.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotations.formats.conll.conll2003 import SEPARATORS
from annotations.formats.conll.tags import BARE, PREFIXES
from annotations.formats.doccano import PROJECTS
from annotations.formats.files.strict_json import UNSTORABLE
from annotations.formats.middle import anchoring, offset_units


@dataclass(frozen=True)
class Option:
    """`values`: what it may be; none: any text. `is_file`: what stands in a file, taken whole."""

    about: str
    values: tuple[str, ...] = ()
    is_file: bool = False


Options = Mapping[str, Option]

LONGEST = 10_000  # characters of what is no file
NO_OR_YES = ("no", "yes")
LABEL = Option("The feature that says the label, in types of other tools.")
TEXT = Option("The text that the marks are on, where the file does not bring it.", is_file=True)
OFFSETS = Option("In which unit positions count, where no words beside them decide.", anchoring.UNITS)
UNIT = Option("In which unit positions count; usually code points, or what the marks fit.", offset_units.UNITS)
LINES = Option("Ids of figures and events, or seals of rows, parted by commas: only these, in this order.")
READING: dict[str, Options] = {
    "brat": {"text": TEXT},
    "casjson": {"label": LABEL},
    "conll2003": {"scheme": Option("How tags begin and end a mark; tags of other schemes are refused.", (*PREFIXES, BARE))},
    "doccano": {"unit": UNIT},
    "labelstudio": {"offsets": OFFSETS, "text": Option("The name under which the data has the text.")},
    "webannotation": {"offsets": OFFSETS, "text": TEXT},
    "webannotsv": {"label": LABEL},
    "xmi": {"label": LABEL, "typesystem": Option("The type system of an XMI that comes without one.", is_file=True)},
}
WRITING: dict[str, Options] = {
    "conll2003": {
        "scheme": Option("How tags begin and end a mark; usually iob2.", tuple(PREFIXES)),
        "separator": Option("What stands between the columns; usually a space.", tuple(SEPARATORS)),
    },
    "csv": {"lines": LINES},
    "doccano": {"project": Option("What the project takes: usually relations; marks alone for spans.", PROJECTS), "unit": UNIT},
    "docx": {"lines": LINES},
    "evidence": {"lines": LINES},
    "labelstudio": {"config": Option("Whether the labelling configuration comes along; usually yes.", NO_OR_YES)},
    "spacy": {
        "language": Option("The code of spaCy's tokenizer; without it, that of each article."),
        "ents": Option("Whether marks that do not overlap stand in doc.ents too; usually no.", NO_OR_YES),
    },
    "webannotation": {"base": Option("The address before the keys of documents.")},
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
            raise NoOption(name, f"there is no option {name[:60]!r} (there is: {', '.join(known) or 'none'})")
        option = known[name]
        if option.values and value not in option.values:
            raise NoOption(name, f"{name} should be one of {', '.join(option.values)}, not {value[:60]!r}")
        if UNSTORABLE.search(value) or (len(value) > LONGEST and not option.is_file):
            raise NoOption(name, f"{name} should be a text of at most {LONGEST:,} characters")
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
