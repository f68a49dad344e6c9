"""Plain text in any encoding. The decision and its reason are recorded with the text.

In this order: a byte order mark; the escape sequences of ISO 2022; UTF-16 without a mark; UTF-8,
which hardly anything else is by chance; the legacy table in which the words make sense; the
statistics of charset-normalizer.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator

import charset_normalizer

from corpus.cleaning.mojibake import words
from corpus.readers.charset import Decision, charset, declared
from corpus.readers.extracted import Record, UnreadableError
from corpus.text.storable import storable

TITLE = "Plain text"
VERSION = "1"

_MAGIC = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"<?php": "a program",
    b"filedesc://": "an ARC file, the older kind of web archive: convert it to WARC",
    b"<?xml": "XML of an unsupported kind",
    b"<svg": "a picture",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ESCAPES = (
    (b"\x1b$)C", "iso2022_kr"),
    (b"\x1b$A", "iso2022_jp_2"),
    (b"\x1b$B", "iso2022_jp"),
    (b"\x1b$@", "iso2022_jp"),
)
# A narrower or wider table of the same family, the first that decodes the bytes without error.
_FAMILY = {
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "euc_kr": ("cp949",),
    "johab": ("cp949", "johab"),
    "cp932": ("shift_jis", "cp932"),
    "shift_jis": ("shift_jis", "cp932"),
}
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# More control bytes than one in this many make it no text.
_FEW = 200
# A sequence of UTF-8, or a byte that belongs to none.
_SEQUENCE = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{2})[\x80-\xbf]|([\x80-\xff])")
# Sequences that are no chance.
_PROOF = 2
# An accented letter of Latin-1 after a letter, or at the beginning of a word.
_LATIN_LETTER = re.compile(rb"(?s:[A-Za-z ]|\A)[\xc0-\xff](?![\x80-\xff])")
# Fewer bytes than this above ASCII are little text.
_SHORT = 200


def claims(data: bytes, name: str, kind: str = "") -> bool:
    """Everything that no other reader wants; `read` refuses what is no text."""
    return True


def read(data: bytes, name: str, url: str, kind: str = "") -> Iterator[Record]:
    """One record. Raises UnreadableError for empty or binary content or an encoding unknown."""
    _refuse_other_kinds(data)
    raw_text, encoding, basis = declared(data, charset(kind), "the header") or decode(data)
    if not raw_text.strip():
        raise UnreadableError("the file is empty")
    yield Record(
        raw=data,
        raw_text=storable(raw_text),
        encoding=encoding,
        encoding_basis=basis,
        reader="text",
        reader_version=VERSION,
        name=name,
        url=url,
    )


def decode(data: bytes) -> Decision:
    """Bytes → (text, codec, why). Raises UnreadableError."""
    steps: tuple[Callable[[bytes], Decision | None], ...] = (
        _by_mark,
        _by_escapes,
        _by_zeros,
        _as_utf8,
        _as_damaged_utf8,
        _by_words,
        _by_few_words,
        _by_statistics,
    )
    for step in steps:
        decision = step(data)
        if decision:
            return decision
    raise UnreadableError("its encoding could not be detected")


def _refuse_other_kinds(data: bytes) -> None:
    for magic, kind in _MAGIC.items():
        if data.removeprefix(codecs.BOM_UTF8).startswith(magic):
            raise UnreadableError(f"it is {kind}")


def _by_mark(data: bytes) -> Decision | None:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(codec), codec, "byte order mark"
            except UnicodeDecodeError as error:
                raise UnreadableError(
                    f"it starts with the byte order mark of {codec}, but byte {error.start} is invalid"
                ) from error
    return None


def _by_zeros(data: bytes) -> Decision | None:
    """UTF-16 without a mark has a zero in nearly every second byte of Western text."""
    for first, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        half, other = data[first::2], data[1 - first :: 2]
        if half.count(0) > 0.4 * len(half) and other.count(0) == 0 and len(data) % 2 == 0:
            return data.decode(codec, "replace"), codec, "every second byte is zero"
    controls = _CONTROLS.findall(data)
    if b"\x00" in controls or len(controls) * _FEW > len(data):
        first_found = _CONTROLS.search(data)
        where = first_found.start() if first_found else 0
        raise UnreadableError(f"it is binary: byte {where} is a control character")
    return None


def _by_escapes(data: bytes) -> Decision | None:
    for escape, codec in _ESCAPES:
        text = _strictly(data, codec) if escape in data else None
        if text is not None:
            return text, codec, "escape sequences"
    return None


def _as_utf8(data: bytes) -> Decision | None:
    text = _strictly(data, "utf-8")
    return None if text is None else (text, "utf-8", "valid UTF-8")


def _as_damaged_utf8(data: bytes) -> Decision | None:
    """Two sequences of UTF-8, and more that are whole than damaged: no other table has them by chance."""
    found = list(_SEQUENCE.finditer(data))
    damaged = [one.start() for one in found if one[1]]
    sound = len(found) - len(damaged)
    if sound < _PROOF or sound <= len(damaged):
        return None
    return data.decode("utf-8", "replace"), "utf-8", f"UTF-8 except for {places(data, damaged)}"


def places(data: bytes, damaged: list[int]) -> str:
    """What is damaged, in words for people: how much, where, and what it may have been."""
    few = ", ".join(f"{data[at]:02X} at byte {at:,}" for at in damaged[:3])
    many = f"{len(damaged):,} damaged places, shown as U+FFFD" if len(damaged) > 1 else "1 damaged place, shown as U+FFFD"
    latin = sum(bool(_LATIN_LETTER.match(data, max(at - 1, 0))) for at in damaged)
    halves = "; parts of it may be Latin-1" if latin else ""
    return f"{many} ({few}{' …' if len(damaged) > 3 else ''}){halves}"


def _by_words(data: bytes) -> Decision | None:
    fit = words.best_fit(data.decode("latin-1"))
    if fit is None or fit.letters < words.CERTAIN:
        return None
    return _in_family(data, fit.table.codec, f"guessed: {fit.letters} letters fit it")


def _by_few_words(data: bytes) -> Decision | None:
    """A line or two: too little for statistics, so a weaker sign has to do."""
    if sum(byte > 0x7F for byte in data) > _SHORT:
        return None
    fit = words.best_fit(data.decode("latin-1"), least=6)
    if fit is None:
        return None
    return _in_family(data, fit.table.codec, f"guessed from little text, check it: {fit.letters} letters fit it")


def _by_statistics(data: bytes) -> Decision | None:
    best = charset_normalizer.from_bytes(data).best()
    if best is None:
        return None
    basis = "guessed by statistics: check the text"
    if _strictly(data, "cp1252") == str(best):
        return str(best), "cp1252", basis
    return _in_family(data, best.encoding, basis)


def _in_family(data: bytes, codec: str, basis: str) -> Decision | None:
    for member in _FAMILY.get(codec, (codec,)):
        text = _strictly(data, member)
        if text is not None:
            return text, member, basis
    return None


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None
