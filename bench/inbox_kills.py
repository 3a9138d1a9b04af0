# SPDX-License-Identifier: Apache-2.0
"""The real `daybook serve` with an inbox, killed by SIGKILL at its file operations again and again. Prints a table; fails when a
file is lost, taken twice, or not where it belongs.

strace kills the program before a file operation that touches the inbox: which one is drawn by the seed.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_CALLS = "openat,rename,newfstatat,lstat,stat,getdents64,mkdir,read,close,unlink"
_LEDGER = "\n".join([
    "!TRNS\tTRNSTYPE\tDATE\tACCNT\tAMOUNT\tDOCNUM\tMEMO", "!SPL\tTRNSTYPE\tDATE\tACCNT\tAMOUNT\tDOCNUM\tMEMO", "!ENDTRNS",
    "TRNS\tGENERAL JOURNAL\t11/16/2026\tBank\t10.00\t{id}\tx", "SPL\tGENERAL JOURNAL\t11/16/2026\tRent\t-10.00\t{id}\tx",
    "ENDTRNS", ""])


def main():
    options = _options()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="daybook-inbox-") as folder:
        inbox = Inbox(Path(folder), _ROOT / ".build" / options.configuration / "daybook")
        inbox.keep_profile()
        died = Counter()
        for number in range(1, options.kills + 1):
            inbox.drop(number)
            died[inbox.run_until_killed(chance.randint(1, 14))] += 1
            if number % 50 == 0:
                print(f"{number} starts, {died['killed']} killed at an operation", flush=True)
        inbox.run_until_empty()
        complaints = inbox.complaints()
        ends = inbox.ends()
    print("\n| starts | killed at a file operation | files | taken | refused | lost | taken twice |\n|---|---|---|---|---|---|---|")
    print(f"| {options.kills} | {died['killed']} | {4 * options.kills} | {ends['taken']} | {ends['refused']} "
          f"| {ends['lost']} | {ends['twice']} |")
    for complaint in complaints[:20]:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


def _options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=500, help="how often the program is started to be killed (default 500)")
    parser.add_argument("--seed", type=int, default=1, help="which operations (default 1)")
    parser.add_argument("--configuration", default="debug", choices=["release", "debug"], help="which build to run")
    return parser.parse_args()


class Inbox:
    """A data folder with an inbox, and what was put into it."""

    def __init__(self, folder, program):
        self._folder, self._program = folder, program
        self._inbox = folder / "inbox"
        self._inbox.mkdir()
        self._contents = {}
        self._environment = dict(
            os.environ, DAYBOOK_DATA_DIR=str(folder / "data"), DAYBOOK_INBOX=str(self._inbox), DAYBOOK_INBOX_QUIET="0",
            DAYBOOK_LISTEN="127.0.0.1:0")

    def keep_profile(self):
        """Without it no ledger would be taken."""
        sample = self._folder / "ledger.iif"
        sample.write_text(_LEDGER.format(id="SAMPLE"))
        subprocess.run(
            [self._program, "profiles", "propose", sample, "--keep", "--constant", "source=elite", "--constant", "store=1",
             "--numbering", "number"], env=self._environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def drop(self, number):
        def invoice(place):
            return {"source": "counter", "store": 2, "id": f"{number}-{place}", "type": "invoice", "date": "2026-11-16",
                    "charges": [{"kind": "rental", "amount": "10.00"}]}
        files = {
            f"ledger{number}.iif": _LEDGER.format(id=f"PR{number}"),
            f"good{number}.json": json.dumps([invoice(1), invoice(2)]),
            f"mistake{number}.json": json.dumps([invoice(3), {"source": "counter"}]),
            f"strange{number}.xls": f"what is this {number}",
        }
        for name, text in files.items():
            (self._inbox / name).write_text(text)
            self._contents[name] = text

    def run_until_killed(self, call):
        names = [path.name for path in self._inbox.iterdir() if path.is_file()]
        paths = [self._inbox, self._inbox / "taken", self._inbox / "refused", *(self._inbox / name for name in names)]
        arguments = [word for path in paths for word in ("-P", str(path))]
        tracer = subprocess.Popen(
            ["strace", "-f", "-qq", "-o", str(self._folder / "strace.log"), "-e", f"trace={_CALLS}", "-e",
             f"inject={_CALLS}:signal=SIGKILL:when={call}", *arguments, self._program, "serve"],
            env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        ended = time.monotonic() + 6
        while time.monotonic() < ended:
            if tracer.poll() is not None:
                return "killed"
            if not any(path.is_file() for path in self._inbox.iterdir()):
                break
            time.sleep(0.02)
        os.killpg(tracer.pid, signal.SIGKILL)
        tracer.wait()
        return "came to the end"

    def run_until_empty(self):
        with subprocess.Popen([self._program, "serve"], env=self._environment, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as program:
            ended = time.monotonic() + 120
            while time.monotonic() < ended and any(path.is_file() for path in self._inbox.iterdir()):
                time.sleep(0.1)
            # One look more, in which identities are forgotten.
            time.sleep(3)
            program.terminate()
            program.wait()

    def _moved(self):
        """Each file's places, by the name under which it was dropped."""
        places = {name: [] for name in self._contents}
        for end in ("taken", "refused"):
            for path in (self._inbox / end).iterdir():
                if path.name.endswith(".txt"):
                    continue
                stem, dot, suffix = path.name.rpartition(".")
                name = stem.rpartition("-")[0] + dot + suffix
                places.setdefault(name, []).append((end, path))
        return places

    def ends(self):
        ends = Counter()
        for found in self._moved().values():
            ends["lost"] += not found
            ends["twice"] += len(found) > 1
            for end, _ in found:
                ends[end] += 1
        return ends

    def complaints(self):
        said = [f"{path.name} is still in the inbox" for path in self._inbox.iterdir() if path.is_file()]
        for name, found in self._moved().items():
            wanted = "taken" if name.startswith(("ledger", "good")) else "refused"
            if [end for end, _ in found] != [wanted]:
                said.append(f"{name} is in {found}, not once in {wanted}")
            for _, path in found:
                if path.read_text() != self._contents.get(name):
                    said.append(f"{path.name} has another content")
                if not Path(f"{path}.txt").exists():
                    said.append(f"{path.name} has no report")
        return said + self._database()

    def _database(self):
        copy = self._folder / "copy"
        shutil.copytree(self._folder / "data", copy)
        database = sqlite3.connect(copy / "daybook.db")
        count = len(self._contents) // 4
        wanted = {"transactions": 3 * count, "exports": 3 * count, "received_files": 4 * count}
        said = []
        for table, rows in wanted.items():
            found = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            if found != rows:
                said.append(f"{found} rows in {table}, not {rows}")
        if database.execute("SELECT count(*) FROM received_files WHERE identity IS NOT NULL").fetchone()[0]:
            said.append("an identity is not forgotten")
        database.close()
        return said


if __name__ == "__main__":
    sys.exit(main())
