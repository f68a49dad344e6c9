"""What is said where there is no Spark to run tasks on; on one that runs, `make test-cluster` tests."""

import sys
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from benchmarks.crawls import write_crawl
from lake.engines import spark


@pytest.fixture
def read(tmp_path):
    write_crawl(tmp_path / "crawls", 1)

    def read(*options, act="read"):
        call_command("lake", act, str(tmp_path / "crawls"), "--lake", str(tmp_path / "lake"), *options)
        raise AssertionError

    yield read
    assert not (tmp_path / "lake").exists()


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Puts a program in the place of java."""

    def program(text):
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin" / "java").write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / "bin" / "java").chmod(0o755)
        monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    monkeypatch.setitem(sys.modules, "pyspark", type(sys)("pyspark"))
    return program


def test_without_the_library_it_says_how_to_get_it(read, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(CommandError, match=r"engine spark needs pyspark, .*requirements/spark\.txt.*attest\[spark\]"):
        read("--engine", "spark", "--master", "local[2]")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "exit 1",
            "No Java runs here. Spark needs Java 17 or newer: run `apt-get install default-jre-headless`, or set JAVA_HOME.",
        ),
        ("echo 'openjdk version \"11.0.2\" 2019' >&2", "is Java 11. Spark needs Java 17"),
        ("echo 'java version \"1.8.0_292\"' >&2", "is Java 8. Spark needs Java 17"),
        ("echo nothing >&2", "is Java of an unknown version. Spark needs"),
    ],
)
def test_without_a_java_that_is_new_enough_it_says_what_to_install(read, program, text, why):
    program(text)
    with pytest.raises(CommandError, match=why):
        read("--engine", "spark", "--master", "local[2]")


def test_where_no_java_is_on_the_path_it_says_so(program, monkeypatch, tmp_path):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(spark.NoCluster, match="No Java runs here"):
        spark.check_java()


@pytest.mark.parametrize("text", ['openjdk version "17.0.21" 2026-10-20', 'openjdk version "25" 2025-09-16'])
def test_a_java_that_is_new_enough_is_taken(program, text):
    program(f"echo '{text}' >&2")
    spark.check_java()


@pytest.mark.parametrize(
    "master", ["localhost:7077", "spark://host", "sc://host:15002", "local[x]", "https://host:7077", "spark://a:1;b:2"]
)
def test_what_is_no_master_is_refused(read, master):
    with pytest.raises(CommandError, match="is no master of Spark: give --master spark://HOST:7077"):
        read("--engine", "spark", "--master", master)


@pytest.mark.parametrize("master", ["local", "local[*]", "local[4]", "yarn", "k8s://https://host:6443"])
def test_what_may_be_a_master_is_taken(master):
    spark.check_master(master)


def test_a_master_that_does_not_answer_is_named(read):
    with pytest.raises(CommandError, match=r"No master of Spark answers at spark://127.0.0.1:9,127.0.0.1:1\. Start it"):
        read("--engine", "spark", "--master", "spark://127.0.0.1:9,127.0.0.1:1")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--engine", "spark"], "Name the master of Spark with --master"),
        (["--master", "local[2]"], "add --engine spark"),
        (["--conf", "spark.executor.memory=4g"], "add --engine spark"),
        (["--engine", "spark", "--master", "local", "--processes", "2"], "--conf spark.cores.max=N"),
    ],
)
def test_options_of_one_engine_are_not_those_of_the_other(read, options, why):
    with pytest.raises(CommandError, match=why):
        read(*options)


class Starting:
    """A cluster whose executors are there after so many looks at it; the driver is counted with them."""

    def __init__(self, looks):
        self.looks, self.left = 0, looks
        self._jsc = self

    def sc(self):
        return self

    def statusTracker(self):  # noqa: N802 - as Spark names it
        return self

    def getExecutorInfos(self):  # noqa: N802
        self.looks, self.left = self.looks + 1, self.left - 1
        return ["driver"] if self.left > 0 else ["driver", "executor"]


@pytest.fixture
def clock(monkeypatch):
    """Seconds pass where somebody sleeps, and nowhere else."""
    clock = SimpleNamespace(
        now=0.0, monotonic=lambda: clock.now, sleep=lambda seconds: setattr(clock, "now", clock.now + seconds)
    )
    monkeypatch.setattr(spark, "time", clock)
    return clock


@pytest.mark.parametrize("looks", [1, 7])
def test_executors_are_waited_for(clock, looks):
    context = Starting(looks)
    spark.wait_for_executors(context, "spark://host:7077")
    assert (context.looks, clock.now) == (looks, (looks - 1) * spark.EVERY)


def test_a_cluster_that_starts_no_executor_is_named_after_two_minutes(clock):
    with pytest.raises(
        spark.NoCluster, match=r"The cluster yarn has started no executor in 120 seconds\. Start its workers, or wait"
    ):
        spark.wait_for_executors(Starting(10_000), "yarn")
    assert 120 < clock.now < 122


@pytest.mark.parametrize("master", ["local", "local[*]", "local[4]"])
def test_nobody_is_waited_for_on_one_machine(clock, master):
    spark.wait_for_executors(Starting(10_000), master)
    assert clock.now == 0
