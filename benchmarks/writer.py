"""What a further submission costs the one process of `course grade` that a cluster does not multiply.

    python benchmarks/writer.py [LESSON] [FEW] [MANY] [TURNS]

A class of FEW and a class of MANY are graded, each TURNS times. The difference in the processor time of the
process that reads, sends and writes, divided by the difference in submissions, is one share, *g* in
docs/cluster.md. The same difference in clock time, times the cores, is at least *w* + *g*.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from grading import ENVIRONMENT, make_course

# The command itself, and at its end what it has used: its own processor time, its wall clock.
COMMAND = """
import sys, time
start = time.perf_counter()
from helpers.teaching.cli import app
try:
    app()
finally:
    print(time.process_time(), time.perf_counter() - start, file=sys.stderr)
"""


def used(folder: Path, lesson: str) -> tuple[float, float]:
    """Seconds of processor and of clock that one process took to have a class graded."""
    command = [sys.executable, "-c", COMMAND, "grade", lesson, "--force", "--csv", "points.csv"]
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    processor, clock = done.stderr.split()[-2:]
    return float(processor), float(clock)


def main(lesson: str = "02_filtering", few: str = "100", many: str = "300", turns: str = "3") -> None:
    """Measure, and print what came out."""
    more, cores = int(many) - int(few), len(os.sched_getaffinity(0))
    shares = []
    with tempfile.TemporaryDirectory() as scratch:
        small, large = (make_course(Path(scratch) / count, lesson, int(count)) for count in (few, many))
        for _ in range(int(turns)):
            before, after = used(small, lesson), used(large, lesson)
            shares.append([(b - a) / more * 1000 for a, b in zip(before, after, strict=True)])
            print(
                f"g = {shares[-1][0]:.2f} ms of processor, {shares[-1][1]:.1f} ms of clock on {cores} cores"
            )
    processor, clock = (statistics.median(share) for share in zip(*shares, strict=True))
    print(f"Median: g = {processor:.2f} ms; {clock * cores:.0f} core-ms for all of a further submission.")


if __name__ == "__main__":
    main(*sys.argv[1:])
