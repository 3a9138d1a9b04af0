// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Sets up an authenticator app: a seed, a code that shows that the app has it, and recovery codes.
struct AuthenticatorPages: Sendable {
    static let address = "/account/authenticator"

    let desk: Desk
    let pages: PageWriter

    struct AuthenticatorView {
        let seed: String
        /// In groups of four, to be typed.
        let grouped: String
        /// What an app on the same device opens.
        let address: String
        let isNeeded: Bool
        let isReplaced: Bool
    }

    struct RecoveryView {
        let codes: [String]
    }

    func addRoutes(to router: Router<SiteContext>) {
        router.get("account/authenticator") { try await show($0, $1) }
        router.post("account/authenticator") { try await confirm($0, $1) }
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (people, signedIn) = (try pages.people, try context.needsSignedIn)
        if let again = again(request, context) { return again }
        return try await page(people.ownAccount.newAuthenticatorSeed(), signedIn, request, context)
    }

    /// Answers with the page itself, which shows the recovery codes once.
    private func confirm(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let (people, signedIn) = (try pages.people, try context.needsSignedIn)
        if let again = again(request, context) { return again }
        let seed = form.secret("seed")
        do {
            let codes = try await people.ownAccount.confirmAuthenticator(
                of: signedIn, seed: seed, code: form["code"] ?? "")
            let view = RecoveryView(codes: codes.map { $0.reveal() })
            let said = Flash(.good, "The authenticator app is set up. Its codes are asked for from now on.")
            return try await pages.page(
                .recoveryCodes, view, title: "Recovery codes", part: nil, said: said, request, context)
        } catch let refused as Desk.Refused {
            guard AuthenticatorSeed.bytes(seed.reveal())?.count == 20 else {
                return pages.redirect(to: Self.address, saying: Flash(.bad, refused.message), context)
            }
            return try await page(
                seed, signedIn, said: Flash(.bad, refused.message), status: .unprocessableContent, request, context)
        }
    }

    /// Somebody who finds a browser left open must not take the account over.
    private func again(_ request: Request, _ context: SiteContext) -> Response? {
        guard case .person(let principal) = context.actor, !principal.isFresh(at: pages.clock.now) else { return nil }
        return pages.signInAgain(request, context)
    }

    private func page(
        _ seed: Secret, _ signedIn: SignInDesk.SignedIn, said: Flash? = nil, status: HTTPResponse.Status = .ok,
        _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let name = signedIn.person.name
        let view = AuthenticatorView(
            seed: seed.reveal(), grouped: Self.grouped(seed.reveal()),
            address: OwnAccountDesk.authenticatorAddress(seed: seed, name: name).reveal(),
            isNeeded: signedIn.mustSetUpAuthenticator, isReplaced: signedIn.person.hasAuthenticator)
        return try await pages.page(
            .authenticator, view, title: "Authenticator app", part: nil, said: said, status: status, request, context)
    }

    private static func grouped(_ text: String) -> String {
        stride(from: 0, to: text.count, by: 4).map { String(text.dropFirst($0).prefix(4)) }.joined(separator: " ")
    }
}
