// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What the browser brings back from Intuit's consent page.
///
/// Compare `state` with the one that was sent before anything else is done with it.
public enum AuthorizationRedirect: Sendable, Equatable {
    /// The person chose Connect. The code works once, for about ten minutes. `realmID` is absent if
    /// only OpenID scopes were asked for.
    case granted(code: SecretString, state: String, realmID: String?)
    /// The person chose Cancel (`access_denied`), or Intuit refused the request.
    case refused(error: String, description: String?, state: String?)

    /// Reads a redirect: the whole address, or only its query.
    ///
    /// - Throws: ``OAuthError/Code/invalidRedirect`` if it holds neither a code with its state nor
    ///   an error, or holds one of its parameters twice.
    public init(parsing text: String) throws(OAuthError) {
        let parameters = try Self.parameters(of: text)
        if let error = parameters["error"] {
            self = .refused(
                error: error, description: parameters["error_description"], state: parameters["state"])
            return
        }
        guard let code = parameters["code"], !code.isEmpty else { throw Self.invalid("it holds no code") }
        guard let state = parameters["state"], !state.isEmpty else { throw Self.invalid("it holds no state") }
        let realm = parameters["realmId"]
        if let realm, realm.isEmpty || !realm.utf8.allSatisfy({ (48...57).contains($0) }) {
            throw Self.invalid("its company number (realmId) is not a number")
        }
        self = .granted(code: SecretString(code), state: state, realmID: realm)
    }

    private static func parameters(of text: String) throws(OAuthError) -> [String: String] {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let withoutFragment = trimmed.prefix { $0 != "#" }
        let query = withoutFragment.firstIndex(of: "?").map { withoutFragment[$0...].dropFirst() } ?? withoutFragment
        var parameters: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(parts[0]), let value = decoded(parts.count > 1 ? parts[1] : "") else {
                throw invalid("it is not correctly encoded")
            }
            guard parameters.updateValue(value, forKey: name) == nil else { throw invalid("it holds \(name) twice") }
        }
        return parameters
    }

    private static func decoded(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }

    private static func invalid(_ reason: String) -> OAuthError {
        OAuthError(
            .invalidRedirect,
            reason:
                "The address that came back from Intuit can't be used: \(reason). Start Connect to QuickBooks again.")
    }
}
