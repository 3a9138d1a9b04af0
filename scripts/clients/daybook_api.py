# SPDX-License-Identifier: Apache-2.0
"""Schemathesis against a running Daybook: every request it makes of openapi.yaml is answered as openapi.yaml says.

    daybook_api.py DAYBOOK EXAMPLES [SANDBOX]

EXAMPLES is the most that it makes up for an operation, besides the ones that cover each constraint. With the address of
an intuit-sandbox that Daybook was told, Daybook is connected first, and what would end the connection is left out.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request

from sandbox import Sandbox, require

HERE = os.path.dirname(os.path.abspath(__file__))
SEED = "20261129"
ENDS_THE_CONNECTION = ["saveAppKeys", "disconnectCompany"]


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


def run(url, examples, left_out):
    """How many cases there were; ends the program, with what Schemathesis says, where one failed."""
    command = [
        os.path.join(os.path.dirname(sys.executable), "schemathesis"),
        "--config-file", os.path.join(HERE, "schemathesis.toml"),
        "run", os.path.join(HERE, "..", "..", "openapi.yaml"), "--url", url, "--seed", SEED, "--max-examples", examples,
        "--continue-on-failure", "--no-color", "--warnings", "off", "--generation-database", "none"]
    for operation in left_out:
        command += ["--exclude-operation-id", operation]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    require(done.returncode == 0, done.stdout)
    return int(re.search(r"(\d+) generated, \1 passed", done.stdout).group(1))


def main(url, examples, sandbox=None):
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
