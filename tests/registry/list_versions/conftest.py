import json

import pytest

from config.environment import ROOT
from registry.list_versions.load import load
from registry.list_versions.submit import submit
from registry.models import SanctionsList

FIXTURES = json.loads((ROOT / "tests/registry/list_versions/own_list.json").read_text())


@pytest.fixture
def sanctions_list(db):
    return SanctionsList.objects.create(code="TEST", name="Test list", issuer="Test Authority")


@pytest.fixture
def loaded(sanctions_list):
    """Load a text as the next version of the list."""

    def load_text(text, **options):
        content = text if isinstance(text, bytes) else text.encode()
        return load(submit(sanctions_list, content, name="own.csv", **options))

    return load_text
