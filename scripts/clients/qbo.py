# SPDX-License-Identifier: Apache-2.0
"""qbo-cli, its code unmodified, but with the sandbox's addresses and the sandbox's time.

usage: qbo.py SANDBOX_URL ARGUMENTS-OF-QBO…

qbo-cli has Intuit's addresses as constants and takes them from no setting; they are replaced before its other modules
read them. It decides by this machine's clock whether a token is fresh; it is given the sandbox's clock instead, because that
one is turned.
"""

import sys
import time

from qbo_cli import constants

from sandbox import Sandbox


class SandboxTime:
    """What qbo-cli uses of the module time."""

    def __init__(self, sandbox):
        self.time = sandbox.now

    ctime = staticmethod(time.ctime)


def main(url, arguments):
    sandbox = Sandbox(url)
    constants.AUTH_URL = sandbox.url + "/connect/oauth2"
    constants.TOKEN_URL = sandbox.url + "/oauth2/v1/tokens/bearer"
    constants.SANDBOX_BASE = sandbox.api_url + "/company"
    constants.PROD_BASE = sandbox.url + "/production/v3/company"

    from qbo_cli import auth, cli

    auth.time = SandboxTime(sandbox)
    sys.argv = ["qbo", *arguments]
    cli.main()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
