# SPDX-License-Identifier: Apache-2.0
"""qbo-cli against intuit-sandbox, as a person uses it: consent by paste, query, refresh, rotation, disconnect.

usage: qbo_cli_client.py SANDBOX_URL
Prints one JSON line with the steps that were taken; ends with 1 and a sentence at the first that went wrong.
qbo-cli has no command that revokes; the person does that in QuickBooks.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

from sandbox import Sandbox, require

QBO = pathlib.Path(__file__).with_name("qbo.py")
REDIRECT = "http://localhost:8844/callback"


class Qbo:
    """The command, with a home folder of its own."""

    def __init__(self, sandbox, app, home):
        self.sandbox = sandbox
        self.home = pathlib.Path(home)
        self.environment = dict(
            os.environ, HOME=home, QBO_CLIENT_ID=app["clientId"], QBO_CLIENT_SECRET=app["clientSecret"],
            QBO_REDIRECT_URI=REDIRECT)

    def start(self, *arguments):
        return subprocess.Popen(
            [sys.executable, str(QBO), self.sandbox.url, "--sandbox", *arguments], env=self.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *arguments, status=0):
        """What the command printed and complained of."""
        process = self.start(*arguments)
        output, errors = process.communicate(timeout=120)
        require(process.returncode == status, f"qbo {' '.join(arguments)} ended with {process.returncode}: {errors}")
        return output, errors

    def authorize(self, realm):
        """`qbo auth init --manual`: reads the address it prints, consents there, pastes the address the browser is led to."""
        process = self.start("auth", "init", "--manual")
        address = next(line.strip() for line in process.stderr if line.startswith(self.sandbox.url))
        process.stdin.write(self.sandbox.consent_location(address, realm) + "\n")
        process.stdin.close()
        errors = process.stderr.read()
        require(process.wait(timeout=120) == 0, f"qbo auth init failed: {errors}")

    def tokens(self):
        return json.loads((self.home / ".qbo" / "tokens.dev.json").read_text())


def main(url):
    sandbox = Sandbox(url)
    app = sandbox.development_app()
    realm = sandbox.first_realm()
    sandbox.register_redirect_uri(app["clientId"], REDIRECT)
    with tempfile.TemporaryDirectory() as home:
        print(json.dumps({"client": "qbo-cli", "steps": walk(sandbox, app, realm, Qbo(sandbox, app, home))}))


def walk(sandbox, app, realm, qbo):
    qbo.authorize(realm)
    first = qbo.tokens()
    require(first["realm_id"] == realm, f"the realm came back as {first['realm_id']}")
    steps = ["code"]

    query(qbo)
    steps.append("query")

    sandbox.advance("56m")
    qbo.run("auth", "refresh")
    second = qbo.tokens()
    require(second["access_token"] != first["access_token"], "refresh gave the same access token again")
    require(second["refresh_token"] == first["refresh_token"], "the refresh token changed within its first day")
    steps.append("refresh")

    sandbox.advance("1d")
    query(qbo)
    third = qbo.tokens()
    require(third["refresh_token"] != first["refresh_token"], "a day later the refresh token is still the same")
    sandbox.advance("1h")
    query(qbo)
    steps.append("rotation")

    sandbox.disconnect(app["clientId"], realm)
    sandbox.advance("1h")
    _, errors = qbo.run("auth", "refresh", status=1)
    require("expired or revoked" in errors, f"after Disconnect it says: {errors}")
    steps.append("revoke")
    return steps


def query(qbo):
    output, _ = qbo.run("query", "select Name, AcctNum from Account where AcctNum = '1000'", "-o", "json")
    found = json.loads(output)
    require([account["AcctNum"] for account in found] == ["1000"], f"the query found {found}")


if __name__ == "__main__":
    main(sys.argv[1])
