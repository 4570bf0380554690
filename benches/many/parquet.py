"""
From Parquet: what reading and scoring costs against decoding alone, in time, and in memory of processes of their own.

Both read the same file with the same options; decoding drops every batch that it was given.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from benches.many.data import table, thirteen
from benches.many.peers import decimal128

from perfscore.bulk.columns import meanings
from perfscore.bulk.readers import read
from perfscore.bulk.wide import WideScorer
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.plan import plan

ROOT = Path(__file__).resolve().parent.parent.parent
RULES = ROOT / "benches" / "rules" / "wide.yaml"
#: Forms of a piece that is written at once.
PIECE = 1 << 20


def write(path: Path, forms: int) -> None:
    """A file of row groups as pyarrow makes them, with decimals of 18 digits, in constant memory."""
    batch = decimal128(table(thirteen(min(forms, PIECE), ties=False)))
    with pq.ParquetWriter(path, batch.schema) as writer:
        for first in range(0, forms, PIECE):
            writer.write_batch(batch.slice(0, min(PIECE, forms - first)))


def decode(path: Path) -> None:
    """By pyarrow as it comes: batches of 65,536 rows, pre-buffered, on all processors."""
    for _ in pq.ParquetFile(path).iter_batches():
        pass


def decode_best(path: Path) -> None:
    """By pyarrow with what was found to be quickest here."""
    for _ in pq.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20).iter_batches(batch_size=1 << 16):
        pass


def scorer(path: Path) -> WideScorer:
    rules = load_rules(str(RULES))
    return WideScorer(plan(rules), meanings(read(str(path)).names, rules), str(path))


def score(made: WideScorer, path: Path) -> list[np.ndarray]:
    """The totals of a file, batch by batch."""
    return [made.score(batch).total for batch in read(str(path)).batches()]


def memory(what: str, path: Path) -> float:
    """The most memory, in MB, of a process that does only this."""
    command = [sys.executable, "-m", "benches.many.parquet", what, str(path)]
    search = ":".join(filter(None, (str(ROOT), str(ROOT / "src"), *sys.path)))
    found = subprocess.run(command, check=True, capture_output=True, text=True, env={"PYTHONPATH": search})
    return float(found.stdout)


def main(what: str, path: str) -> None:
    if what == "score":
        made = scorer(Path(path))
        for batch in read(path).batches():
            made.score(batch)
    elif what == "decode":
        decode_best(Path(path))
    print(_most())


def _most() -> float:
    # Linux keeps `ru_maxrss` over the start of a new program: it would be that of the process that started this one.
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
