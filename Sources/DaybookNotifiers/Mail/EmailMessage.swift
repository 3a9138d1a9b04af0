// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

/// An e-mail in the form of RFC 5322, in plain text.
///
/// Lines end in a line feed alone, as the `sendmail` command expects.
package struct EmailMessage: Sendable, Equatable {
    package let bytes: [UInt8]

    package init(
        _ announcement: Announcement, id: Delivery.ID, from: String, to: EmailAddress, at: Date, pageURL: URL
    ) {
        let company = announcement.company.map { " (\($0.name))" } ?? ""
        let body = QuotedPrintable(Self.text(announcement, pageURL: pageURL))
        let host = from.split(separator: "@").last ?? "localhost"
        let headers: [(name: String, value: String)] = [
            ("Date", MailDate.text(at)),
            ("From", "Daybook <\(HeaderText.oneLine(from))>"),
            ("To", to.text),
            ("Subject", HeaderText.encoded("Daybook: \(announcement.title)\(company)", after: "Subject: ".count)),
            ("Message-ID", "<\(HeaderText.oneLine(id.text))@\(HeaderText.oneLine(String(host)))>"),
            // So that automatic replies are not sent.
            ("Auto-Submitted", "auto-generated"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", body.name),
        ]
        let head = headers.map { "\($0.name): \($0.value)\n" }.joined()
        bytes = Array("\(head)\n\(body.text)".utf8)
    }

    private static func text(_ announcement: Announcement, pageURL: URL) -> String {
        var lines = [announcement.text, ""]
        if let company = announcement.company {
            lines.append("Company: \(HeaderText.oneLine(company.name)) (Realm ID \(company.realmID))")
        }
        if let connection = announcement.connection { lines.append("Connection: \(connection.value)") }
        lines.append("Since: \(MailDate.plain(announcement.at))")
        lines.append("Daybook: \(pageURL.absoluteString)")
        if announcement.kind == .warning {
            lines += ["", "You are told of this once, and again when it is over."]
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
