# SPDX-License-Identifier: Apache-2.0
"""Daybook's queue beside huey and litequeue, two durable queues on SQLite, interleaved.

A cycle of Daybook: the transactions of a file are taken in, thirty exports at a time are claimed and settled. A cycle of the
others: each job is put in, fetched and done, and its end is written down; their payload is the same transaction's text. huey
runs with fsync. litequeue as it comes syncs nothing at a commit; it is measured so, and with the durability that Daybook has.
"""

import argparse
import json
import logging
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from huey import SqliteHuey
from litequeue import LiteQueue

from daybook_drain import sample_transactions

_HERE = Path(__file__).resolve().parent
_GOAL = 10


def main():
    options = _options()
    binaries = _HERE.parent / ".build" / options.configuration
    rates = {}
    with tempfile.TemporaryDirectory(prefix="daybook-queue-", dir=options.directory) as folder:
        rows = sample_transactions(binaries / "daybook", folder, options.documents)
        file = Path(folder) / "transactions.ndjson"
        file.write_bytes(b"\n".join(rows) + b"\n")
        jobs = [row.decode() for row in rows[:options.jobs]]
        for run in range(1, options.runs + 1):
            here = Path(folder) / str(run)
            here.mkdir()
            measured = cycles(binaries / "queue-cycle", here / "data", here, file, jobs)
            for name, rate in measured.items():
                rates.setdefault(name, []).append(rate)
            print(f"  run {run}: " + ", ".join(f"{name} {by_clock:.0f}/s ({by_cpu:.0f} a CPU second)"
                                                for name, (by_clock, by_cpu) in measured.items()), file=sys.stderr)
    return _report(options, rates)


def _options():
    parser = argparse.ArgumentParser(prog="make bench ARGS=queue", description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=20_000, help="transactions of a cycle (default 20000)")
    parser.add_argument("--jobs", type=int, default=3_000, help="jobs of the others' cycle (default 3000)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each, interleaved (default 5)")
    parser.add_argument("--directory", help="on which disk to measure (default: the one for temporary files)")
    parser.add_argument("--configuration", default="release", choices=["release", "debug"])
    return parser.parse_args()


def cycles(binary, data, folder, file, jobs):
    """Cycles a second by the clock and for each second of CPU: Daybook's in the folder `data`, the others' in new files."""
    return {
        "daybook": _daybook(binary, data, file),
        "huey": _timed(_huey, folder, jobs),
        "litequeue": _timed(_litequeue, folder, jobs, "FULL"),
        "litequeue as it comes": _timed(_litequeue, folder, jobs, "NORMAL"),
    }


def _daybook(binary, data, file):
    finished = subprocess.run(
        [binary, data, file], check=True, stdout=subprocess.PIPE, text=True)
    run = json.loads(finished.stdout)
    return run["documents"] / run["seconds"], run["documents"] / run["cpuSeconds"]


def _timed(cycle, folder, jobs, *more):
    started, cpu = time.monotonic(), time.process_time()
    cycle(folder, jobs, *more)
    cpu, seconds = time.process_time() - cpu, time.monotonic() - started
    return len(jobs) / seconds, len(jobs) / cpu


def _huey(folder, jobs):
    logging.getLogger("huey").setLevel(logging.ERROR)
    huey = SqliteHuey(filename=str(folder / "huey.db"), fsync=True)

    @huey.task()
    def post(text):
        return len(text)

    for job in jobs:
        post(job)
    done = 0
    while (task := huey.dequeue()) is not None:
        huey.execute(task)
        done += 1
    if done != len(jobs):
        raise SystemExit(f"bench: huey did {done} of {len(jobs)} jobs")


def _litequeue(folder, jobs, synchronous):
    queue = LiteQueue(filename_or_conn=str(folder / f"litequeue-{synchronous}.db"))
    queue.conn.execute(f"PRAGMA synchronous = {synchronous}")
    for job in jobs:
        queue.put(job)
    done = 0
    while (message := queue.pop()) is not None:
        queue.done(message.message_id)
        done += 1
    if done != len(jobs):
        raise SystemExit(f"bench: litequeue did {done} of {len(jobs)} jobs")


def _report(options, rates):
    """Prints the table; 0 if the goals are met."""
    clock = {name: statistics.median(rate for rate, _ in runs) for name, runs in rates.items()}
    cpu = {name: statistics.median(rate for _, rate in runs) for name, runs in rates.items()}
    print(f"\nTake in, claim, settle: cycles of the queue, median of {options.runs} interleaved runs, "
          f"{options.configuration} build")
    print(f"  {'':24} {'cycles/s':>10} {'daybook / it':>13} {'by CPU':>8} {'goal':>6}")
    met = True
    for name in clock:
        line = f"  {name:24} {clock[name]:10.0f}"
        if name != "daybook":
            shares = [ours[0] / theirs[0] for ours, theirs in zip(rates["daybook"], rates[name])]
            share = statistics.median(shares)
            line += f" {share:13.1f} {cpu['daybook'] / cpu[name]:8.1f}"
            if name != "litequeue as it comes":
                met = met and share >= _GOAL
                line += f" {'>= ' + str(_GOAL):>6}  {'met' if share >= _GOAL else 'NOT MET'}"
        print(line)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
