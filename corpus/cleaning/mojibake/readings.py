"""Code pages by which bytes were read wrongly: each as a table from character to byte.

A byte that a code page leaves undefined, and the C1 controls, stand for themselves, since that is
how browsers and lenient decoders read them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# What is left of a byte that no table knew.
LOST = "\ufffd"


@dataclass(frozen=True, slots=True, eq=False)
class Misreading:
    """A wrong reading: its name for people and its characters from U+0080 on.

    `has_controls`: bytes 80 to 9F really are C1 controls in it.
    """

    name: str
    bytes_of: Mapping[str, int]
    has_controls: bool

    def encode(self, text: str) -> bytes | None:
        """The bytes that this reading turned into `text`; None if it cannot have."""
        values = [ord(char) if char < "\x80" else self.bytes_of.get(char, -1) for char in text]
        return None if -1 in values else bytes(values)

    def characters(self, low: int, high: int) -> str:
        """The characters of bytes low … high, escaped for a character class."""
        characters = [char for char, byte in self.bytes_of.items() if low <= byte <= high]
        return "".join(f"\\{char}" if char in "\\]^-" else char for char in characters)


def _reading(name: str, codec: str, *, has_controls: bool = False) -> Misreading:
    table = {chr(byte): byte for byte in range(0x80, 0xA0)}
    for byte in range(0x80, 0x100):
        char = bytes([byte]).decode(codec, "replace")
        table[chr(byte) if char == LOST else char] = byte
    return Misreading(name, table, has_controls)


LATIN = _reading("Latin-1/cp1252", "cp1252", has_controls=True)
MAC = _reading("Mac Roman", "mac_roman")
READINGS = (
    LATIN,
    _reading("windows-1251", "cp1251"),
    _reading("windows-1250", "cp1250"),
    _reading("windows-1253", "cp1253"),
    _reading("windows-1254", "cp1254"),
    _reading("windows-1257", "cp1257"),
    _reading("ISO-8859-2", "iso8859_2", has_controls=True),
    MAC,
    _reading("code page 437", "cp437"),
    _reading("code page 866", "cp866"),
    _reading("KOI8-R", "koi8_r"),
)


def reason(data: bytes, right: str, encoding: str, wrong: str, reading: str) -> str:
    """Why a repair is right, naming the bytes, the code points and both encodings."""
    one = len(data) == 1
    return (
        f"Byte{'' if one else 's'} {_listed(f'{byte:02X}' for byte in data)} "
        f"{'is' if one else 'are'} {_described(right)} in {encoding}; read as {reading} "
        f"{'it becomes' if one else 'they become'} {_listed(_code(char) for char in wrong)}."
    )


def _described(text: str) -> str:
    if len(text) == 1:
        return f"{_code(text)} {unicodedata.name(text, '(unnamed)')}"
    return f"“{text}” ({_listed(_code(char) for char in text)})"


def _code(char: str) -> str:
    return f"U+{ord(char):04X}"


def _listed(parts: Iterable[str], most: int = 12) -> str:
    words = list(parts)
    return " ".join(words[:most]) + (f" … ({len(words)} in all)" if len(words) > most else "")
