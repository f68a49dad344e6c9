"""Every address of the admin, asked by every role: it is for staff, and for nobody else."""

from contextlib import suppress

from django.contrib import admin
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.api.world import ROLES


def addresses(world):
    """(name, address) of every page of the admin; the ones of an object with an object of the foreign corpus."""
    space = next(p for p in get_resolver().url_patterns if getattr(p, "namespace", "") == "admin")
    for pattern in flat(space.url_patterns):
        if pattern.name in (None, "login", "logout"):
            continue
        for arguments in (list, lambda name=pattern.name: [first_of(name)], lambda: ["corpus"]):
            with suppress(NoReverseMatch):
                yield pattern.name, reverse(f"admin:{pattern.name}", args=arguments())
                break


def flat(patterns):
    for pattern in patterns:
        yield from flat(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern]


def first_of(name):
    """The key of a row of the table that the page is of."""
    model = next((m for m in admin.site._registry if name.startswith(f"{m._meta.app_label}_{m._meta.model_name}_")), None)
    row = model and model.objects.first()
    return row.pk if row else 1


def test_every_address_of_the_admin_is_asked(world):
    space = next(p for p in get_resolver().url_patterns if getattr(p, "namespace", "") == "admin")
    named = {pattern.name for pattern in flat(space.url_patterns) if pattern.name} - {"login", "logout"}
    assert {name for name, _ in addresses(world)} == named


def test_who_is_not_staff_gets_no_page_of_the_admin(world):
    let_in = []
    for name, address in addresses(world):
        for role in set(ROLES) - {"site_admin"}:
            response = world.clients[role].get(address)
            if response.status_code not in (302, 403, 404) or world.own.canary.encode() in response.content:
                let_in.append((role, name, response.status_code))
    assert let_in == []


def test_the_site_admin_gets_every_page_without_a_failure(world):
    failed = []
    for name, address in addresses(world):
        response = world.clients["site_admin"].get(address)
        if response.status_code >= 500:
            failed.append((name, response.status_code))
    assert failed == []
