"""How names are compared: lower case, straight quotation marks, single spaces, no article in front.

The database keeps this form in a column of its own beside each name, since only a stored form can be
indexed; a question is brought into it by the same expression, so that both always agree.

Whether two names are the same is a question of its own: there punctuation, the width of letters and the
legal form of a company do not count either. `static/annotator/text/naming.js` has the same rule, and
`tests/names.json` holds both.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Case, F, Func, TextField, Value, When

from registry.names.script import SCRIPTS

CURLY, STRAIGHT = "’‘“”", "''\"\""
LEGAL_FORMS = frozenset(
    "ltd limited co company corp corporation inc incorporated llc llp plc gmbh ag sa sarl srl spa bv nv oy ab "
    "pte pty sdn bhd jsc ojsc pjsc ooo oao zao kk".split()
)
LEGAL_SIGNS = re.compile(r"股份有限公司|有限责任公司|有限公司|株式会社|주식회사|\(주\)")
# Punctuation, symbols and spaces, which part words; NFKC leaves few beyond these blocks.
APART = {code: " " for code in range(0x3100) if unicodedata.category(chr(code))[0] in "PSZ"}
ARTICLE, INNER_DOT = re.compile(r"^(the|a|an)\s+(?=.)"), re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_])")
CURLED = str.maketrans(CURLY, STRAIGHT)
# Signs that the database takes out of a name before it looks for what two names have in common.
SIGNS = " .,;:!'\"&()/-\u2010\u2013\u2014\u00b7\u30fb"
SQUEEZED = f"translate(lower(normalize({{0}}, NFKC)), $signs${SIGNS}$signs$, '')"


def plain(words: Any) -> Any:
    """An expression (or the name of a column) → its comparable form, as an expression."""
    straight = text("translate", words, CURLY, STRAIGHT)
    spaced = text("regexp_replace", straight, "[[:space:]]+", " ", "g")
    lowered = text("lower", text("btrim", spaced))
    return text("regexp_replace", lowered, "^(the|a|an) (?=.)", "")


def folded(name: str) -> str:
    """What two names have in common that are the same; never empty for a name that has a letter or digit."""
    words = unicodedata.normalize("NFKC", name).translate(CURLED).lower().strip()
    words = INNER_DOT.sub("", LEGAL_SIGNS.sub(" ", ARTICLE.sub("", words)))
    parts = words.translate(APART).split()
    while len(parts) > 1 and parts[-1] in LEGAL_FORMS:
        parts.pop()
    return "".join(parts)


def text(function: str, first: Any, *others: str) -> Func:
    values = [Value(other, output_field=TextField()) for other in others]
    return Func(first, *values, function=function, output_field=TextField())


def plain_value(words: str) -> Any:
    """Words that somebody typed, in the form of the column `plain`."""
    return plain(Value(words, output_field=TextField()))


def plain_column() -> models.GeneratedField:
    """The comparable form of the column `name`, kept by the database."""
    return models.GeneratedField(expression=plain("name"), output_field=TextField(), db_persist=True)


# What tells each script apart in a name; where a name has several, the first one counts: 데일리NK is Hangul.
WRITTEN_IN = (*((script, signs.pattern) for script, signs in SCRIPTS), ("latin", "[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"))
NO_SCRIPT = "other"
LETTERS = tuple((script, re.compile(pattern)) for script, pattern in WRITTEN_IN)


def script_column() -> models.GeneratedField:
    """The script of the letters in the column `name`, worked out by the database: nobody types it."""
    cases = [When(name__regex=pattern, then=Value(script)) for script, pattern in WRITTEN_IN]
    expression = Case(*cases, default=Value(NO_SCRIPT), output_field=models.CharField(max_length=10))
    return models.GeneratedField(expression=expression, output_field=models.CharField(max_length=10), db_persist=True)


def letters_of(name: str) -> str:
    """The script of a name, as `script_column` has it."""
    return next((script for script, signs in LETTERS if signs.search(name)), NO_SCRIPT)


def indexed(column: str) -> OpClass:
    """The column in an index that also finds beginnings, whatever the collation of the database."""
    return OpClass(F(column), "text_pattern_ops")
