"""Dates of events, read from their words: words → tokens → points in time → EDTF and what it rests on."""

from annotations.dates.calendar import Published
from annotations.dates.reading import Moment
from annotations.dates.resolve import resolve

__all__ = ["Moment", "Published", "resolve"]
