// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("People and their rights")
struct PeopleTests {
    private static let redirect = SandboxApp.presetRedirectURIs[0]
    private static let decision = [
        ("client_id", SandboxApp.development.clientID), ("response_type", "code"),
        ("scope", "com.intuit.quickbooks.accounting"), ("redirect_uri", redirect), ("state", "s"),
        ("realmId", rentalRealm), ("decision", "connect"),
    ]

    /// A caller for whom the sample user at this place is the first: without a sign-in, everybody is the first user.
    private func caller(firstIs place: Int) -> SandboxCaller {
        var users = SandboxUser.samples()
        users.swapAt(0, place)
        return SandboxCaller { [users] in $0.users = users }
    }

    @Test("The samples are an owner who administers both companies and a bookkeeper who administers none")
    func samples() {
        let users = SandboxCaller().sandbox.users
        #expect(users.map(\.email) == ["dana@threerivers.example", "lee@threerivers.example"])
        for realm in [rentalRealm, emptyRealm] {
            #expect(users[0].administers(realm))
            #expect(users[1].roles[realm] == .standard)
        }
    }

    @Test("Only an administrator of the company can connect it, on the page and off it")
    func administratorsOnly() async throws {
        let bookkeeper = caller(firstIs: 1)
        let refused = try await bookkeeper.form("/connect/oauth2/decision", Self.decision)
        #expect(refused.statusCode == 403)
        #expect(try refused.header("Location") == nil)
        #expect(refused.text.contains("not an administrator"))
        let error = #expect(throws: SandboxError.self) {
            try bookkeeper.sandbox.mintGrant(
                clientID: SandboxApp.development.clientID, realmID: rentalRealm, user: "lee@threerivers.example")
        }
        #expect(error?.description.contains("no administrator of Three Rivers Rental") == true)

        try bookkeeper.sandbox.setRole(.admin, user: "LEE@threerivers.example", realmID: rentalRealm)
        let accepted = try await bookkeeper.form("/connect/oauth2/decision", Self.decision)
        #expect(try accepted.redirectFields()["code"] != nil)
    }

    @Test("A grant is its user's: it is refused while that user is out of the company, and good again afterwards")
    func membership() async throws {
        let caller = SandboxCaller()
        try caller.sandbox.setRole(.admin, user: "lee@threerivers.example", realmID: rentalRealm)
        let clientID = SandboxApp.development.clientID
        let owners = try caller.grant()
        let lees = try caller.sandbox.mintGrant(
            clientID: clientID, realmID: rentalRealm, user: "lee@threerivers.example")
        let body = "{\"realmId\":\"\(rentalRealm)\",\"role\":\"removed\"}"
        let lee = caller.sandbox.users[1]
        #expect(try await caller.control("users/\(lee.userID)/roles", body).statusCode == 200)

        let refused = try await caller.refresh(lees.refreshToken)
        #expect(try refused.string("x_error_reason") == "user_not_in_realm")
        #expect(try await caller.api(.get, "companyinfo/1", token: lees.accessToken).statusCode == 403)
        #expect(try await caller.refresh(owners.refreshToken).statusCode == 200)

        try caller.sandbox.setRole(.standard, user: lee.userID, realmID: rentalRealm)
        #expect(try await caller.refresh(lees.refreshToken).statusCode == 200, "no admin, but a member")
    }

    @Test("Removing the user who connected a company, and bringing everybody back")
    func removeAndRestore() async throws {
        let caller = SandboxCaller()
        let token = try caller.grant().refreshToken
        try caller.sandbox.setMembership(userIsMember: false, realmID: rentalRealm)
        #expect(caller.sandbox.users[0].roles == [emptyRealm: .admin])
        #expect(try await caller.refresh(token).statusCode == 400)
        try caller.sandbox.setMembership(userIsMember: true, realmID: rentalRealm)
        #expect(caller.sandbox.users[0].administers(rentalRealm))
        #expect(try await caller.refresh(token).statusCode == 200)
    }

    @Test(
        "Wrong input is refused in words",
        arguments: [
            ("users/nobody/roles", "{\"realmId\":\"\(rentalRealm)\",\"role\":\"admin\"}", "dana@threerivers.example"),
            ("users/dana@threerivers.example/roles", "{\"realmId\":\"1\",\"role\":\"admin\"}", "realmId 1"),
            ("users/dana@threerivers.example/roles", "{\"realmId\":\"1\"}", "role is missing"),
            (
                "users/dana@threerivers.example/roles", "{\"realmId\":\"1\",\"role\":\"king\"}",
                "admin, standard, removed"
            ),
            ("sign-in", "{}", "required is missing"),
        ])
    func refused(path: String, body: String, part: String) async throws {
        let answer = try await SandboxCaller().control(path, body)
        #expect(answer.statusCode == 400)
        #expect(try answer.string("error").contains(part), "\(answer.text)")
    }
}
