// SPDX-License-Identifier: Apache-2.0
import Crypto
import Daybook
import DaybookNotifiers
import Foundation

extension FuzzTarget {
    /// A mailbox and a webhook, read from the same text.
    static let notifiers = FuzzTarget(name: "notifiers") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        do {
            let mailbox = try EmailAddress(text)
            try stays(mailbox.text, try? EmailAddress(mailbox.text).text)
        } catch let error as AddressRefused {
            try promise(error.description.contains("is not an e-mail address:"), error.description)
        }
        do {
            let webhook = try WebhookAddress(text)
            let written = webhook.url.absoluteString
            try stays(written, try? WebhookAddress(written).url.absoluteString)
        } catch let error as AddressRefused {
            try promise(error.description.hasSuffix("."), error.description)
        }
    }

    /// The header that proves a webhook's message, read as docs/notifications.md says.
    static let webhookSignature = FuzzTarget(name: "webhook-signature") { bytes in
        let (seconds, body) = numbered(bytes, standard: 1_795_424_700)
        let secret = Secret(String(decoding: body.prefix(choice(body, below: 64)), as: UTF8.self))
        let at = Date(timeIntervalSince1970: Double(seconds) + 0.9)
        let header = WebhookSignature(of: body, at: at, secret: secret).header
        let parts = header.split(separator: ",", omittingEmptySubsequences: false)
        try promise(parts.count == 2, header)
        try promise(parts[0] == "t=\(seconds)" && parts[1].hasPrefix("v1="), header)
        let key = SymmetricKey(data: Array(secret.reveal().utf8))
        var code = HMAC<SHA256>(key: key)
        code.update(data: Array("\(seconds).".utf8))
        code.update(data: body)
        let digits = code.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        try promise(parts[1].dropFirst(3) == digits, "\(header) is not of \(digits)")
        let other = WebhookSignature(of: body + [0], at: at, secret: secret).header
        try promise(other != header, "two messages have one signature")
    }

    private static func stays(_ text: String, _ again: String?) throws {
        try promise(text == again, "\(text) is read as \(again ?? "nothing")")
    }
}
