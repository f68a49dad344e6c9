"""Values of figures, read from their words: numerals → money, units, periods → one reading."""

from annotations.figures.places import placed
from annotations.figures.reader import read
from annotations.figures.reading import Reading
from annotations.figures.strangers import stranger

__all__ = ["Reading", "placed", "read", "stranger"]
