// SPDX-License-Identifier: Apache-2.0
import Daybook
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

    private static func stays(_ text: String, _ again: String?) throws {
        try promise(text == again, "\(text) is read as \(again ?? "nothing")")
    }
}
