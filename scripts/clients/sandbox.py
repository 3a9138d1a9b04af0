# SPDX-License-Identifier: Apache-2.0
"""What a person and a browser do at the sandbox: read its keys, and press Connect on its consent page."""

import json
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser


class Sandbox:
    def __init__(self, url):
        self.url = url.rstrip("/")
        # Nobody sits before these clients' browser: whoever opens the consent page is the first sample user.
        self._control("sign-in", {"required": False})

    @property
    def discovery_url(self):
        return self.url + "/.well-known/openid_sandbox_configuration"

    @property
    def api_url(self):
        """What stands before /company/{realm} in every Accounting API address."""
        return self.url + "/v3"

    def status(self):
        with urllib.request.urlopen(self.url + "/_sandbox/status", timeout=30) as answer:
            return json.load(answer)

    def development_app(self):
        apps = self.status()["apps"]
        return next(app for app in apps if app["environment"] == "sandbox")

    def first_realm(self):
        return self.status()["realms"][0]["realmId"]

    def documents(self):
        """How many documents the first company has."""
        return self.status()["counters"]["documents"].get(self.first_realm(), 0)

    def grant(self, client_id, realm_id):
        """Tokens without the consent page, for those who measure something else."""
        return self._control("grants", {"clientId": client_id, "realmId": realm_id})

    def register_redirect_uri(self, client_id, uri):
        self._control(f"apps/{client_id}/redirect-uris", {"uri": uri})

    def advance(self, duration):
        """Turns the sandbox's clock, for example by "1d"."""
        self._control("clock/advance", {"duration": duration})

    def now(self):
        """The sandbox's time, in seconds since 1970."""
        with urllib.request.urlopen(self.url + "/_sandbox/clock", timeout=30) as answer:
            return json.load(answer)["epochMilliseconds"] / 1000

    def disconnect(self, client_id, realm_id):
        """What a person does on the Apps page of QuickBooks."""
        self._control("disconnect", {"clientId": client_id, "realmId": realm_id})

    def _control(self, path, body):
        request = urllib.request.Request(
            f"{self.url}/_sandbox/{path}", data=json.dumps(body).encode(), headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def consent(self, authorization_url, realm_id):
        """The query of the address that ``consent_location`` is led back to."""
        location = self.consent_location(authorization_url, realm_id)
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(location).query))

    def consent_location(self, authorization_url, realm_id):
        """Opens the consent page, picks the company, presses Connect; the address one is sent back to."""
        with urllib.request.urlopen(authorization_url, timeout=30) as answer:
            page = _Form()
            page.feed(answer.read().decode())
        fields = dict(page.fields, realmId=realm_id, decision="connect")
        target = urllib.parse.urljoin(authorization_url, page.action)
        return _location_of(target, urllib.parse.urlencode(fields).encode())


class _Form(HTMLParser):
    """The first form that posts, and its hidden fields."""

    def __init__(self):
        super().__init__()
        self.action = None
        self.fields = {}

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form" and self.action is None and attributes.get("method", "").lower() == "post":
            self.action = attributes["action"]
        elif tag == "input" and self.action is not None and attributes.get("type") == "hidden":
            self.fields[attributes["name"]] = attributes.get("value", "")


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def _location_of(url, body):
    try:
        urllib.request.build_opener(_StayHere).open(url, data=body, timeout=30)
    except urllib.error.HTTPError as answer:
        if answer.code in (302, 303):
            return answer.headers["Location"]
        raise
    raise AssertionError("the consent form was answered without a redirect")


def require(condition, sentence):
    """An assertion that -O does not remove."""
    if not condition:
        raise AssertionError(sentence)
