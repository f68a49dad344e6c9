"""`make test-cluster` runs these; where Spark is not installed they are not collected."""

from importlib.util import find_spec

import pytest

collect_ignore_glob = [] if find_spec("pyspark") else ["test_*.py"]


@pytest.fixture(scope="session")
def standalone(tmp_path_factory):
    from tests.cluster.standalone import standalone

    with standalone(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster
