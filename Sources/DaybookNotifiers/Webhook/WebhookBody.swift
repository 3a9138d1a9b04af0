// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// What a webhook receives: ids and plain words.
///
/// `text` is what chat programs show. The same announcement makes the same bytes at every attempt.
struct WebhookBody: Encodable {
    /// The delivery; the same at every attempt.
    private let id: String
    private let type: String
    private let at: Date
    private let connection: Int64?
    private let realmId: String?
    /// `idle`, `hard`, `trouble`, `notRefreshed`, `secondCopy` or `exportsInError`.
    private let subject: String?
    private let daysLeft: Int?
    private let cause: String?
    private let title: String
    private let text: String
    private let url: String

    init(_ announcement: Announcement, id: Delivery.ID, pageURL: URL) {
        self.id = id.text
        type = Self.type(of: announcement.kind)
        at = announcement.at
        connection = announcement.connection?.value
        realmId = announcement.company?.realmID
        subject = announcement.subject?.rawValue
        daysLeft = announcement.days
        cause = announcement.cause?.rawValue
        title = announcement.title
        text = "\(announcement.title). \(announcement.text)"
        url = pageURL.absoluteString
    }

    func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return [UInt8](try encoder.encode(self))
    }

    private static func type(of kind: Announcement.Kind) -> String {
        switch kind {
        case .warning: "connection.warning"
        case .allClear: "connection.all-clear"
        case .test: "test"
        }
    }
}
