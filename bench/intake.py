# SPDX-License-Identifier: Apache-2.0
"""How quickly transactions are taken, beside what SQLite alone does in the same run.

import: `daybook import` of transactions into a folder that holds others already, and the same rows (transactions, exports,
lines) inserted into a copy of that folder's database by a bare loop, 256 rows a commit. one call each: a transaction a call
through `daybook serve`, and single rows committed by SQLite; both wait for the disk at every commit (FULL).
"""

import argparse
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from daybook_drain import Daybook, NoSandbox, sample_transactions

_HERE = Path(__file__).resolve().parent
_TABLES = ["transactions", "exports", "entry_lines"]
_ROWS_A_COMMIT = 256
# The longest sample has few more transactions.
_MOST_SAMPLE = 250_000


def main():
    options = _options()
    daybook = _HERE.parent / ".build" / options.configuration / "daybook"
    with tempfile.TemporaryDirectory(prefix="daybook-intake-", dir=options.directory) as folder:
        bench = _Bench(daybook, Path(folder), options)
        return bench.run()


def _options():
    parser = argparse.ArgumentParser(prog="make bench-intake", description=__doc__.splitlines()[0])
    parser.add_argument("--exports", type=int, default=1_000_000, help="exports in the folder before (default 1000000)")
    parser.add_argument("--imported", type=int, default=100_000, help="transactions an import takes (default 100000)")
    parser.add_argument("--calls", type=int, default=5_000, help="transactions taken in a call each (default 5000)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each, interleaved (default 5)")
    parser.add_argument("--directory", help="on which disk to measure (default: the one for temporary files)")
    parser.add_argument("--configuration", default="release", choices=["release", "debug"])
    return parser.parse_args()


class _Bench:
    def __init__(self, daybook, folder, options):
        self._daybook, self._folder, self._options = daybook, folder, options
        self._intake = Intake(daybook, folder, options.calls)

    def run(self):
        options = self._options
        needed = max(min(options.exports, _MOST_SAMPLE), options.imported, options.calls)
        sample = sample_transactions(self._daybook, self._folder, needed)
        full, bare_folder = self._folder / "full", self._folder / "bare"
        resident = self._fill(full, sample)
        shutil.copytree(full, bare_folder)
        shares, shares_of_cpu, rates, bare_rates, residents, singles = [], [], [], [], [resident], {}
        for run in range(1, options.runs + 1):
            taken, bare, cpu, most = self._intake.imports(
                full, bare_folder, self._intake.rows(sample[:options.imported], f"run{run}"))
            rates.append(taken), bare_rates.append(bare), shares.append(taken / bare), residents.append(most), shares_of_cpu.append(cpu)
            raw = self._intake.raw_commits()
            singles.setdefault("raw", []).append(raw)
            for clients in (1, 64):
                file = self._intake.rows(sample[:options.calls], f"calls{clients}-{run}")
                rate = self._intake.calls(full, file, clients)
                singles.setdefault(clients, []).append(rate)
                singles.setdefault(f"{clients}/raw", []).append(rate / raw)
            print(f"  run {run}: import {taken:.0f} rows/s, bare {bare:.0f}, share {taken / bare:.2f} ({cpu:.2f} by CPU), {most:.0f} MB; calls "
                  f"{singles[1][-1]:.0f}/s with 1, {singles[64][-1]:.0f}/s with 64, raw {raw:.0f}/s", file=sys.stderr)
        middle = statistics.median
        rows = [
            ("bare SQLite, 256 rows a commit", f"{middle(bare_rates):.0f} rows/s", "", True),
            ("daybook import", f"{middle(rates):.0f} rows/s", "", True),
            ("daybook import / bare SQLite", f"{middle(shares):.2f}", ">= 0.25", middle(shares) >= 0.25),
            ("  the same by CPU alone", f"{middle(shares_of_cpu):.2f}", "", True),
            ("daybook import, resident at most", f"{max(residents):.0f} MB", "<= 150 MB", max(residents) <= 150),
            ("raw SQLite commits, FULL", f"{middle(singles['raw']):.0f}/s", "", True),
            ("one transaction a call, 1 client", f"{middle(singles[1]):.0f}/s", "", True),
            ("  / raw commits", f"{middle(singles['1/raw']):.2f}", ">= 0.40", middle(singles["1/raw"]) >= 0.4),
            ("one transaction a call, 64 clients", f"{middle(singles[64]):.0f}/s", "", True),
            ("  / raw commits", f"{middle(singles['64/raw']):.2f}", ">= 1.00", middle(singles["64/raw"]) >= 1),
        ]
        print(f"\nTaking transactions, {options.exports} exports in the folder: median of {options.runs} interleaved runs, "
              f"{options.configuration} build")
        for name, value, goal, met in [("measured", "value", "goal", None), *rows]:
            verdict = "" if met is None or not goal else "met" if met else "NOT MET"
            print("  {:36} {:>16} {:>10}  {}".format(name, value, goal, verdict).rstrip())
        return 0 if all(met for *_, met in rows) else 1

    def _fill(self, folder, sample):
        """Imports until the folder is full; returns the megabytes of the largest import."""
        most, left = 0, self._options.exports
        while left > 0:
            rows = sample[:left]
            seconds, resident, cpu = self._intake.import_file(folder, self._intake.rows(rows, f"full{left}"))
            print(f"  filling: {len(rows)} transactions in {seconds:.1f} s ({cpu:.1f} s CPU), {resident:.0f} MB resident",
                  file=sys.stderr)
            most, left = max(most, resident), left - len(rows)
        return most


class Intake:
    def __init__(self, daybook, folder, raw_commits):
        self._daybook, self._folder, self._raw_commits = daybook, folder, raw_commits
        self._client = folder / "post_each"
        compiler = shutil.which("cc") or "clang"
        subprocess.run([compiler, "-O2", "-D_GNU_SOURCE", "-o", self._client, _HERE / "post_each.c"], check=True)

    def rows(self, rows, source):
        """The sample's rows under a source of their own, so that they are new."""
        path = self._folder / f"{source}.ndjson"
        with open(path, "wb") as file:
            file.writelines(row.replace(b'"source":"sample"', b'"source":"' + source.encode() + b'"', 1) + b"\n"
                            for row in rows)
        return path

    def import_file(self, folder, file):
        """Seconds, megabytes and seconds of CPU of one import."""
        started = time.monotonic()
        process = subprocess.Popen(
            [self._daybook, "import", file, "--far-dates"], env={**os.environ, "DAYBOOK_DATA_DIR": str(folder)},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        most = 0
        while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
            most = max(most, _most_resident(process.pid))
            time.sleep(0.02)
        seconds = time.monotonic() - started
        _, status, usage = os.wait4(process.pid, 0)
        if status != 0:
            raise SystemExit(f"bench: the import of {file} failed")
        return seconds, most, usage.ru_utime + usage.ru_stime

    def imports(self, full, bare_folder, file):
        """Rows a second of an import, and of a bare loop into a copy of the folder as it was; the loop's CPU as a share of the
        import's; the import's megabytes."""
        before = _last_rows(full / "daybook.db")
        seconds, resident, cpu = self.import_file(full, file)
        rows = {table: _new_rows(full / "daybook.db", table, before[table]) for table in _TABLES}
        count = sum(map(len, rows.values()))
        bare, bare_cpu = _bare_inserts(bare_folder / "daybook.db", rows)
        os.remove(file)
        return count / seconds, count / bare, bare_cpu / cpu, resident

    def calls(self, folder, file, clients):
        settings = {"DAYBOOK_DATA_DIR": str(folder)}
        with Daybook(self._daybook, self._folder, NoSandbox, settings) as daybook:
            host = daybook.public_url.removeprefix("http://")
            daybook.call("GET", "/exports")
            answer = subprocess.run(
                [self._client, host.rpartition(":")[2], host, file, str(clients)], stdout=subprocess.PIPE, check=True)
        result = json.loads(answer.stdout)
        os.remove(file)
        return result["calls"] / result["seconds"]

    def raw_commits(self):
        """Single rows of the size of a transaction, each committed by itself."""
        path = self._folder / "raw.db"
        database = sqlite3.connect(path, isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TABLE rows (serial INTEGER PRIMARY KEY, content TEXT)")
        started = time.monotonic()
        for number in range(self._raw_commits):
            database.execute("INSERT INTO rows VALUES (?, ?)", (number, "x" * 400))
        seconds = time.monotonic() - started
        database.close()
        for path in self._folder.glob("raw.db*"):
            os.remove(path)
        return self._raw_commits / seconds


def _most_resident(pid):
    """Megabytes so far. The maximum that wait4 reports would include this process, from which the other one was forked."""
    with open(f"/proc/{pid}/status") as file:
        lines = [line for line in file if line.startswith("VmHWM:")]
    return int(lines[0].split()[1]) / 1024 if lines else 0


def _last_rows(path):
    with sqlite3.connect(path) as database:
        return {table: database.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0] or 0 for table in _TABLES}


def _new_rows(path, table, after):
    with sqlite3.connect(path) as database:
        return database.execute(f"SELECT * FROM {table} WHERE rowid > ?", (after,)).fetchall()


def _bare_inserts(path, rows):
    """Seconds, and seconds of CPU, to insert the rows by SQLite alone: prepared statements, serials known, 256 rows a commit."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("PRAGMA foreign_keys = ON")
    started, cpu = time.monotonic(), time.process_time()
    for table in _TABLES:
        statement = f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[table][0]))})"
        for start in range(0, len(rows[table]), _ROWS_A_COMMIT):
            database.execute("BEGIN IMMEDIATE")
            database.executemany(statement, rows[table][start:start + _ROWS_A_COMMIT])
            database.execute("COMMIT")
    # The log is written back, as at the end of an import.
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    seconds, cpu = time.monotonic() - started, time.process_time() - cpu
    database.close()
    return seconds, cpu


if __name__ == "__main__":
    sys.exit(main())
