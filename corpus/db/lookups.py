"""`column__holds="words"`: the words anywhere in a column, in capitals or not, as ILIKE, which a trigram index answers.

Django's `icontains` compares UPPER(column), for which no index of ours is of use.
"""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, TextField
from django.db.models.lookups import Contains


@CharField.register_lookup
@TextField.register_lookup
class Holds(Contains):
    lookup_name = "holds"

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        return f"ILIKE {rhs}"
