"""Names of sanctions lists, out of the database."""

from __future__ import annotations

from typing import NamedTuple

from lake.names.listed import ListName
from registry.models import ListedName, ListVersion, SanctionsList


class NoList(ValueError):
    """There is no such list, or none of its versions can be screened."""


class ListNames(NamedTuple):
    """The names of a version of a list; `key`: the list with the number of the version."""

    key: str
    names: list[ListName]


def list_names(code: str, number: int | None = None) -> ListNames:
    """Of the current version, or of the one with this number. Raises NoList."""
    sanctions_list = SanctionsList.objects.filter(code=code).first()
    if sanctions_list is None:
        codes = ", ".join(SanctionsList.objects.order_by("code").values_list("code", flat=True)) or "none"
        raise NoList(f"There is no list “{code}”. Lists: {codes}.")
    versions = (
        sanctions_list.versions.filter(number=number)
        if number
        else sanctions_list.versions.filter(state=ListVersion.State.CURRENT)
    )
    version = versions.first()
    if version is None:
        raise NoList(f"The list {code} has no {f'version {number}' if number else 'current version'}.")
    rows = ListedName.objects.filter(entry__list=sanctions_list, entry__versions__contains=version.number)
    names = [ListName(*row) for row in rows.order_by("entry__ref", "position").values_list("entry__ref", "text")]
    return ListNames(f"{code} {version.number}", names)


def current_versions() -> dict[str, int]:
    """The number of the current version, by code of the list."""
    rows = ListVersion.objects.filter(state=ListVersion.State.CURRENT)
    return dict(rows.order_by("list__code").values_list("list__code", "number"))
