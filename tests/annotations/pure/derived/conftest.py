"""The gold without everything that is derived, and its derived fields made anew."""

import copy

import pytest

from annotations.derived.document import derive

DERIVED = {
    "mentions": ("attribution",),
    "events": ("triggers", "attributions", "factuality", "realis"),
    "entities": ("mentions",),
}


@pytest.fixture
def bare(gold):
    """What people typed in, and nothing else."""
    stripped = copy.deepcopy(gold)
    for array, fields in DERIVED.items():
        for item in stripped[array]:
            for field in fields:
                item.pop(field, None)
    del stripped["checks"], stripped["counts"]
    return stripped


@pytest.fixture
def of_bare(bare):
    arrays = ("mentions", "events", "attributions", "measure_refs", "entities")
    known = {item["id"]: item for array in arrays for item in bare[array]}
    return known.__getitem__


@pytest.fixture
def derived(bare, scheme, text):
    """The bare gold, as the test has left it, with its derived fields."""
    return lambda view=scheme: derive(bare, view, text)


@pytest.fixture
def checks(derived):
    """Derived checks of a code."""
    return lambda code, **kwargs: [check for check in derived(**kwargs)["checks"] if check["code"] == code]
