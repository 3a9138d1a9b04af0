# SPDX-License-Identifier: Apache-2.0
"""What people do at Daybook's pages: choose a password by a link, set up an authenticator app, invite others, make keys."""

import base64
import hashlib
import hmac
import http.cookiejar
import re
import struct
import time
import urllib.parse
import urllib.request
from html import unescape

_PASSWORD = "gravel boom tuesday"


class Browser:
    """One person's, with the cookies of one session."""

    def __init__(self, url):
        self.url = url.rstrip("/")
        self._jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))

    @property
    def headers(self):
        """What a browser sends with each request from a page of Daybook's."""
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._jar)
        return {"Cookie": cookies, "Origin": self.url}

    def open(self, address):
        request = urllib.request.Request(urllib.parse.urljoin(self.url, address))
        with self._opener.open(request, timeout=60) as answer:
            return answer.read().decode()

    def submit(self, page, address, **fields):
        """Sends a form of a page that was opened."""
        token = unescape(re.search(r'name="form-token" value="([^"]+)"', page).group(1))
        data = urllib.parse.urlencode({**fields, "form-token": token}).encode()
        request = urllib.request.Request(self.url + address, data=data, headers={"Origin": self.url})
        with self._opener.open(request, timeout=60) as answer:
            return answer.read().decode()

    def use(self, link, name=""):
        """Chooses a password; returns the page that comes next."""
        return self.submit(self.open(link), "/link", name=name, password=_PASSWORD, repeated=_PASSWORD)

    def set_up_authenticator(self, page):
        seed = re.search(r'name="seed" value="([A-Z2-7]+)"', page).group(1)
        return self.submit(page, "/account/authenticator", seed=seed, code=_code(seed))

    def invite(self, name, role):
        """The link for the new person."""
        page = self.submit(self.open("/people"), "/people", name=name, role=role, company="", store="")
        return unescape(re.search(r'value="([^"]*/link/[^"]+)"', page).group(1))

    def make_key(self, name, scope):
        page = self.submit(self.open("/keys"), "/keys", name=name, stores="", days="30", scope=scope)
        return re.search(r'value="(daybook_[a-z0-9]+)"', page).group(1)


def administrator(url, first_link):
    """The browser of the first administrator, who is called pat."""
    browser = Browser(url)
    browser.set_up_authenticator(browser.use(first_link, name="pat"))
    return browser


def _code(seed):
    """RFC 6238, as an app shows it now."""
    key = base64.b32decode(seed + "=" * (-len(seed) % 8))
    sealed = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    place = sealed[-1] & 15
    return f"{(struct.unpack('>I', sealed[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
