# SPDX-License-Identifier: Apache-2.0
"""The table of measured goals. Both sides post the same number of documents to a fresh sandbox of the same build."""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from daybook_drain import drain, resident_at_rest
from processes import Listening

_HERE = Path(__file__).resolve().parent
_RESIDENT_LIMIT = 80
# How much of python-quickbooks' CPU Daybook may use; python-quickbooks keeps nothing on disk.
_SHARE = 0.15


def main():
    options = _options()
    binaries = _HERE.parent / ".build" / options.configuration
    sandbox, daybook = binaries / "intuit-sandbox", binaries / "daybook"
    needed = [sandbox] if options.python_only else [sandbox, daybook]
    for binary in needed:
        if not binary.exists():
            raise SystemExit(f"bench: {binary} was not built. Run: make bench, or "
                             f"swift build -c {options.configuration}")

    python_runs, daybook_runs = [], []
    # Interleaved, so that a machine that slows down slows both.
    for number in range(1, options.runs + 1):
        python_runs.append(_measured("python-quickbooks", number, sandbox, options.documents, python_run))
        if not options.python_only:
            daybook_runs.append(_measured(
                "daybook", number, sandbox, options.documents, lambda url, count: drain(daybook, url, count)))
    resident = None
    if not options.python_only:
        with _fresh(sandbox) as intuit:
            resident = resident_at_rest(daybook, intuit.url)
    return _report(options, python_runs, daybook_runs, resident)


def _options():
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000, help="documents per run (default 10000)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each side, interleaved (default 3)")
    parser.add_argument("--configuration", default="release", choices=["release", "debug"],
                        help="which build to measure; only release counts")
    parser.add_argument("--python-only", action="store_true", help="measure python-quickbooks alone")
    return parser.parse_args()


def _fresh(sandbox):
    return Listening([sandbox, "serve", "--listen", "127.0.0.1:0", "--no-throttles"])


def _measured(name, number, sandbox, documents, measure):
    with _fresh(sandbox) as intuit:
        run = measure(intuit.url, documents)
        run["sandboxCpuSeconds"] = intuit.cpu_seconds
    if run["documents"] != documents:
        raise SystemExit(f"bench: {name} made {run['documents']} documents instead of {documents}")
    print(f"  run {number} {name:18} {_per_document(run):7.3f} ms CPU per document, {run['seconds']:7.1f} s",
          file=sys.stderr)
    return run


def python_run(url, documents):
    finished = subprocess.run(
        [sys.executable, _HERE / "python_batch_loop.py", url, str(documents)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONWARNINGS": "ignore"})
    if finished.returncode != 0:
        raise SystemExit("bench: the python-quickbooks loop failed; see above")
    return json.loads(finished.stdout)


def _per_document(run):
    return 1000 * run["cpuSeconds"] / run["documents"]


def _report(options, python_runs, daybook_runs, resident):
    """Prints the table; 0 if every goal that was measured is met in a release build."""
    theirs = statistics.median(map(_per_document, python_runs))
    rows = [("python-quickbooks, CPU per document", f"{theirs:.3f} ms", "", "")]
    met = True
    if daybook_runs:
        ours = statistics.median(map(_per_document, daybook_runs))
        rows.append(("daybook, CPU per document", f"{ours:.3f} ms", "", ""))
        rows.append(_goal("daybook / python-quickbooks", f"{ours / theirs:.2f}", f"<= {_SHARE}", ours <= _SHARE * theirs))
        rows.append(_goal("daybook serve at rest, resident", f"{resident:.0f} MB", f"< {_RESIDENT_LIMIT} MB",
                          resident < _RESIDENT_LIMIT))
        met = ours <= _SHARE * theirs and resident < _RESIDENT_LIMIT

    print(f"\nDraining {options.documents} journal entries, batches of 30, no throttles: median of "
          f"{options.runs} interleaved runs, {options.configuration} build")
    for row in [("measured", "value", "goal", ""), *rows]:
        print("  {:38} {:>12} {:>9}  {}".format(*row).rstrip())
    if options.configuration != "release":
        print("  (a debug build proves nothing)")
    return 0 if met else 1


def _goal(name, value, goal, met):
    return name, value, goal, "met" if met else "NOT MET"


if __name__ == "__main__":
    sys.exit(main())
