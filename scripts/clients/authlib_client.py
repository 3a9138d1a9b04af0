# SPDX-License-Identifier: Apache-2.0
"""authlib, unmodified, against intuit-sandbox: consent, code, id_token, userinfo, refresh, rotation, revoke.

usage: authlib_client.py SANDBOX_URL
Prints one JSON line with the steps that were taken; ends with 1 and a sentence at the first that went wrong.
"""

import json
import os
import sys

# authlib refuses plain http unless it is told that this is meant; the sandbox is on loopback.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

import requests  # noqa: E402
from authlib.integrations.base_client.errors import OAuthError  # noqa: E402
from authlib.integrations.requests_client import OAuth2Session  # noqa: E402
from joserfc import jwt  # noqa: E402
from joserfc.errors import BadSignatureError  # noqa: E402
from joserfc.jwk import KeySet  # noqa: E402

from sandbox import Sandbox, require  # noqa: E402

SCOPE = "com.intuit.quickbooks.accounting openid email profile phone address"


def main(url):
    sandbox = Sandbox(url)
    app = sandbox.development_app()
    realm = sandbox.first_realm()
    server = requests.get(sandbox.discovery_url, timeout=30).json()
    session = OAuth2Session(
        app["clientId"], app["clientSecret"], scope=SCOPE, redirect_uri=app["redirectUris"][0])
    steps = ["discovery"]

    claims = json.dumps({"id_token": {"realmId": None}})
    address, state = session.create_authorization_url(server["authorization_endpoint"], claims=claims)
    answer = sandbox.consent(address, realm)
    require(answer.get("state") == state, f"state came back as {answer.get('state')}")
    require(answer.get("realmId") == realm, f"realmId came back as {answer.get('realmId')}")
    steps.append("consent")

    first = session.fetch_token(server["token_endpoint"], code=answer["code"])
    require(first["expires_in"] == 3600, f"expires_in is {first['expires_in']}, not 3600")
    steps.append("code")

    check_id_token(sandbox, server, app, realm, first["id_token"])
    steps.append("id_token")

    user = session.get(server["userinfo_endpoint"]).json()
    require(user["emailVerified"] is True and user["address"]["country"] == "US", f"userinfo is {user}")
    steps.append("userinfo")

    second = session.refresh_token(server["token_endpoint"])
    require(second["access_token"] != first["access_token"], "refresh gave the same access token again")
    require(second["refresh_token"] == first["refresh_token"], "the refresh token changed within its first day")
    steps.append("refresh")

    sandbox.advance("1d")
    third = session.refresh_token(server["token_endpoint"])
    require(third["refresh_token"] != first["refresh_token"], "a day later the refresh token is still the same")
    refused(session, server, first["refresh_token"], "the old refresh token still works")
    session.refresh_token(server["token_endpoint"], refresh_token=third["refresh_token"])
    steps.append("rotation")

    revoked = session.revoke_token(server["revocation_endpoint"], token=third["refresh_token"])
    require(revoked.status_code == 200, f"revoke was answered {revoked.status_code}")
    refused(session, server, third["refresh_token"], "a revoked refresh token still works")
    steps.append("revoke")

    print(json.dumps({"client": "authlib", "steps": steps}))


def check_id_token(sandbox, server, app, realm, text):
    keys = KeySet.import_key_set(requests.get(server["jwks_uri"], timeout=30).json())
    token = jwt.decode(text, keys, algorithms=["RS256"])
    registry = jwt.JWTClaimsRegistry(
        now=lambda: int(sandbox.now()),
        iss={"essential": True, "value": server["issuer"]},
        aud={"essential": True, "value": app["clientId"]},
        exp={"essential": True},
        sub={"essential": True, "value": sandbox.status()["users"][0]["userId"]},
        realmid={"essential": True, "value": realm})
    registry.validate(token.claims)
    head, payload, signature = text.split(".")
    forged = f"{head}.{payload}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"
    try:
        jwt.decode(forged, keys, algorithms=["RS256"])
    except BadSignatureError:
        return
    raise AssertionError("a forged signature was accepted")


def refused(session, server, refresh_token, otherwise):
    try:
        session.refresh_token(server["token_endpoint"], refresh_token=refresh_token)
    except OAuthError as error:
        require(error.error == "invalid_grant", f"refused with {error.error} instead of invalid_grant")
    else:
        raise AssertionError(otherwise)


if __name__ == "__main__":
    main(sys.argv[1])
