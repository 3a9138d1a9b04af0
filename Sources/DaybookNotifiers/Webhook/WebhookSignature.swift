// SPDX-License-Identifier: Apache-2.0
import Crypto
package import Daybook
package import Foundation

/// Proves that a message is Daybook's and when it was sent: HMAC-SHA256 over the time, a full stop and the body.
package struct WebhookSignature: Sendable, Equatable {
    /// Whole seconds since 1970.
    package let seconds: Int64
    /// In lower-case hex.
    package let hex: String

    /// - Parameter secret: The key is its UTF-8 bytes, as the secret was shown.
    package init(of body: [UInt8], at: Date, secret: Secret) {
        seconds = Int64(at.timeIntervalSince1970.rounded(.down))
        let key = SymmetricKey(data: Array(secret.reveal().utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Array("\(seconds).".utf8) + body, using: key)
        let digits = Array("0123456789abcdef")
        hex = String(code.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    /// The value of `Daybook-Signature`.
    package var header: String { "t=\(seconds),v1=\(hex)" }
}
