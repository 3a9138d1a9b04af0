# SPDX-License-Identifier: Apache-2.0
"""What a person and a browser do at the sandbox: read its keys, sign in, and press Connect on its consent page."""

import http.cookiejar
import json
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser


class Sandbox:
    def __init__(self, url):
        self.url = url.rstrip("/")

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
        """Tokens without the consent page, for what does not test consents."""
        return self.control("grants", {"clientId": client_id, "realmId": realm_id})

    def register_redirect_uri(self, client_id, uri):
        self.control(f"apps/{client_id}/redirect-uris", {"uri": uri})

    def advance(self, duration):
        """Turns the sandbox's clock, for example by "1d"."""
        self.control("clock/advance", {"duration": duration})

    def now(self):
        """The sandbox's time, in seconds since 1970."""
        with urllib.request.urlopen(self.url + "/_sandbox/clock", timeout=30) as answer:
            return json.load(answer)["epochMilliseconds"] / 1000

    def disconnect(self, client_id, realm_id):
        """What a person does on the Apps page of QuickBooks."""
        self.control("disconnect", {"clientId": client_id, "realmId": realm_id})

    def control(self, path, body):
        """One of the sandbox's control calls, /_sandbox/…"""
        request = urllib.request.Request(
            f"{self.url}/_sandbox/{path}", data=json.dumps(body).encode(), headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def consent(self, authorization_url, realm_id):
        """The query of the address that ``consent_location`` is led back to."""
        location = self.consent_location(authorization_url, realm_id)
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(location).query))

    def consent_location(self, authorization_url, realm_id):
        """Opens the consent page, picks the company, presses Connect. Returns the address the browser is sent back to."""
        browser = _Browser(authorization_url)
        if browser.form_with("password"):
            owner = self.status()["users"][0]
            browser.submit("password", {"email": owner["email"], "password": owner["password"]})
        location = browser.submit("decision", {"realmId": realm_id, "decision": "connect"}, follow=False)
        if location is None:
            raise AssertionError("the consent form was answered without a redirect")
        return location


class _Browser:
    """A page, its forms, and the cookies got on the way."""

    def __init__(self, url):
        self._jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._open(url)

    def _open(self, url, body=None):
        opener = urllib.request.build_opener(self._jar)
        with opener.open(url, data=body, timeout=30) as answer:
            self._url = answer.geturl()
            page = _Forms()
            page.feed(answer.read().decode())
        self._forms = page.forms

    def form_with(self, name):
        """The form that has a field of that name, if there is one."""
        return next((form for form in self._forms if name in form["names"]), None)

    def submit(self, name, values, follow=True):
        """Fills in the form that has a field of that name, and sends it. Without `follow`, returns the address it leads to."""
        form = self.form_with(name)
        require(form, f"the page {self._url.split('?')[0]} has no form with the field {name}")
        body = urllib.parse.urlencode(dict(form["hidden"], **values)).encode()
        target = urllib.parse.urljoin(self._url, form["action"])
        if follow:
            return self._open(target, body)
        try:
            urllib.request.build_opener(self._jar, _StayHere).open(target, data=body, timeout=30)
        except urllib.error.HTTPError as answer:
            if answer.code in (302, 303):
                return answer.headers["Location"]
            raise
        return None


class _Forms(HTMLParser):
    """The forms of a page that post: where to, hidden fields, and the names of all fields."""

    def __init__(self):
        super().__init__()
        self.forms = []
        self._is_inside = False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self._is_inside = attributes.get("method", "").lower() == "post"
            if self._is_inside:
                self.forms.append({"action": attributes["action"], "hidden": {}, "names": set()})
        elif tag in ("input", "button", "select") and self._is_inside and "name" in attributes:
            self.forms[-1]["names"].add(attributes["name"])
            if attributes.get("type") == "hidden":
                self.forms[-1]["hidden"][attributes["name"]] = attributes.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self._is_inside = False


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def require(condition, sentence):
    """An assertion that -O does not remove."""
    if not condition:
        raise AssertionError(sentence)
