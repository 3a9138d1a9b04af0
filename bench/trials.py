# SPDX-License-Identifier: Apache-2.0
"""The real programs in bad times: an outage over a full queue, and a hard day. Prints a table; fails on a broken promise.

The clock is the wall's and the in-flight horizon Intuit's, unless told otherwise, so a trial takes as long as it says;
with `--rate 20` both programs' clocks run twenty times as fast. A hard day is posted twice, without faults and with them.
"""

import argparse
import json
import os
import sys
import tempfile
import urllib.parse
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from daybook_drain import Daybook, sample_transactions
from fast_clock import FastClock
from processes import Listening
from standard_numbers import ACCOUNT_NUMBERS

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "scripts", "clients"))
from sandbox import Sandbox  # noqa: E402

_HERE = Path(__file__).resolve().parent
_ENVELOPE = 30
_CALLS_A_MINUTE = 3
_UNTIL_DRAINING = 180

# How the sandbox is told to go out of order. A request that is dropped before the commit gets no answer, and nothing is booked.
_OUTAGES = {
    "5xx": ("break", {"verb": "api-down"}),
    "html": ("break", {"verb": "api-html"}),
    "garbage": ("break", {"verb": "api-garbage"}),
    "413": ("break", {"verb": "api-too-large"}),
    "silence": ("mishaps", {"rates": {"droppedBeforeCommit": 1}, "routes": ["batch", "write", "read"]}),
}
_HARD_DAY = {
    "rates": {
        "answerDroppedAfterCommit": 0.075, "droppedBeforeCommit": 0.075, "error500BeforeCommit": 0.15,
        "committedLate": 0.1, "unavailable503AfterCommit": 0.1, "webPage200": 0.1,
    },
    "routes": ["batch", "write", "read"], "requestId": "ignored", "seed": 7,
}


def main():
    options = _options()
    binaries = _HERE.parent / ".build" / options.configuration
    trials = options.trials or ["5xx", "hard-day"]
    rows = []
    with tempfile.TemporaryDirectory(prefix="daybook-clock-") as folder:
        clock = FastClock(options.rate, folder)
        for name in trials:
            if name == "hard-day":
                rows.append(_trial("quiet-day", binaries, clock, options))
            rows.append(_trial(name, binaries, clock, options))
            if name == "hard-day":
                _compare(rows[-1], rows[-2], options.horizon)
    print("\n| trial | documents | most in doubt | calls a minute, at most | envelopes unanswered | draining began after "
          "| drained in | double | missing |\n|---|---|---|---|---|---|---|---|---|")
    for row in rows:
        print(row.as_markdown())
    broken = [promise for row in rows for promise in row.broken]
    for promise in broken:
        print(promise, file=sys.stderr)
    return 1 if broken else 0


def _options():
    parser = argparse.ArgumentParser(prog="make trials", description=__doc__.splitlines()[0])
    parser.add_argument("trials", nargs="*", choices=[*_OUTAGES, "hard-day"], help="which (default: 5xx hard-day)")
    parser.add_argument("--documents", type=int, default=1000, help="documents waiting (default 1000)")
    parser.add_argument("--seconds", type=int, default=300, help="how long an outage lasts (default 300)")
    parser.add_argument("--horizon", type=int, default=130, help="in-flight horizon in seconds (default 130)")
    parser.add_argument("--rate", type=float, default=1, help="how fast the programs' clocks run (default 1)")
    parser.add_argument("--configuration", default="debug", choices=["release", "debug"], help="which build to run")
    return parser.parse_args()


@dataclass
class Row:
    name: str
    documents: int
    most_in_doubt: int = 0
    unanswered: int | None = None
    most_calls: int | None = None
    began_after: float | None = None
    seconds: float = 0
    doubles: int = 0
    missing: int = 0
    broken: list = field(default_factory=list)

    def as_markdown(self):
        def told(value, unit=""):
            return "–" if value is None else f"{value:.0f}{unit}"
        return (f"| {self.name} | {self.documents} | {self.most_in_doubt} | {told(self.most_calls)} "
                f"| {told(self.unanswered)} | {told(self.began_after, ' s')} | {told(self.seconds, ' s')} | {self.doubles} | {self.missing} |")

    def expect(self, holds, promise):
        if not holds:
            self.broken.append(f"{self.name}: {promise}")


def _trial(name, binaries, clock, options):
    with tempfile.TemporaryDirectory(prefix="daybook-trial-") as folder, \
            Listening([binaries / "intuit-sandbox", "serve", "--listen", "127.0.0.1:0"]) as intuit:
        sandbox = Sandbox(intuit.url)
        extra = {"DAYBOOK_PACING": "on", "DAYBOOK_IN_FLIGHT_HORIZON": str(options.horizon)}
        rows = sample_transactions(binaries / "daybook", folder, options.documents)
        with Daybook(binaries / "daybook", folder, sandbox, extra) as daybook:
            daybook.call("PUT", "/api/v1/account-numbers", ACCOUNT_NUMBERS)
            company = _Company(sandbox)
            _allow_doubles(company)
            connect = daybook.connect(sandbox)
            connect()
            watch = _Watch(daybook, sandbox, clock)
            row = Row(name, options.documents)
            if name == "quiet-day":
                _day(row, rows, daybook, sandbox, watch, {})
            elif name == "hard-day":
                # A late commit comes within the horizon, as Intuit's do.
                latest = min(120, max(1, options.horizon - 2))
                _day(row, rows, daybook, sandbox, watch, dict(_HARD_DAY, longestLateCommitSeconds=latest))
            else:
                _outage(row, rows, daybook, sandbox, watch, options.seconds)
            sandbox.control("throttles", {"enabled": False})
            _judge(row, company)
            return row


def _take(daybook, rows):
    for start in range(0, len(rows), 1000):
        daybook.call("POST", "/api/v1/transactions", b"\n".join(rows[start:start + 1000]), "application/x-ndjson")


def _outage(row, rows, daybook, sandbox, watch, seconds):
    # In the middle of the work: the company's accounts are known, and documents go out.
    first = len(rows) // 10
    _take(daybook, rows[:first])
    _until_drained(watch, first)
    path, body = _OUTAGES[row.name]
    sandbox.control(path, dict(body, seconds=seconds) if path == "break" else body)
    began = watch.now()
    _take(daybook, rows[first:])
    while watch.now() - began < seconds:
        watch.look()
    sandbox.control("mend", {"verb": "all-well"})
    sandbox.control("mishaps", {})
    ended = watch.now()
    row.most_calls = watch.most_calls_a_minute(after=began + 60, until=ended)
    before = watch.exported
    while watch.exported == before and watch.now() - ended < 3600:
        watch.look()
    row.began_after = watch.now() - ended
    row.seconds = _until_drained(watch, len(rows), since=ended)
    row.most_in_doubt = watch.most_in_doubt
    row.expect(row.most_calls <= _CALLS_A_MINUTE, f"{row.most_calls} calls in a minute of the outage")
    row.expect(row.began_after <= _UNTIL_DRAINING, f"draining began {row.began_after:.0f} s after the end")
    row.expect(row.most_in_doubt <= _ENVELOPE, f"{row.most_in_doubt} documents in doubt at once")


def _day(row, rows, daybook, sandbox, watch, mishaps):
    sandbox.control("mishaps", mishaps)
    began = watch.now()
    _take(daybook, rows)
    row.seconds = _until_drained(watch, len(rows), since=began)
    row.most_in_doubt = watch.most_in_doubt
    row.unanswered = daybook.metric("daybook_envelopes_unanswered_total")
    row.expect(row.most_in_doubt <= _ENVELOPE, f"{row.most_in_doubt} documents in doubt at once")
    sandbox.control("mishaps", {})


def _compare(hard, quiet, horizon):
    """After an unanswered envelope the next one goes out when its documents are found, or a horizon later."""
    bound = 3 * quiet.seconds + hard.unanswered * horizon
    hard.expect(
        hard.seconds <= bound,
        f"drained in {hard.seconds:.0f} s, more than 3 × {quiet.seconds:.0f} s and {hard.unanswered:.0f} × {horizon} s")


def _until_drained(watch, documents, since=None):
    began = watch.now() if since is None else since
    while watch.exported < documents:
        if watch.now() - began > 24 * 3600:
            raise SystemExit("trials: gave up after a day")
        watch.look()
    return watch.now() - began


class _Watch:
    """Counts the exports in each state and the calls to Intuit, each half second, or less often by a fast clock."""

    def __init__(self, daybook, sandbox, clock):
        self._daybook, self._sandbox, self._clock = daybook, sandbox, clock
        self._pause = max(0.5, clock.rate / 30)
        self._calls = []
        self.exported = 0
        self.most_in_doubt = 0

    def look(self):
        counts = self._daybook.counts
        counts = counts.get("counts", counts)
        self.exported = counts.get("exported", 0)
        self.most_in_doubt = max(self.most_in_doubt, counts.get("checking", 0))
        counters = self._sandbox.status()["counters"]
        self._calls.append((self.now(), counters["apiRequests"] + counters["tokenRequests"]))
        self._clock.sleep(self._pause)

    def now(self):
        return self._clock.now()

    def most_calls_a_minute(self, after, until):
        inside = [(moment, calls) for moment, calls in self._calls if after <= moment <= until]
        most = last = 0
        for moment, calls in inside:
            while last + 1 < len(inside) and inside[last + 1][0] <= moment + 60:
                last += 1
            most = max(most, inside[last][1] - calls)
        return most


def _judge(row, company):
    """Counts the documents themselves: there must be one for each marker."""
    markers = Counter(_markers(company))
    row.doubles = sum(count - 1 for count in markers.values())
    row.missing = row.documents - len(markers)
    row.expect(row.doubles == 0, f"{row.doubles} documents booked twice")
    row.expect(row.missing == 0, f"{row.missing} documents missing")


def _allow_doubles(company):
    """Unless told otherwise, QuickBooks refuses a second journal entry with the same number; then nothing could double."""
    preferences = company.call("preferences")["Preferences"]
    company.call("preferences", {
        "Id": preferences["Id"], "SyncToken": preferences["SyncToken"], "sparse": True,
        "OtherPrefs": {"NameValue": [{"Name": "WarnDuplicateJournalNumber", "Value": "false"}]}})


def _markers(company):
    start = 1
    while True:
        query = urllib.parse.quote(f"SELECT * FROM JournalEntry ORDERBY Id STARTPOSITION {start} MAXRESULTS 500")
        page = company.call(f"query?query={query}")["QueryResponse"].get("JournalEntry", [])
        for entry in page:
            note = entry.get("PrivateNote", "")
            if note.startswith("Daybook "):
                # The marker of one export; what follows the slash names the request that wrote it.
                yield note.split()[1].split("/")[0]
        if len(page) < 500:
            return
        start += len(page)


class _Company:
    """The first company, by a grant of another app than Daybook's, because each app has a connection of its own."""

    def __init__(self, sandbox):
        others = (app for app in sandbox.status()["apps"] if app["clientId"] != sandbox.development_app()["clientId"])
        self._app, self._realm = next(app["clientId"] for app in others if app["environment"] == "sandbox"), sandbox.first_realm()
        self._sandbox = sandbox

    def call(self, path, body=None):
        token = self._sandbox.grant(self._app, self._realm)["accessToken"]
        mark = "&" if "?" in path else "?"
        request = urllib.request.Request(
            f"{self._sandbox.api_url}/company/{self._realm}/{path}{mark}minorversion=75",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {token}", "Accept": "application/json",
                     "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=300) as answer:
            return json.load(answer)


if __name__ == "__main__":
    sys.exit(main())
