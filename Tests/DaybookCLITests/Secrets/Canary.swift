// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A secret that was planted, or that somebody made on the way, and is to be found nowhere.
struct Canary: Hashable {
    enum Kind: String, CaseIterable {
        case clientSecret, refreshToken, accessToken, code, state, webhookSecret, webhookAddress, browserCookie,
            formToken, answerText, dataKey
        /// Intuit's number of a company.
        case realmID
        /// What QuickBooks' books have, too.
        case customer, amount
        case password, session, link, seed, recoveryCode, apiKey
        /// No secret: something that must be found, or the search is blind.
        case control

        static let people: Set<Kind> = [.password, .session, .link, .seed, .recoveryCode, .apiKey]
    }

    let kind: Kind
    /// Where it went in.
    let name: String
    let value: String

    /// What is looked for: the whole of a short one, and pieces of a long one, which may have been cut.
    ///
    /// The beginning of an access token is the same in all of them and tells nothing.
    var pieces: [String] {
        guard value.count > 80 else { return [value] }
        let last = value.count - 22
        return [60, value.count / 2, last].map { start in String(value.dropFirst(min(start, last)).prefix(22)) }
    }

    /// A new one of the shape that Intuit gives its own.
    static func made(_ kind: Kind, _ name: String) -> Canary {
        let value =
            switch kind {
            case .clientSecret: letters(40)
            case .refreshToken: "RT1-7-H0-1893456000\(letters(20))"
            case .accessToken: "eyJlbmMiOiJBMTI4Q0JDLUhTMjU2IiwiYWxnIjoiZGlyIn0..\(letters(200))"
            case .code: "XAB11893456000\(letters(36))"
            case .state, .browserCookie: hex(kind == .state ? 32 : 64)
            case .webhookSecret: "dbwh_\(letters(43))"
            case .realmID: "9\(random(15, "0123456789"))"
            case .amount: "\(random(1, "123456789"))\(random(10, "0123456789")).37"
            case .apiKey: "daybook_\(random(52, "0123456789abcdefghjkmnpqrstvwxyz"))"
            case .session, .link: random(52, "0123456789abcdefghjkmnpqrstvwxyz")
            case .seed: random(32, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
            case .recoveryCode:
                (0..<7).map { _ in random(4, "0123456789abcdefghjkmnpqrstvwxyz") }.joined(separator: "-")
            case .customer, .password, .webhookAddress, .formToken, .answerText, .dataKey, .control: letters(28)
            }
        return Canary(kind: kind, name: name, value: value)
    }

    private static func letters(_ count: Int) -> String {
        random(count, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    }

    private static func hex(_ count: Int) -> String { random(count, "0123456789abcdef") }

    private static func random(_ count: Int, _ alphabet: String) -> String {
        String((0..<count).compactMap { _ in alphabet.randomElement() })
    }
}
