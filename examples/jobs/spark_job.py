"""
Scores a wide table on Spark: Parquet with one form per row in, Parquet with one result per form out.

    spark-submit examples/jobs/spark_job.py forms.parquet results --rules hunan/indicators@2018

or `python` instead of `spark-submit`. Rules may be a file, too; only the driver reads it.
"""

from __future__ import annotations

import argparse

from pyspark.sql import SparkSession

from perfscore.bulk.columns import meanings
from perfscore.bulk.engines import TableScorer
from perfscore.bulk.mapping import read_mapping
from perfscore.ruleset.build import load_rules


def main(arguments: list[str] | None = None) -> None:
    """Score, write, and say how many forms were what."""
    parser = argparse.ArgumentParser(description="Score a wide table on Spark.")
    parser.add_argument("forms", help="the table, one form per row")
    parser.add_argument("results", help="a folder that does not exist yet")
    parser.add_argument("--rules", required=True, help="a rule set or a rule file")
    parser.add_argument("--columns", help="a file that says what columns mean")
    options = parser.parse_args(arguments)

    spark = SparkSession.builder.appName("perfscore").getOrCreate()
    table = spark.read.parquet(options.forms)
    rules = load_rules(options.rules)
    given = read_mapping(options.columns) if options.columns else {}
    for note in meanings(table.columns, rules, given).notes:
        print(f"{note.code}: {note.says.en}")
    scorer = TableScorer(rules, table.columns, given)
    # Spark's mapInArrow takes no name with a dot in it, and facts have such: 三公经费.上年预算.
    plain = table.toDF(*(f"column{place}" for place in range(len(table.columns))))
    plain.mapInArrow(scorer.in_order, scorer.ddl).write.parquet(options.results)

    counts = {row["status"]: row["count"] for row in spark.read.parquet(options.results).groupBy("status").count().collect()}
    print(f"forms read  {sum(counts.values())} = " + " + ".join(f"{name} {counts.get(name, 0)}" for name in ("scored", "incomplete", "rejected")))


if __name__ == "__main__":
    main()
