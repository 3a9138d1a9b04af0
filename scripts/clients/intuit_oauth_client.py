# SPDX-License-Identifier: Apache-2.0
"""Intuit's own OAuth client, unmodified, against intuit-sandbox: consent, code, refresh, rotation, revoke, sign-in.

usage: intuit_oauth_client.py SANDBOX_URL
Prints one JSON line with the steps that were taken; ends with 1 and a sentence at the first that went wrong.
"""

import json
import sys

from intuitlib.client import AuthClient
from intuitlib.enums import Scopes
from intuitlib.exceptions import AuthClientError

from sandbox import Sandbox, require


def main(url):
    sandbox = Sandbox(url)
    app = sandbox.development_app()
    realm = sandbox.first_realm()
    client = AuthClient(
        app["clientId"], app["clientSecret"], app["redirectUris"][0], environment=sandbox.discovery_url)
    steps = ["discovery"]

    sign_in(sandbox, client, realm)
    steps.append("sign-in")

    answer = sandbox.consent(client.get_authorization_url([Scopes.ACCOUNTING], state_token="a-state"), realm)
    require(answer.get("state") == "a-state", f"state came back as {answer.get('state')}")
    require(answer.get("realmId") == realm, f"realmId came back as {answer.get('realmId')}")
    steps.append("consent")

    client.get_bearer_token(answer["code"], realm_id=answer["realmId"])
    first_access, first_refresh = client.access_token, client.refresh_token
    require(first_access and first_refresh, "the code was answered without both tokens")
    require(client.expires_in == 3600, f"expires_in is {client.expires_in}, not 3600")
    require(client.x_refresh_token_expires_in > 8_000_000, "x_refresh_token_expires_in is not about a hundred days")
    steps.append("code")

    client.refresh(refresh_token=first_refresh)
    require(client.access_token != first_access, "refresh gave the same access token again")
    steps.append("refresh")

    require(client.refresh_token == first_refresh, "the refresh token changed within its first day")
    sandbox.advance("1d")
    client.refresh()
    require(client.refresh_token != first_refresh, "a day later the refresh token is still the same")
    refused(lambda: client.refresh(refresh_token=first_refresh), 400, "the old refresh token still works")
    client.refresh(refresh_token=client.refresh_token)
    steps.append("rotation")

    newest = client.refresh_token
    require(client.revoke(token=newest), "revoke was refused")
    refused(lambda: client.refresh(refresh_token=newest), 400, "a revoked refresh token still works")
    steps.append("revoke")

    # Last, because a code used twice costs the whole grant.
    again = sandbox.consent(client.get_authorization_url([Scopes.ACCOUNTING], state_token="b-state"), realm)
    client.get_bearer_token(again["code"], realm_id=again["realmId"])
    refused(lambda: client.get_bearer_token(again["code"]), 400, "the same code was taken twice")
    refused(client.refresh, 400, "the grant of a code that was used twice is still good")
    steps.append("code-once")

    print(json.dumps({"client": "intuit-oauth", "steps": steps}))


def sign_in(sandbox, client, realm):
    """Before anything else: the client checks the id_token by this machine's clock, which nobody turns."""
    scopes = [Scopes.OPENID, Scopes.EMAIL, Scopes.PROFILE]
    answer = sandbox.consent(client.get_authorization_url(scopes, state_token="o-state"), realm)
    client.get_bearer_token(answer["code"])
    require(client.id_token, "the client did not accept the id_token")
    user = client.get_user_info().json()
    owner = sandbox.status()["users"][0]
    require(user["sub"] == owner["userId"] and user["email"] == owner["email"], f"userinfo is {user}")


def refused(call, status, otherwise):
    try:
        call()
    except AuthClientError as error:
        require(error.status_code == status, f"refused with {error.status_code} instead of {status}")
    else:
        raise AssertionError(otherwise)


if __name__ == "__main__":
    main(sys.argv[1])
