"""
What a job on Spark comes to is what one process comes to, bit for bit; left out where Spark or Java is missing.

It is not part of `.[dev]`. To run it: Java 17 or later, `pip install -e '.[dev,spark]'`, `pytest tests/process/test_spark.py -s`.
"""

import os
import random
import runpy
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.tree import ROOT

pa = pytest.importorskip("pyarrow")
pytest.importorskip("numpy")
pyspark = pytest.importorskip("pyspark", reason="Spark is an extra of its own: pip install 'perfscore[spark]'")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java", allow_module_level=True)

import pyarrow.parquet as pq  # noqa: E402 — pyarrow may be missing

from perfscore.bulk import evaluate_table  # noqa: E402
from perfscore.bulk.engines import TableScorer  # noqa: E402

RULES, FORMS, FILES = "hunan/indicators@2018", 6_000, 7
MONEY = ("三公经费.上年预算", "三公经费.本年预算", "上年结转", "年初预算数", "本年追加预算", "年末结余")


def amount(chance: random.Random) -> str | None:
    kind = chance.random()
    if kind < 0.01:
        return chance.choice([None, "", "/", "约一百", "1,234.50", "12万元", "0", "-3.5"])
    return f"{chance.randrange(1, 40) * 5}" if kind < 0.3 else f"{chance.randrange(1, 90_000_000) / 100:.2f}"


def made(folder: Path) -> Any:
    """A table in several files, most forms of it complete, some with gaps, with words and with years that are none."""
    chance = random.Random(6)
    table = pa.table({
        "表号": [f"{place:06}" for place in range(FORMS)],
        "填报单位": [f"第{place}局（虚构）" for place in range(FORMS)],
        "年度": [chance.choice(["2018"] * 200 + ["2018年", "二〇一八", None]) for _ in range(FORMS)],
        "编制数": pa.array([chance.randrange(1, 300) for _ in range(FORMS)], pa.int64()),
        "在职人数": pa.array([chance.choice([None] + [chance.randrange(0, 300) for _ in range(99)]) for _ in range(FORMS)], pa.int64()),
        **{name: [amount(chance) for _ in range(FORMS)] for name in MONEY},
    })  # fmt: skip
    folder.mkdir()
    size = FORMS // FILES + 1
    for number in range(FILES):
        pq.write_table(table.slice(number * size, size), folder / f"{number}.parquet", row_group_size=500)
    return table


@pytest.mark.filterwarnings("default")
def test_a_job_on_spark_is_one_process_bit_for_bit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyspark.sql import SparkSession

    table = made(tmp_path / "forms")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]))
    settings = {"spark.ui.enabled": "false", "spark.sql.execution.arrow.maxRecordsPerBatch": "777", "spark.sql.files.maxPartitionBytes": "100000"}
    builder = SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    try:
        spark.sparkContext.setLogLevel("ERROR")
        partitions = spark.read.parquet(str(tmp_path / "forms")).rdd.getNumPartitions()
        runpy.run_path(str(ROOT / "examples" / "jobs" / "spark_job.py"))["main"](
            [str(tmp_path / "forms"), str(tmp_path / "results"), "--rules", RULES]
        )
    finally:
        spark.stop()
    found = pq.read_table(tmp_path / "results").sort_by("key").to_pylist()
    scorer = TableScorer(RULES, table.schema.names)
    expected = scorer.table(table).to_pylist()
    alone = list(evaluate_table(table, RULES))
    differences = [(one, other) for one, other in zip(found, expected, strict=True) if one != other]
    told = ("status", "score", "low", "high", "points", "grade", "leaves_missing")
    against = [(one, other) for one, other in zip(found, alone, strict=True) if any(one[name] != other[name] for name in told)]
    # What to write down of a run: `-s` shows it.
    print(f"pyspark {pyspark.__version__}, pyarrow {pa.__version__}, {partitions} partitions, {len(found)} rows")  # noqa: T201
    print(f"differences from one process {len(differences)}, from forms one by one {len(against)}")  # noqa: T201
    assert partitions > 1
    assert {row["status"] for row in found} == {"scored", "incomplete", "rejected"}
    assert differences == []
    assert against == []
