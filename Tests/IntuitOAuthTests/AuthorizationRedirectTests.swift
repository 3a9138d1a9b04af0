// SPDX-License-Identifier: Apache-2.0
import IntuitOAuth
import Testing

@Suite("What the browser brings back")
struct AuthorizationRedirectTests {
    @Test(
        "a whole address and a bare query are read alike",
        arguments: [
            "http://localhost:8710/connection/callback?code=AB11%2Bx&state=s%201&realmId=9341453908059321",
            "code=AB11%2Bx&state=s+1&realmId=9341453908059321",
            "  ?realmId=9341453908059321&state=s+1&code=AB11%2Bx#fragment\n",
        ])
    func granted(text: String) throws {
        let redirect = try AuthorizationRedirect(parsing: text)
        #expect(redirect == .granted(code: SecretString("AB11+x"), state: "s 1", realmID: "9341453908059321"))
    }

    @Test("Cancel is a refusal with its state")
    func cancelled() throws {
        let redirect = try AuthorizationRedirect(
            parsing: "https://x.example/cb?error=access_denied&error_description=The+user+cancelled&state=s")
        #expect(redirect == .refused(error: "access_denied", description: "The user cancelled", state: "s"))
    }

    @Test(
        "anything else is refused in words",
        arguments: [
            "", "https://x.example/cb", "code=a", "state=s", "code=&state=s", "code=a&state=",
            "code=a&code=b&state=s", "code=a&state=s&realmId=12a", "code=a&state=s&realmId=", "code=%zz&state=s",
        ])
    func invalid(text: String) {
        let error = #expect(throws: OAuthError.self) { try AuthorizationRedirect(parsing: text) }
        #expect(error?.code == .invalidRedirect)
        #expect(error?.description.contains("Start Connect to QuickBooks again.") == true)
    }
}
