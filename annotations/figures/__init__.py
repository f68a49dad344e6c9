"""Values of figures, read from their words: numerals → money, units, periods → one reading."""

from annotations.figures.places import values_under_label
from annotations.figures.reader import read
from annotations.figures.reading import FigureReading
from annotations.figures.strangers import stranger

__all__ = ["FigureReading", "read", "stranger", "values_under_label"]
