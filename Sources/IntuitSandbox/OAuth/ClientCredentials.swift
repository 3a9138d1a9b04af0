// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes

/// A client id and secret, from the Authorization header or from the form.
struct ClientCredentials: Sendable {
    var clientID: String
    var secret: String

    /// Nil if the call carries none that can be read.
    init?(headers: HTTPFields, form: FormFields?) {
        if let header = headers[.authorization] {
            guard header.lowercased().hasPrefix("basic "),
                let bytes = Data(base64Encoded: header.dropFirst(6).trimmingCharacters(in: .whitespaces))
            else { return nil }
            let pair = String(decoding: bytes, as: UTF8.self).split(separator: ":", maxSplits: 1)
            guard pair.count == 2 else { return nil }
            clientID = percentDecoded(pair[0].utf8, plusIsSpace: false)
            secret = percentDecoded(pair[1].utf8, plusIsSpace: false)
        } else if let form, let id = form["client_id"], let secret = form["client_secret"] {
            clientID = id
            self.secret = secret
        } else {
            return nil
        }
    }
}
