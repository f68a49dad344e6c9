"""Exported tables in Spark, by the commands of docs/formats.md."""

import io
import zipfile

from pyspark.sql import SparkSession

from annotations.formats.tables import parquet
from tests.annotations.formats.native import written
from tests.annotations.formats.test_parquet import COMMANDS, SUMS


def test_a_corpus_that_is_called_as_a_number_is_a_text(standalone, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for corpus in ("2017", "demo"):
        content, _ = written(parquet, corpus=corpus)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            archive.extractall(tmp_path)
    spark = SparkSession.builder.master(standalone.master).getOrCreate()
    try:
        for command in COMMANDS[2:]:
            exec(command.replace('"figures"', f'"{tmp_path}/figures"'), {"spark": spark})
    finally:
        spark.stop()
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in capsys.readouterr().out.splitlines() if line.startswith("|")
    ]
    sums = {(corpus, currency): float(low) for corpus, currency, low in rows[1:] if currency in SUMS}
    assert sums == {(corpus, currency): low for corpus in ("2017", "demo") for currency, low in SUMS.items()}
