"""What is declared of bytes by the thing around them: media type and charset, as a header has them (`text/html; charset=euc-kr`).

A label means what browsers read in its place (WHATWG Encoding, section 4.2). A declaration that does not fit the bytes is passed over:
much of the web declares what it is not.
"""

from __future__ import annotations

import codecs
import re

Decision = tuple[str, str, str]
"""Text, codec, why that codec."""

MEANT = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "ks_c_5601": "cp949",
    "korean": "cp949",
    "cn-big5": "big5",
    "x-x-big5": "big5",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso8859_8",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    **{f"x-cp125{number}": f"cp125{number}" for number in range(9)},
    "utf-16": "utf-8",  # a declaration that could be read as ASCII is wrong
}
# Python knows these as encodings of text, and no browser does.
UNKNOWN = {
    "utf-7",
    "idna",
    "punycode",
    "unicode-escape",
    "raw-unicode-escape",
    "undefined",
    "unicode_escape",
    "raw_unicode_escape",
}
MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_CHARSET = re.compile(r"charset\s*+=\s*+[\"']?([\w.:-]{2,40})", re.IGNORECASE)


def media_type(kind: str) -> str:
    return kind.partition(";")[0].strip().lower()


def charset(kind: str) -> str:
    """The label in a Content-Type, in small letters; blank where there is none."""
    match = _CHARSET.search(kind)
    return match[1].lower() if match else ""


def declared(data: bytes, label: str, who: str) -> Decision | None:
    """The text in the charset that `who` declares; None where that is unknown or does not fit, or a byte order mark says more."""
    meant = MEANT.get(label, label)
    if not label or data.startswith(MARKS):
        return None
    try:
        if codecs.lookup(meant).name in UNKNOWN:
            return None
        text = data.decode(meant)
    except (LookupError, UnicodeError):
        return None
    if is_narrow(meant) and is_utf8(data):
        return data.decode(), "utf-8", f"valid UTF-8, though {who} declares {label}"
    return text, meant, f"{who} declares {label}"


def is_narrow(codec: str) -> bool:
    """A table of one byte for each character, in which the bytes of UTF-8 mean something too."""
    return len("é".encode().decode(codec, "replace")) == 2


def is_utf8(data: bytes) -> bool:
    """Two characters of UTF-8 above ASCII, or more, and nothing else: no other text has them by chance."""
    try:
        return sum(char > "\x7f" for char in data.decode()) >= 2
    except UnicodeDecodeError:
        return False
