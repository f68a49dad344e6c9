"""The matcher of names: how alike two names are, from 0 to 100, and why.

A score depends on the matcher, the two names, their kind and the facts beside them, and on nothing else: no list, locale or clock has a part in it.
Whoever changes a rule so that a score changes gives the matcher a new number.
"""

from registry.names.bound import within_reach
from registry.names.compare import compare, compare_analysed
from registry.names.explain import CANDIDATE, MATCHER, SAME_NAME, STRONG, Match, NameFacts
from registry.names.keys import key_points, key_weights, keys
from registry.names.tokens import analyse

__all__ = [
    "CANDIDATE",
    "MATCHER",
    "SAME_NAME",
    "STRONG",
    "Match",
    "NameFacts",
    "analyse",
    "compare",
    "compare_analysed",
    "key_points",
    "key_weights",
    "keys",
    "within_reach",
]
