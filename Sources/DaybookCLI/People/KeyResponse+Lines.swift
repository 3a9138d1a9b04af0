// SPDX-License-Identifier: Apache-2.0
import DaybookWeb
import Foundation

extension KeyResponse {
    var line: String {
        let parts: [String?] = [
            "\(serial)", name, "\(prefix)…", scopes.joined(separator: ", "),
            stores.map { "store \($0.map(String.init).joined(separator: ", "))" },
            expiresAt.map { "until \($0.ISO8601Format())" },
            lastUsedAt.map { "last used \($0.ISO8601Format())" } ?? "never used",
            revokedAt.map { "revoked \($0.ISO8601Format())" },
        ]
        return parts.compactMap(\.self).joined(separator: "  ")
    }
}
