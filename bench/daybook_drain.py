# SPDX-License-Identifier: Apache-2.0
"""Daybook's side: `daybook serve` with a full queue is connected, and its CPU is counted until the queue is empty."""

import http.cookiejar
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from processes import Listening
from standard_numbers import ACCOUNT_NUMBERS

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "scripts", "clients"))
from sandbox import Sandbox  # noqa: E402

_LONGEST_DRAIN = 3600


class Daybook(Listening):
    """`daybook serve` on a data folder of its own, pointed at a sandbox."""

    def __init__(self, binary, folder, sandbox, settings=None):
        port = _free_port()
        self.public_url = f"http://localhost:{port}"
        super().__init__([binary, "serve"], log=os.path.join(folder, "serve.log"), environment={
            "DAYBOOK_DATA_DIR": os.path.join(folder, "data"),
            "DAYBOOK_LISTEN": f"127.0.0.1:{port}",
            "DAYBOOK_PUBLIC_URL": self.public_url,
            "DAYBOOK_INTUIT_DISCOVERY_URL": sandbox.discovery_url,
            "DAYBOOK_QUICKBOOKS_URL": sandbox.url,
            # The sandbox throttles nothing here, and its clock is the wall's.
            "DAYBOOK_PACING": "off",
            "DAYBOOK_LOG_LEVEL": "error",
            **(settings or {}),
        })
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._browser = urllib.request.build_opener(jar)

    def call(self, method, path, body=None, content_type="application/json"):
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(
            self.public_url + path, data=data, method=method, headers={"Content-Type": content_type})
        try:
            with self._browser.open(request, timeout=600) as answer:
                text = answer.read()
                return json.loads(text) if "json" in answer.headers.get("Content-Type", "") else None
        except urllib.error.HTTPError as refusal:
            raise SystemExit(f"bench: {method} {path} was answered {refusal.code}: {refusal.read()[:500]}")

    def connect(self, sandbox):
        """Does everything up to the last click. Returns a function that does that click, after which the queue drains."""
        app = sandbox.development_app()
        callback = self.public_url + "/connection/callback"
        sandbox.register_redirect_uri(app["clientId"], callback)
        self.call("PUT", "/api/v1/app", {"clientId": app["clientId"], "clientSecret": app["clientSecret"]})
        url = self.call("POST", "/api/v1/consents", {"connection": 1})["url"]
        answer = sandbox.consent(url, sandbox.first_realm())
        return lambda: self.call("GET", "/connection/callback?" + urllib.parse.urlencode(answer))

    def metric(self, name):
        """The sum of a metric over its labels; 0 when it is not there yet."""
        with self._browser.open(self.public_url + "/metrics", timeout=600) as answer:
            lines = answer.read().decode().splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in lines if line.split("{")[0].split(" ")[0] == name)

    @property
    def waiting(self):
        """How many exports are not posted yet, and not known to be refused."""
        return sum(count for state, count in self.counts.get("counts", self.counts).items() if state in ("pending", "exporting", "checking"))

    @property
    def counts(self):
        return self.call("GET", "/api/v1/exports/counts")


class NoSandbox:
    """Addresses where no sandbox answers, for a Daybook that posts nothing."""
    discovery_url = "http://127.0.0.1:9/.well-known/openid_sandbox_configuration"
    url = "http://127.0.0.1:9"


def drain(daybook_binary, sandbox_url, documents):
    """CPU and wall time of posting `documents` exports, from the consent's last click to the last one settled."""
    sandbox = Sandbox(sandbox_url)
    with tempfile.TemporaryDirectory(prefix="daybook-bench-") as folder:
        rows = sample_transactions(daybook_binary, folder, documents)
        with Daybook(daybook_binary, folder, sandbox) as daybook:
            daybook.call("PUT", "/api/v1/account-numbers", ACCOUNT_NUMBERS)
            for start in range(0, documents, 1000):
                daybook.call(
                    "POST", "/api/v1/transactions", b"\n".join(rows[start:start + 1000]), "application/x-ndjson")
            click = daybook.connect(sandbox)
            before = sandbox.documents()
            started, cpu = time.monotonic(), daybook.cpu_seconds
            click()
            wait_until(lambda: sandbox.documents() - before >= documents, "the sandbox has every document")
            wait_until(lambda: _exported(daybook.counts) >= documents, "Daybook knows that it has posted them")
            return {
                "documents": sandbox.documents() - before,
                "cpuSeconds": daybook.cpu_seconds - cpu,
                "seconds": time.monotonic() - started,
                "residentMegabytes": daybook.resident_megabytes,
            }


def resident_at_rest(daybook_binary, sandbox_url):
    """Megabytes of a `daybook serve` that has served a page and has had nothing to do for ten seconds."""
    with tempfile.TemporaryDirectory(prefix="daybook-bench-") as folder:
        with Daybook(daybook_binary, folder, Sandbox(sandbox_url)) as daybook:
            daybook.call("GET", "/exports")
            time.sleep(10)
            return daybook.resident_megabytes


def sample_transactions(binary, folder, documents):
    """`documents` sample transactions as NDJSON lines, of as many days as it takes."""
    days = 7
    while True:
        text = subprocess.run(
            [binary, "sample", "--seed", "1", "--days", str(days)], check=True, capture_output=True, cwd=folder).stdout
        rows = [row for row in text.split(b"\n") if row.strip()]
        if len(rows) >= documents:
            return rows[:documents]
        if not rows:
            raise SystemExit("bench: `daybook sample` printed no transactions")
        days = max(days + 1, days * documents // len(rows) + 7)


def _exported(counts):
    return counts.get("counts", counts).get("exported", 0)


def wait_until(reached, what):
    deadline = time.monotonic() + _LONGEST_DRAIN
    while not reached():
        if time.monotonic() > deadline:
            raise SystemExit(f"bench: gave up after {_LONGEST_DRAIN} s waiting until {what}")
        time.sleep(0.5)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
