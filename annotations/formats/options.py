"""What can be asked of a format beside what it does by itself. Pure; the doors (page, API, commands) offer and check these.

{format: {option: what it may be}}; nothing listed: any text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotations.formats import anchoring, counting
from annotations.formats.bio import BARE, PREFIXES
from annotations.formats.conll2003 import SEPARATORS
from annotations.formats.doccano import PROJECTS

Options = Mapping[str, tuple[str, ...]]

ANY: tuple[str, ...] = ()
NO_OR_YES = ("no", "yes")
READING: dict[str, Options] = {
    "brat": {"text": ANY},
    "casjson": {"label": ANY},
    "conll2003": {"scheme": (*PREFIXES, BARE)},
    "doccano": {"unit": counting.UNITS},
    "labelstudio": {"offsets": anchoring.UNITS, "text": ANY},
    "webannotation": {"offsets": anchoring.UNITS, "text": ANY},
    "webannotsv": {"label": ANY},
    "xmi": {"label": ANY, "typesystem": ANY},
}
WRITING: dict[str, Options] = {
    "conll2003": {"scheme": tuple(PREFIXES), "separator": tuple(SEPARATORS)},
    "doccano": {"project": PROJECTS, "unit": counting.UNITS},
    "docx": {"lines": ANY},
    "evidence": {"lines": ANY},
    "labelstudio": {"config": NO_OR_YES},
    "spacy": {"language": ANY, "ents": NO_OR_YES},
    "webannotation": {"base": ANY},
}


class NoOption(ValueError):
    """Something is asked of a format that it does not offer; says what it does."""


def checked(known: Options, given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Raises NoOption."""
    found: dict[str, str] = {}
    for name, value in given:
        if name not in known:
            raise NoOption(f"there is no option {name[:60]!r} (there is: {', '.join(known) or 'none'})")
        if known[name] and value not in known[name]:
            raise NoOption(f"{name} should be one of {', '.join(known[name])}, not {value[:60]!r}")
        found[name] = value
    return found
