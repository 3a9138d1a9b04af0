# SPDX-License-Identifier: Apache-2.0
"""What a flood of sign-ins costs posting: a minute of posting without one, and a minute with a hundred wrong sign-ins a second.

Posting keeps QuickBooks' own limits, as it does in earnest. The sign-ins come from two hundred addresses of this machine and
name two hundred people, so that no limit of an address or a name stops them before their password is hashed.
"""

import argparse
import concurrent.futures
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from html import unescape
from pathlib import Path

from daybook_drain import Daybook, sample_transactions
from processes import Listening
from standard_numbers import ACCOUNT_NUMBERS

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "scripts", "clients"))
from people import administrator  # noqa: E402
from sandbox import Sandbox  # noqa: E402

_HERE = Path(__file__).resolve().parent
_SHARE = 0.95


def main():
    options = _options()
    binaries = _HERE.parent / ".build" / options.configuration
    with tempfile.TemporaryDirectory(prefix="daybook-flood-", dir=options.directory) as folder, \
            Listening([binaries / "intuit-sandbox", "serve", "--listen", "127.0.0.1:0"]) as intuit:
        sandbox = Sandbox(intuit.url)
        rows = sample_transactions(binaries / "daybook", folder, options.documents)
        file = Path(folder) / "transactions.ndjson"
        file.write_bytes(b"\n".join(rows) + b"\n")
        settings = {"DAYBOOK_PACING": "on", "DAYBOOK_LOG_LEVEL": "warning"}
        with Daybook(binaries / "daybook", folder, sandbox, settings) as daybook:
            daybook.call("PUT", "/api/v1/account-numbers", ACCOUNT_NUMBERS)
            daybook.connect(sandbox)()
            link = re.search(r"http\S+/link/\S+", (Path(folder) / "data" / "first-administrator.txt").read_text()).group(0)
            administrator(daybook.public_url, link)
            subprocess.run(
                [binaries / "daybook", "import", file, "--far-dates"], check=True, stdout=subprocess.DEVNULL,
                env={**os.environ, "DAYBOOK_DATA_DIR": os.path.join(folder, "data")})
            _wait_for_posting(sandbox)
            rates = {"quiet": [], "flood": []}
            answers = {}
            for _ in range(options.rounds):
                rates["quiet"].append(_rate(sandbox, options.seconds))
                with _Flood(daybook.public_url, options.sign_ins) as flood:
                    rates["flood"].append(_rate(sandbox, options.seconds))
                for status, count in flood.answers.items():
                    answers[status] = answers.get(status, 0) + count
            log = Path(daybook.log).read_text()
    return _report(options, rates, answers, log)


def _options():
    parser = argparse.ArgumentParser(prog="make bench ARGS=flood", description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=15_000, help="documents that wait to be posted (default 15000)")
    parser.add_argument("--seconds", type=int, default=60, help="seconds of each measurement (default 60)")
    parser.add_argument("--sign-ins", type=int, default=100, help="wrong sign-ins a second (default 100)")
    parser.add_argument("--rounds", type=int, default=3, help="measurements without and with a flood, by turns (default 3)")
    parser.add_argument("--directory", help="on which disk to measure (default: the one for temporary files)")
    parser.add_argument("--configuration", default="release", choices=["release", "debug"])
    return parser.parse_args()


def _wait_for_posting(sandbox):
    before = sandbox.documents()
    deadline = time.monotonic() + 120
    while sandbox.documents() == before:
        if time.monotonic() > deadline:
            raise SystemExit("bench: nothing was posted within two minutes")
        time.sleep(0.5)


def _rate(sandbox, seconds):
    """Documents a minute."""
    before, began = sandbox.documents(), time.monotonic()
    time.sleep(seconds)
    return (sandbox.documents() - before) * 60 / (time.monotonic() - began)


class _Flood:
    """Wrong sign-ins at a steady pace, until the end of a `with`."""

    def __init__(self, url, pace):
        self._host, self._pace = urllib.parse.urlsplit(url).netloc, pace
        self._origin = url
        self._over = threading.Event()
        self._lock = threading.Lock()
        self.answers = {}

    def __enter__(self):
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _run(self):
        doors = [_Door(self._host, self._origin, number) for number in range(200)]
        with concurrent.futures.ThreadPoolExecutor(max_workers=400) as pool:
            began, sent = time.monotonic(), 0
            while not self._over.wait(max(0, began + sent / self._pace - time.monotonic())):
                pool.submit(self._knock, doors[sent % len(doors)])
                sent += 1
            pool.shutdown(wait=False, cancel_futures=True)

    def _knock(self, door):
        try:
            status = door.knock()
        except OSError:
            status = "no answer"
        with self._lock:
            self.answers[status] = self.answers.get(status, 0) + 1


class _Door:
    """The sign-in page as one stranger sees it, from an address of their own."""

    def __init__(self, host, origin, number):
        self._host, self._origin, self._number = host, origin, number
        connection = self._connection()
        connection.request("GET", "/sign-in", headers={"Host": host})
        answer = connection.getresponse()
        page = answer.read().decode()
        self._cookie = "; ".join(value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie")
        self._token = unescape(re.search(r'name="form-token" value="([^"]+)"', page).group(1))
        connection.close()

    def knock(self):
        connection = self._connection()
        body = urllib.parse.urlencode({
            "form-token": self._token, "next": "/exports", "name": f"stranger{self._number}", "password": "open sesame now", "code": ""})
        connection.request("POST", "/sign-in", body, {
            "Host": self._host, "Origin": self._origin, "Cookie": self._cookie,
            "Content-Type": "application/x-www-form-urlencoded"})
        status = connection.getresponse().status
        connection.close()
        return status

    def _connection(self):
        port = int(self._host.rpartition(":")[2])
        return http.client.HTTPConnection(
            "127.0.0.1", port, timeout=120, source_address=(f"127.0.1.{self._number + 1}", 0))


def _report(options, rates, answers, log):
    quiet, flood = statistics.median(rates["quiet"]), statistics.median(rates["flood"])
    # What a missed deadline of posting or of the tokens writes into the log.
    missed = len(re.findall(r"outcome unknown|lease lost|connection not refreshed", log))
    print(f"\nPosting beside {options.sign_ins} wrong sign-ins a second, {options.seconds} s each, median of {options.rounds} rounds, "
          f"{options.configuration} build")
    print(f"  without: {quiet:8.0f} documents a minute")
    print(f"  with:    {flood:8.0f} documents a minute, {flood / quiet:.2f} of it, goal >= {_SHARE}: "
          f"{'met' if flood >= _SHARE * quiet else 'NOT MET'}")
    print("  sign-ins answered: " + ", ".join(f"{count} × {status}" for status, count in sorted(answers.items(), key=str)))
    print(f"  deadlines missed: {missed}")
    return 0 if flood >= _SHARE * quiet and missed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
