"""Crawls and lake in a bucket, read and screened by executors that share no folder: the same objects as one machine makes."""

import pytest

from benchmarks.crawls import PLANTED_NAMES, write_crawl
from lake.engines.reading import read
from lake.engines.screening import screen
from lake.engines.spark import cluster
from lake.files.addresses import lake_at
from lake.names.listed import ListName
from tests.s3 import s3_server

CRAWLS = "s3://web/crawls"
NAMES = [ListName(str(number), name) for number, name in enumerate(PLANTED_NAMES)]


@pytest.fixture
def server(tmp_path, monkeypatch):
    write_crawl(tmp_path / "crawls", 24, in_a_file=6)
    with s3_server() as server:
        for path in (tmp_path / "crawls").iterdir():
            server.put(f"web/crawls/{path.name}", path.read_bytes())
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


def objects(server, prefix):
    return {key.removeprefix(prefix): content for key, content in server.objects.items() if key.startswith(prefix)}


def test_a_cluster_reads_and_screens_from_a_bucket_into_a_bucket(standalone, server):
    settings = [f"spark.executorEnv.{name}={value}" for name, value in server.environment.items()]
    with cluster(standalone.master, ["spark.executor.memory=512m", *settings]) as engine:
        far = lake_at("s3://web/far")
        outcome = read(far, [CRAWLS], engine=engine)
        assert (outcome.failures, outcome.manifest["counts"]["pages"]) == ([], 24)
        screen(far, "MADE 1", NAMES, engine=engine)
    near = lake_at("s3://web/near")
    read(near, [CRAWLS], processes=1)
    screen(near, "MADE 1", NAMES, processes=1)
    assert objects(server, "web/far/") == objects(server, "web/near/")
