"""Lookups of our own.

`column__holds="words"`: the words anywhere in a column, in capitals or not, as ILIKE, which a trigram index answers.

Django's `icontains` compares UPPER(column), for which no index of ours is of use.

`words__matches="'north' <1> 'korean'"`: a query of full text search as it is. Django's own lookup has PostgreSQL cut it into words.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import CharField, Lookup, TextField
from django.db.models.lookups import Contains


@CharField.register_lookup
@TextField.register_lookup
class Holds(Contains):
    lookup_name = "holds"

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        return f"ILIKE {rhs}"


@SearchVectorField.register_lookup
class Matches(Lookup):
    lookup_name = "matches"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, values = self.process_lhs(compiler, connection)
        query, more = self.process_rhs(compiler, connection)
        return f"{column} @@ {query}::tsquery", [*values, *more]
