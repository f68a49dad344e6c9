"""Read from the words around a trigger: status, polarity and certainty of its event, and the type's own attributes.

Pure. What a word says is the scheme's (`factuality` in scheme.json); how far it reaches is grammar and stands here.
"""

from annotations.factuality.reader import read
from annotations.factuality.reading import FactualityReading, OfferedValue, offered

__all__ = ["FactualityReading", "OfferedValue", "offered", "read"]
