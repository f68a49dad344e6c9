"""Statements: what an article says of an event or a figure, as a sentence that a report can print.

Pure. The patterns are data of the scheme, under `sentences` (`domain/scheme.md` describes them):

    An unnamed manager of North Korean workers at the textile factory told Daily NK that 170 workers of the textile factory had
    been forced to return to North Korea from Dandong between 5 August and 30 September 2017 (dates inferred).

What nobody chose is never asserted: without a status or a polarity a clause is only mentioned.
"""
