// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb
import Foundation

extension PersonResponse {
    var line: String {
        let last = lastSignInAt.map { "last sign-in \($0.ISO8601Format())" } ?? "never signed in"
        let parts: [String?] = [
            name, roles.map(\.words).joined(separator: "; "), last, authenticator ? "authenticator app" : nil,
            enabled ? nil : "kept out",
        ]
        return parts.compactMap(\.self).joined(separator: "  ")
    }
}

extension InvitedResponse {
    var lines: [String] {
        [
            "Give \(person.name) this link, which is shown only now and is good once, for three days:", link,
        ]
    }
}
