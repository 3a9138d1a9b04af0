# SPDX-License-Identifier: Apache-2.0
"""How the pages, the search and the API read a folder full of exports."""

import argparse
import http.client
import json
import os
import statistics
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

from daybook_drain import Daybook
from fill import fill
from processes import Listening
from standard_numbers import ACCOUNT_NUMBERS

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "scripts", "clients"))
from sandbox import Sandbox  # noqa: E402

_HERE = Path(__file__).resolve().parent
PAGE_LIMIT, READY_LIMIT, RESIDENT_LIMIT, API_SHARE = 100, 1, 90, 0.5
_SEARCHES = ["Ostrander", "ostr", "Ann Ostr", "INV-150000", "150000", "C4", "C45210", "1,234.50", "1234", "2026-03-15",
             "2026-03", "3/15/2026 Baker", "party", "ün", "rental", "inv", "in", "visa", "waiver", "nothing at all", "170123"]


def main():
    options = _options()
    binaries = _HERE.parent / ".build" / options.configuration
    with tempfile.TemporaryDirectory(prefix="daybook-reading-", dir=options.folder) as folder, \
            Listening([binaries / "intuit-sandbox", "serve", "--listen", "127.0.0.1:0", "--no-throttles"]) as intuit:
        sandbox = Sandbox(intuit.url)
        with Daybook(binaries / "daybook", folder, sandbox) as daybook:
            daybook.call("PUT", "/api/v1/account-numbers", ACCOUNT_NUMBERS)
        database = os.path.join(folder, "data", "daybook.db")
        began = time.monotonic()
        fill(database, options.exports, options.days)
        print(f"  filled in {time.monotonic() - began:.0f} s, {_megabytes(database):.0f} MB", file=sys.stderr)
        rows = []
        began = time.monotonic()
        with Daybook(binaries / "daybook", folder, sandbox) as daybook:
            ready = time.monotonic() - began
            rows += _rows(daybook, "not connected", options.rounds)
            daybook.connect(sandbox)()
            rows += _rows(daybook, "connected", options.rounds)
            rows += _rate_rows(daybook)
            time.sleep(10)
            resident = daybook.resident_megabytes
        rows.insert(0, ("ready after a start", f"{ready:.2f} s", f"<= {READY_LIMIT} s", ready <= READY_LIMIT))
        rows.append(("at rest, resident", f"{resident:.0f} MB", f"<= {RESIDENT_LIMIT} MB", resident <= RESIDENT_LIMIT))
        return _report(options, rows)


def _options():
    parser = argparse.ArgumentParser(prog="bench/run reading", description=__doc__)
    parser.add_argument("--exports", type=int, default=1_000_000, help="exports in the folder (default 1000000)")
    parser.add_argument("--days", type=int, default=3_650, help="over how many days (default 3650)")
    parser.add_argument("--rounds", type=int, default=20, help="how often each page is opened (default 20)")
    parser.add_argument("--folder", help="where the data folder is made (default: the system's)")
    parser.add_argument("--configuration", default="release", choices=["release", "debug"])
    return parser.parse_args()


def pages(daybook, rounds):
    """The p95 of each page and search, in milliseconds."""
    connection = _Connection(daybook.public_url)
    lists = {"first page": "/exports", "Exported, first": "/exports?state=exported", "store 2, first": "/exports?store=2",
             "Error, first": "/exports?state=error"}
    paths = dict(lists)
    for name, path in lists.items():
        text = connection.get(path)
        for word, title in (("Older", "second"), ("Oldest", "last")):
            link = text.rpartition(f'">{word}</a>')[0].rpartition('href="')[2]
            if link.startswith("/"):
                paths[name.replace("first", title)] = link.replace("&amp;", "&")
    paths |= {"Connections": "/connections", "Configuration": "/configuration", "one export": "/exports/1000"}
    measured = [(name, _timed(connection, path, rounds)) for name, path in paths.items()]
    searches = {f"search “{words}”": "/exports?search=" + urllib.parse.quote(words) for words in _SEARCHES}
    searches["search “ostr” in Error"] = "/exports?state=error&search=ostr"
    searches["search “ostr” at store 4"] = "/exports?store=4&search=ostr"
    return measured + [(name, _timed(connection, path, max(rounds // 2, 5))) for name, path in searches.items()]


def _timed(connection, path, rounds):
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        connection.get(path)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(times, n=20, method="inclusive")[18]


def rates(daybook):
    """Answers of `/health` a second over one connection, and the share of that rate that the queue's two addresses reach."""
    connection = _Connection(daybook.public_url)
    answered = {"/health": [], "/api/v1/exports?pageSize=5": [], "/api/v1/exports/counts": []}
    for _ in range(5):
        for path, measured in answered.items():
            began = time.perf_counter()
            for _ in range(500):
                connection.get(path)
            measured.append(500 / (time.perf_counter() - began))
    health = statistics.median(answered.pop("/health"))
    return health, {path: statistics.median(measured) / health for path, measured in answered.items()}


def _rows(daybook, when, rounds):
    return [(f"{name}, {when}", f"{worst:.1f} ms", f"<= {PAGE_LIMIT} ms", worst <= PAGE_LIMIT)
            for name, worst in pages(daybook, rounds)]


def _rate_rows(daybook):
    health, shares = rates(daybook)
    return [("/health", f"{health:.0f} /s", "", True)] + [
        (path, f"{share:.2f} of it", f">= {API_SHARE}", share >= API_SHARE) for path, share in shares.items()]


class _Connection:
    """A connection that is kept open, as a browser's is."""

    def __init__(self, url):
        self._http = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc)

    def get(self, path):
        self._http.request("GET", path)
        answer = self._http.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise SystemExit(f"bench: GET {path} was answered {answer.status}: {text[:300]}")
        return text.decode()


def _megabytes(path):
    return os.path.getsize(path) / 1_000_000


def _report(options, rows):
    print(f"\nReading {options.exports} exports of {options.days} days, p95 of each page, {options.configuration} build")
    for name, value, goal, met in rows:
        print("  {:44} {:>12} {:>10}  {}".format(name, value, goal, "" if not goal else "met" if met else "NOT MET").rstrip())
    return 0 if all(met for *_, met in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
