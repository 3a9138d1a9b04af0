# SPDX-License-Identifier: Apache-2.0
"""All goals that hold with a million exports in the folder, in one run: the rows of the other tables, by turns.

Three folders are filled alike: one that is not connected, which takes transactions and whose pages are read; one that is
connected, whose pages are read and which posts; and the database of the bare loop. Each round measures each row once, Daybook's
and its rival's, so that a machine that slows down slows both.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench import python_run
from daybook_drain import Daybook, NoSandbox, sample_transactions, wait_until
from fill import fill
from intake import Intake
from processes import Listening
from queue_cycle import cycles
from reading import API_SHARE, PAGE_LIMIT, READY_LIMIT, RESIDENT_LIMIT, pages, rates
from standard_numbers import ACCOUNT_NUMBERS

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "scripts", "clients"))
from sandbox import Sandbox  # noqa: E402

_BINARIES = Path(__file__).resolve().parent.parent / ".build" / "release"


def main():
    options = _options()
    with tempfile.TemporaryDirectory(prefix="daybook-million-", dir=options.directory) as folder, _sandbox() as intuit:
        rounds = _Rounds(options, Path(folder), Sandbox(intuit.url))
        rounds.prepare()
        for number in range(1, options.runs + 1):
            began = time.monotonic()
            rounds.run(number)
            print(f"  round {number}: {time.monotonic() - began:.0f} s", file=sys.stderr)
        return rounds.report()


def _options():
    parser = argparse.ArgumentParser(prog="make bench ARGS=million", description=__doc__.splitlines()[0])
    parser.add_argument("--exports", type=int, default=1_000_000, help="exports in each folder (default 1000000)")
    parser.add_argument("--days", type=int, default=3_650, help="over how many days (default 3650)")
    parser.add_argument("--imported", type=int, default=50_000, help="transactions an import takes (default 50000)")
    parser.add_argument("--calls", type=int, default=4_000, help="transactions taken in a call each (default 4000)")
    parser.add_argument("--documents", type=int, default=10_000, help="documents posted (default 10000)")
    parser.add_argument("--jobs", type=int, default=3_000, help="jobs of the other queues' cycle (default 3000)")
    parser.add_argument("--rounds", type=int, default=20, help="how often each page is opened in a round (default 20)")
    parser.add_argument("--runs", type=int, default=5, help="rounds (default 5)")
    parser.add_argument("--directory", help="on which disk to measure (default: the one for temporary files)")
    return parser.parse_args()


def _sandbox():
    return Listening([_BINARIES / "intuit-sandbox", "serve", "--listen", "127.0.0.1:0", "--no-throttles"])


class _Rounds:
    def __init__(self, options, folder, sandbox):
        self._options, self._folder, self._sandbox = options, folder, sandbox
        self._intake = Intake(_BINARIES / "daybook", folder, options.calls)
        # What was measured, and the goal, by each row's name, in the order in which the rows came.
        self._measured, self._goals = {}, {}

    def prepare(self):
        options = self._options
        self._sample = sample_transactions(
            _BINARIES / "daybook", self._folder, max(options.imported, options.documents, options.calls))
        plain, connected, bare = (self._folder / name for name in ("plain", "connected", "bare"))
        with self._daybook(plain) as daybook:
            daybook.call("PUT", "/api/v1/account-numbers", ACCOUNT_NUMBERS)
        began = time.monotonic()
        # Nothing waits, so that a round posts only what it brings.
        fill(plain / "data" / "daybook.db", options.exports, options.days, open_share=0)
        size = os.path.getsize(plain / "data" / "daybook.db") / 1_000_000
        print(f"  filled in {time.monotonic() - began:.0f} s, {size:.0f} MB", file=sys.stderr)
        for copy in (connected, bare):
            shutil.copytree(plain, copy)
        with self._daybook(connected, self._sandbox) as daybook:
            daybook.connect(self._sandbox)()

    def run(self, number):
        self._read(self._folder / "plain", "not connected", None)
        self._take(number)
        self._read(self._folder / "connected", "connected", self._sandbox)
        self._post(number)
        self._cycle(number)

    def report(self):
        print(f"\n{self._options.exports} exports in the folder, release build, median of {self._options.runs} interleaved rounds; "
              "in brackets the lowest and the highest")
        all_met = True
        for name, values in self._measured.items():
            digits, unit, goal, is_met = self._goals[name]
            middle = statistics.median(values)
            met = is_met is None or is_met(middle)
            all_met = all_met and met
            value = f"{middle:.{digits}f} [{min(values):.{digits}f}, {max(values):.{digits}f}] {unit}".rstrip()
            print(f"  {name:42} {value:>30} {goal:>10}  {'' if is_met is None else 'met' if met else 'NOT MET'}".rstrip())
        return 0 if all_met else 1

    def _note(self, name, value, digits, unit="", at_most=None, at_least=None):
        self._measured.setdefault(name, []).append(value)
        goal = f"<= {at_most}" if at_most is not None else f">= {at_least}" if at_least is not None else ""
        is_met = (lambda v: v <= at_most) if at_most is not None else (lambda v: v >= at_least) if goal else None
        self._goals[name] = (digits, unit, goal, is_met)

    def _daybook(self, folder, sandbox=NoSandbox):
        folder.mkdir(exist_ok=True)
        return Daybook(_BINARIES / "daybook", folder, sandbox)

    def _read(self, folder, when, sandbox):
        began = time.monotonic()
        with self._daybook(folder, sandbox or NoSandbox) as daybook:
            self._note(f"ready, {when}", time.monotonic() - began, 2, "s", at_most=READY_LIMIT)
            for name, milliseconds in pages(daybook, self._options.rounds):
                self._note(f"{name}, {when}", milliseconds, 1, "ms", at_most=PAGE_LIMIT)
            health, shares = rates(daybook)
            self._note(f"/health, {when}", health, 0, "/s")
            for path, share in shares.items():
                self._note(f"{path}, {when}", share, 2, "of it", at_least=API_SHARE)
            time.sleep(10)
            self._note(f"at rest, {when}", daybook.resident_megabytes, 0, "MB", at_most=RESIDENT_LIMIT)

    def _take(self, number):
        options, data = self._options, self._folder / "plain" / "data"
        rows = self._intake.rows(self._sample[:options.imported], f"import{number}")
        rate, bare, cpu, resident = self._intake.imports(data, self._folder / "bare" / "data", rows)
        self._note("bare SQLite, 256 rows a commit", bare, 0, "rows/s")
        self._note("daybook import / bare SQLite", rate / bare, 2, at_least=0.25)
        self._note("  the same by CPU alone", cpu, 2)
        self._note("daybook import, resident at most", resident, 0, "MB", at_most=150)
        raw = self._intake.raw_commits()
        self._note("raw SQLite commits, FULL", raw, 0, "/s")
        for clients, goal in ((1, 0.4), (64, 1.0)):
            rows = self._intake.rows(self._sample[:options.calls], f"calls{clients}-{number}")
            rate = self._intake.calls(data, rows, clients)
            self._note(f"one transaction a call, {clients} clients", rate, 0, "/s")
            self._note(f"  / raw commits, {clients} clients", rate / raw, 2, at_least=goal)

    def _post(self, number):
        count = self._options.documents
        folder = self._folder / "connected"
        self._intake.import_file(folder / "data", self._intake.rows(self._sample[:count], f"post{number}"))
        before = self._sandbox.documents()
        with self._daybook(folder, self._sandbox) as daybook:
            wait_until(lambda: self._sandbox.documents() - before >= count, "the sandbox has every document")
            wait_until(lambda: not daybook.waiting, "Daybook knows that it has posted them")
            # Counted from its start, so that opening the folder is included.
            ours = 1000 * daybook.cpu_seconds / count
        with _sandbox() as intuit:
            run = python_run(intuit.url, count)
        theirs = 1000 * run["cpuSeconds"] / count
        self._note("python-quickbooks, CPU per document", theirs, 3, "ms")
        self._note("daybook, CPU per document", ours, 3, "ms")
        self._note("daybook / python-quickbooks", ours / theirs, 2, at_most=0.15)

    def _cycle(self, number):
        """In the connected folder: in the other one the exports that were taken in a call each still wait, and would be claimed too."""
        options, here = self._options, self._folder / f"queue{number}"
        here.mkdir()
        file = self._intake.rows(self._sample[:options.documents], f"cycle{number}")
        jobs = [row.decode() for row in self._sample[:options.jobs]]
        measured = cycles(_BINARIES / "queue-cycle", self._folder / "connected" / "data", here, file, jobs)
        ours = measured.pop("daybook")[0]
        self._note("queue cycles, daybook", ours, 0, "/s")
        for name, (theirs, _) in measured.items():
            self._note(f"  / {name}", ours / theirs, 1, **({} if name.endswith("comes") else {"at_least": 10}))
        shutil.rmtree(here)


if __name__ == "__main__":
    sys.exit(main())
