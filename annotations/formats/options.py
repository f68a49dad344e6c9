"""What can be asked of a format beside what it does by itself. Pure; the doors (pages, API, commands) offer and check these.

{format: {option: what it is}}.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotations.formats import FORMATS
from annotations.formats.base import Options
from annotations.formats.files.strict_json import UNSTORABLE

LONGEST = 10_000  # characters of what is no file
READING: dict[str, Options] = {name: module.READING for name, module in FORMATS.items() if hasattr(module, "READING")}
WRITING: dict[str, Options] = {name: module.WRITING for name, module in FORMATS.items() if hasattr(module, "WRITING")}


class NoOption(ValueError):
    """Something is asked of a format that it does not offer; says what it does. `option`: its name."""

    def __init__(self, option: str, reason: str) -> None:
        super().__init__(reason)
        self.option = option


def checked(known: Options, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Raises NoOption."""
    values: dict[str, str] = {}
    for name, value in pairs:
        if name not in known:
            raise NoOption(name, f"{name[:60]!r} is not an option of this format (options: {', '.join(known) or 'none'})")
        option = known[name]
        if option.values and value not in option.values:
            raise NoOption(name, f"{name} should be one of {', '.join(option.values)}, not {value[:60]!r}")
        if UNSTORABLE.search(value) or (len(value) > LONGEST and not option.is_file):
            raise NoOption(name, f"{name} should have at most {LONGEST:,} characters")
        values[name] = value
    return values


def described(table: Mapping[str, Options]) -> dict[str, str]:
    """{option: what it is in each format that has it}, for who describes all formats at once."""
    texts: dict[str, list[str]] = {}
    for format_name, options in table.items():
        for name, option in options.items():
            values = f" One of {', '.join(option.values)}." if option.values else ""
            texts.setdefault(name, []).append(f"{format_name}: {option.about}{values}")
    return {name: " ".join(parts) for name, parts in sorted(texts.items())}
