# SPDX-License-Identifier: Apache-2.0
"""Schemathesis against a running Daybook: every request it makes of openapi.yaml is answered as openapi.yaml says.

    daybook_api.py DAYBOOK EXAMPLES [SANDBOX]
    daybook_api.py DAYBOOK EXAMPLES as ASKER LINK [PHASES]

EXAMPLES is the most that it makes up for an operation, besides the ones that cover each constraint. With SANDBOX, the
address of the intuit-sandbox that Daybook uses, Daybook is connected first, and what would end the connection is left out.

With `as`, people sign up by the first administrator's LINK, and the requests are ASKER's: a role, or `key-` and a scope.
Afterwards the audit trail must have no act of ASKER's that ASKER may not do.
PHASES are Schemathesis' own; without them all phases are run.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request

from people import Browser, administrator
from sandbox import Sandbox, require

HERE = os.path.dirname(os.path.abspath(__file__))
SEED = "20261129"
ENDS_THE_CONNECTION = ["saveAppKeys", "disconnectCompany"]
# With these a person who has signed in could take away their own rights or session.
LOCKS_ONESELF_OUT = [
    "setPersonRoles", "removePersonAuthenticator", "disablePerson", "revokeKey", "endPersonSessions", "endPersonSession",
]
# What each may do. It is written here a second time, by hand, so that a mistake in Daybook is not repeated here.
_CLERK = {"record"}
_BOOKKEEPER = _CLERK | {"reset", "hold", "release", "exclude", "include", "save-account-numbers", "test"}
ACTS = {
    "viewer": set(), "clerk": _CLERK, "bookkeeper": _BOOKKEEPER, "administrator": None,
    "key-transactions": {"record"}, "key-read": set(), "key-exports": {"reset", "hold", "release"},
    "key-account-numbers": {"save-account-numbers"},
    "key-people": {"invite", "make-link", "let-in", "add-key"}, "key-backups": {"back-up", "download-backup"},
}
# What people do at the pages to get in.
_ENTERING = {"sign-up", "sign-in"}


class Daybook:
    def __init__(self, url):
        self.url = url.rstrip("/")

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.url}/api/v1/{path}", method=method, data=data, headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def connect(self, sandbox):
        app, realm = sandbox.development_app(), sandbox.first_realm()
        token = sandbox.grant(app["clientId"], realm)["refreshToken"]
        self.call("PUT", "connections/1/settings", {
            "clientId": app["clientId"], "clientSecret": app["clientSecret"], "realmId": realm, "refreshToken": token})
        self.call("POST", "connections/1/confirm", {"realmId": realm})

    def is_connected(self):
        return self.call("GET", "connections/1")["status"] == "connected"


def run(url, examples, left_out, headers=None, phases=None):
    """How many cases there were; ends the program, with what Schemathesis says, where one failed."""
    command = [
        os.path.join(os.path.dirname(sys.executable), "schemathesis"),
        "--config-file", os.path.join(HERE, "schemathesis.toml"),
        "run", os.path.join(HERE, "..", "..", "openapi.yaml"), "--url", url, "--seed", SEED, "--max-examples", examples,
        "--continue-on-failure", "--no-color", "--warnings", "off", "--generation-database", "none"]
    if phases:
        command += ["--phases", phases]
    for name, value in (headers or {}).items():
        command += ["--header", f"{name}: {value}"]
    for operation in left_out:
        command += ["--exclude-operation-id", operation]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    require(done.returncode == 0, done.stdout)
    return int(re.search(r"(\d+) generated, \1 passed", done.stdout).group(1))


def run_as(asker, url, examples, link, phases):
    pat = administrator(url, link)
    if asker == "administrator":
        headers = pat.headers
    elif asker.startswith("key-"):
        headers = {"Authorization": "Bearer " + pat.make_key(asker, asker.removeprefix("key-"))}
    else:
        browser = Browser(url)
        browser.use(pat.invite(asker, asker))
        headers = browser.headers
    cases = run(url, examples, LOCKS_ONESELF_OUT, headers, phases)
    steps = ["cases"]
    if ACTS[asker] is not None:
        done = {entry["act"] for entry in json.loads(pat.open(f"/api/v1/audit?limit=500&actor={asker}"))["entries"]}
        require(done <= ACTS[asker] | _ENTERING, f"{asker} did {sorted(done)}")
        # If ASKER could do nothing at all, the line above would prove nothing.
        require(done >= ACTS[asker] & {"record"}, f"{asker} did {sorted(done)} alone")
        steps.append("no-act-beyond")
    print(json.dumps({"client": "schemathesis", "steps": steps, "cases": cases}))


def main(url, examples, sandbox=None, asker=None, link=None, phases=None):
    if sandbox == "as":
        return run_as(asker, url.rstrip("/"), examples, link, phases)
    daybook = Daybook(url)
    steps = []
    if sandbox:
        daybook.connect(Sandbox(sandbox))
        steps.append("connect")
    cases = run(daybook.url, examples, ENDS_THE_CONNECTION if sandbox else [])
    steps.append("cases")
    if sandbox:
        require(daybook.is_connected(), "the connection was lost on the way")
        steps.append("still-connected")
    print(json.dumps({"client": "schemathesis", "steps": steps, "cases": cases}))


main(*sys.argv[1:])
