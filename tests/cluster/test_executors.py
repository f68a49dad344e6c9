"""A cluster whose workers come late, or never."""

import threading
import time

import pytest

from lake.engines import spark
from lake.engines.spark import NoCluster, cluster
from tests.cluster.standalone import standalone

SETTINGS = ["spark.executor.memory=512m"]


@pytest.fixture
def without_workers(tmp_path):
    (tmp_path / "cluster").mkdir()
    with standalone(tmp_path / "cluster", workers=0) as cluster:
        yield cluster


def test_a_cluster_without_workers_is_refused_and_one_whose_worker_comes_late_is_waited_for(without_workers, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(spark, "EXECUTOR_SECONDS", 3)
        refused = pytest.raises(NoCluster, match=f"The cluster {without_workers.master} has started no executor in 3 seconds")
        with refused, cluster(without_workers.master, SETTINGS):
            raise AssertionError
    begun = threading.Event()
    late = threading.Thread(target=lambda: begun.wait() and without_workers.start_worker(0))
    late.start()
    sleep = time.sleep

    def slept(seconds):
        begun.set()  # only once somebody waits
        sleep(seconds)

    monkeypatch.setattr(spark.time, "sleep", slept)
    with cluster(without_workers.master, SETTINGS) as engine:
        late.join()
        assert [result.value for result in engine.results(len, ["a", "bc"])] == [1, 2]
