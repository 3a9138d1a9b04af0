// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookNotifiers
import Foundation
import Testing

@Suite("An e-mail")
struct EmailMessageTests {
    private func lines(
        title: String = "It ends", text: String = "Press the button.", company: String = "Ridge Rentals"
    ) throws -> [String] {
        let at = Date(timeIntervalSince1970: 1_795_424_700)
        let announcement = Announcement(
            id: .init("A1"), kind: .warning, connection: .first, company: Company(realmID: "9130", name: company),
            subject: .idle, days: 7, title: title, text: text, at: at)
        let message = EmailMessage(
            announcement, id: .init("A1-3"), from: "daybook@shop.example.com", to: try EmailAddress("pat@example.com"),
            at: at, pageURL: try #require(URL(string: "http://localhost:8710")))
        return String(decoding: message.bytes, as: UTF8.self).components(separatedBy: "\n")
    }

    @Test("has the headers of RFC 5322 and says what, which, what to do and where")
    func plain() throws {
        #expect(
            try lines() == [
                "Date: Mon, 23 Nov 2026 09:05:00 +0000",
                "From: Daybook <daybook@shop.example.com>",
                "To: pat@example.com",
                "Subject: Daybook: It ends (Ridge Rentals)",
                "Message-ID: <A1-3@shop.example.com>",
                "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: 7bit",
                "",
                "Press the button.",
                "",
                "Company: Ridge Rentals (Realm ID 9130)",
                "Connection: 1",
                "Since: 23 Nov 2026 09:05:00 UTC",
                "Daybook: http://localhost:8710",
                "",
                "You are told of this once, and again when it is over.",
                "",
            ])
    }

    @Test("letters beyond ASCII travel encoded, in the subject by RFC 2047 and in the text by RFC 2045")
    func foreign() throws {
        let lines = try lines(text: "Ruf an = sofort. ", company: "Müller & Söhne Baumaschinenverleih GmbH Köln")
        let first = try #require(lines.firstIndex { $0.hasPrefix("Subject: ") })
        var subject = lines[first].dropFirst("Subject: ".count)
        for line in lines[(first + 1)...].prefix(while: { $0.hasPrefix(" ") }) { subject += line }
        let words = subject.split(separator: " ")
        #expect(words.count > 1 && words.allSatisfy { $0.count <= 75 })
        let decoded = words.compactMap { word in
            word.wholeMatch(of: /=\?utf-8\?B\?(.*)\?=/).flatMap { Data(base64Encoded: String($0.1)) }
        }.map { String(decoding: $0, as: UTF8.self) }.joined()
        #expect(decoded == "Daybook: It ends (Müller & Söhne Baumaschinenverleih GmbH Köln)")
        #expect(lines.contains("Content-Transfer-Encoding: quoted-printable"))
        #expect(lines.contains("Ruf an =3D sofort.=20"))
        #expect(lines.contains("Company: M=C3=BCller & S=C3=B6hne Baumaschinenverleih GmbH K=C3=B6ln (Realm="))
        #expect(lines.allSatisfy { $0.utf8.allSatisfy { $0 < 128 } && $0.count <= 76 })
    }

    @Test(
        "no name begins a header of its own",
        arguments: [
            "Ridge\nBcc: kim@example.com", "Ridge\r\nX: y", "Ridge\u{2028}X: y", "Ridge\u{85}X: y", "=?utf-8?q?x?=",
        ])
    func injection(_ company: String) throws {
        let lines = try lines(company: company)
        let head = lines.prefix { !$0.isEmpty }
        #expect(!head.contains { $0.hasPrefix("Bcc") || $0.hasPrefix("X:") })
        #expect(head.filter { !$0.hasPrefix(" ") }.count == 9)
        #expect(!head.contains { $0.contains("=?utf-8?q?") })
    }
}
