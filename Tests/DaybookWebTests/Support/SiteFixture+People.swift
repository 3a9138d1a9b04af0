// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
@testable import DaybookWeb
import Foundation
import HTTPTypes
import IntuitSandbox

/// People and keys, without the pages by which they are made.
extension SiteFixture {
    static let password = Secret("seven blue lorries in the rain")
    static let origin = SignInDesk.Origin(source: "192.0.2.7", browser: "test")

    var people: Desk.People { get throws { try present(desk.people) } }

    /// Makes the first administrator, with an authenticator app.
    func signUpFirst(_ name: String = "pat") async throws -> SignInDesk.SignedIn {
        let link = try present(try await people.signIn.makeFirstLink())
        return try await withAuthenticator(try await use(link, name))
    }

    func use(_ link: Secret, _ name: String = "") async throws -> SignInDesk.SignedIn {
        let signedIn: SignInDesk.SignedIn? = try await people.signIn.use(
            link, name: name, password: Self.password, from: Self.origin)
        return try present(signedIn)
    }

    func withAuthenticator(_ signedIn: SignInDesk.SignedIn) async throws -> SignInDesk.SignedIn {
        let seed = try people.ownAccount.newAuthenticatorSeed()
        _ = try await people.ownAccount.confirmAuthenticator(of: signedIn, seed: seed, code: code(of: seed.reveal()))
        return try present(try await people.signIn.session(signedIn.secret))
    }

    /// Somebody with a role, who has signed in.
    func signUp(_ name: String, _ roles: RoleAssignment...) async throws -> SignInDesk.SignedIn {
        let (_, link) = try await people.manage.invite(name, roles: Set(roles), by: .command("test"))
        let signedIn = try await use(link)
        return signedIn.mustSetUpAuthenticator ? try await withAuthenticator(signedIn) : signedIn
    }

    func key(_ name: String, _ scopes: Set<APIKey.Scope>, stores: Set<StoreNumber>? = nil) async throws -> APIKey.Made {
        let (key, secret) = try await people.keys.add(
            name, scopes: scopes, stores: stores, days: nil, by: .command("test"))
        return APIKey.Made(key: key, secret: secret)
    }

    /// What an authenticator app shows now.
    func code(of seed: String) throws -> String {
        let bytes = try present(AuthenticatorSeed.bytes(seed.replacing(" ", with: "")))
        return OneTimeCode(mac: SystemMessageAuthentication()).code(
            seed: bytes, step: OneTimeCode.step(at: sandbox.now))
    }
}

extension APIKey {
    struct Made: Sendable {
        let key: APIKey
        let secret: Secret

        var headers: HTTPFields { [.authorization: "Bearer \(secret.reveal())"] }
    }
}

extension Visitor {
    /// Has the cookie of somebody who has signed in; nil for a browser in which nobody has.
    func become(_ signedIn: SignInDesk.SignedIn?) { carry("daybook_session", signedIn?.secret.reveal()) }
}
