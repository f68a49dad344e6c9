"""XML from strangers: without a document type, so that nothing in it can unfold or point elsewhere. Pure."""

from __future__ import annotations

import io
import re
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from annotations.formats.base import Unreadable

# What no XML 1.0 document can hold, not even as a character reference.
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"


def refuse_types(raw: bytes, location: str) -> None:
    """Raises Unreadable for a document type, which stands before the first element, and for what is no XML."""
    try:
        for _ in iterparse(io.BytesIO(raw), events=("start",), forbid_dtd=True):
            return
    except DefusedXmlException:
        raise Unreadable(f"{location}: has a document type (DOCTYPE), which is not allowed") from None
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable(f"{location}: not XML: {error}") from None


def sayable(text: str) -> str:
    """The text with U+FFFD for what XML cannot hold; as long as before, so that positions stay."""
    return ILLEGAL.sub(REPLACEMENT, text)
