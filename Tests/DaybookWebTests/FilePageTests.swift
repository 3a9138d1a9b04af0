// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Testing

@testable import DaybookWeb

@Suite("Files that are dropped on the page")
struct FilePageTests {
    private static let iif = """
        !TRNS\tTRNSTYPE\tDATE\tACCNT\tAMOUNT\tDOCNUM\tMEMO
        !SPL\tTRNSTYPE\tDATE\tACCNT\tAMOUNT\tDOCNUM\tMEMO
        !ENDTRNS
        TRNS\tGENERAL JOURNAL\t11/16/2026\tRental receivables control\t1100.00\tPR1\tOn account
        SPL\tGENERAL JOURNAL\t11/16/2026\tRental Income\t-1100.00\t\tRent
        ENDTRNS

        """

    private static let answers = [
        ("constant.source", "elite"), ("constant.store", "1"), ("name", "Elite ledger"),
    ]

    @Test("an IIF file: what it does not tell is asked once, it is shown, taken, and posted")
    func ledger() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.visit { visitor in
                let asked = try await visitor.follow(try await visitor.upload("PR261116.iif", Self.iif))
                #expect(asked.words.contains("1 file received. Nothing is taken before you press OK."))
                #expect(asked.words.contains("This is a general ledger of QuickBooks Desktop (IIF)."))
                #expect(
                    asked.text.contains("name=\"constant.source\"") && asked.text.contains("name=\"constant.store\""))
                #expect(asked.text.contains("name=\"name\" value=\"PR\""))
                let half = try await visitor.submit("/files/1/profile", from: "/files/1", [("constant.store", "1")])
                #expect(half.status == 422 && half.text.contains("name=\"constant.store\" value=\"1\""))
                let kept = try await visitor.submit("/files/1/profile", from: "/files/1", Self.answers)
                let shown = try await visitor.follow(kept)
                for word in [
                    "Kept as “Elite ledger”.", "Read by the profile “Elite ledger”", "1 transaction",
                    "Rental Income 4000 · Rental Income 1,100.00",
                    "2026-11-16 1 1", "Journal PR1 1 1,100.00",
                ] { #expect(shown.words.contains(word), "\(word): \(shown.words)") }
                #expect(try await fixture.desk.queue.export(serial: 1) == nil)
                let taken = try await visitor.follow(try await visitor.submit("/files/1/take", from: "/files/1"))
                #expect(taken.words.contains("1 transaction taken.") && taken.words.contains("Taken"))
                #expect(taken.words.contains("read by the profile “Elite ledger”"))
            }
            try await fixture.export()
            #expect(try await fixture.state(1) == .exported)
            try await fixture.visit { visitor in
                let again = try await visitor.follow(try await visitor.upload("PR261116 (2).iif", Self.iif))
                #expect(again.words.contains("1 of them are there already"))
                let changed = Self.iif.replacing("1100.00", with: "1200.00")
                let conflict = try await visitor.follow(try await visitor.upload("PR261116.iif", changed))
                #expect(conflict.words.contains("is recorded with other content."))
                #expect(!conflict.text.contains("OK, take them"))
                let discarded = try await visitor.follow(try await visitor.submit("/files/3/discard", from: "/files/3"))
                #expect(discarded.words.contains("was discarded; nothing of it was taken."))
                let refused = try await visitor.follow(try await visitor.submit("/files/3/take", from: "/files/2"))
                #expect(refused.words.contains("Somebody has decided about this file already."))
            }
        }
    }

    @Test("what was said wrongly is said again on the page, and two profiles for the same titles are chosen from")
    func another() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                _ = try await visitor.upload("PR261116.iif", Self.iif)
                let wrong = [("constant.source", "elite"), ("constant.store", "3"), ("name", "Elite")]
                _ = try await visitor.submit("/files/1/profile", from: "/files/1", wrong)
                let shown = try await visitor.open("/files/1")
                #expect(shown.words.contains("Journal PR1 3 1,100.00"))
                let link = try #require(shown.text.firstMatch(of: /href="([^"]*another[^"]*)"/)).1
                let address = link.replacing("&amp;", with: "&").replacing("&#x3D;", with: "=")
                #expect(address == "/files/1?profile=Elite&another=yes")
                let again = try await visitor.open(String(address))
                #expect(again.text.contains("name=\"constant.store\" value=\"3\""), "\(again.text)")
                let mended = [("constant.source", "elite"), ("constant.store", "1"), ("name", "Elite")]
                let kept = try await visitor.follow(
                    try await visitor.submit("/files/1/profile", from: "/files/1", mended))
                #expect(kept.words.contains("Journal PR1 1 1,100.00"))
                let second = [("constant.source", "elite"), ("constant.store", "2"), ("name", "Store 2")]
                _ = try await visitor.submit("/files/1/profile", from: "/files/1", second)
                let both = try await visitor.open("/files/1")
                #expect(both.words.contains("By which one is this file read?") && !both.text.contains("OK, take them"))
                let chosen = try await visitor.open("/files/1?profile=Store%202")
                #expect(chosen.words.contains("Journal PR1 2 1,100.00"))
                let taken = try await visitor.submit(
                    "/files/1/take", from: "/files/1?profile=Store%202", [("profile", "Store 2")])
                #expect(try await visitor.follow(taken).words.contains("read by the profile “Store 2”"))
                _ = try await visitor.upload(
                    "other.csv", "Date,Account,Debit,Credit\n11/16/2026,1,5.00,\n11/16/2026,2,,5.00\n")
                let clash = try await visitor.submit("/files/2/profile", from: "/files/2", mended)
                #expect(
                    clash.status == 422 && clash.words.contains("is for files with other titles. Write another name."))
                let store = try await visitor.submit(
                    "/files/2/profile", from: "/files/2",
                    [("constant.source", "x"), ("constant.store", "Main"), ("name", "x")])
                #expect(store.status == 422 && store.words.contains("write a whole number from 1 to 9999"))
            }
        }
    }

    @Test("a day that another source has told of is asked about, and a file is taken back while nothing of it was sent")
    func history() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                _ = try await visitor.upload("PR261116.iif", Self.iif)
                _ = try await visitor.submit("/files/1/profile", from: "/files/1", Self.answers)
                _ = try await visitor.submit("/files/1/take", from: "/files/1")
                let shown = try await visitor.open("/files/1")
                for word in [
                    "1 transaction", "Of 2026-11-16.", "Store 1.", "Debits and credits of 1,100.00 each.",
                    "Exports: 1 Pending.", "2026-11-16 Journal PR1 1 1",
                ] { #expect(shown.words.contains(word), "\(word): \(shown.words)") }
                // Another system tells of the same day.
                _ = try await visitor.upload("other.iif", Self.iif.replacing("PR1", with: "Z9"))
                let other = [("constant.source", "other"), ("constant.store", "1"), ("name", "Other")]
                _ = try await visitor.submit("/files/2/profile", from: "/files/2?another=yes", other)
                let asked = try await visitor.open("/files/2?profile=Other")
                #expect(
                    asked.words.contains(
                        "“elite” has store 1 on 2026-11-16 in a general ledger already, and both would be posted"))
                #expect(!asked.text.contains("OK, take them") && !asked.words.contains("--overlaps"))
                let again = try await visitor.open("/files/2?profile=Other&overlaps=yes")
                #expect(again.text.contains("OK, take them") && !again.words.contains("These days are right, too"))
                // It was the wrong source: the first file is taken back, and then nothing is in the way.
                let back = try await visitor.follow(try await visitor.submit("/files/1/take-back", from: "/files/1"))
                #expect(back.words.contains("“PR261116.iif” is taken back.") && back.words.contains("Taken back "))
                #expect(back.words.contains("Exports: 1 Withdrawn.") && !back.text.contains("Take this file back"))
                let free = try await visitor.open("/files/2?profile=Other")
                #expect(free.text.contains("OK, take them"))
                let twice = try await visitor.follow(try await visitor.submit("/files/1/take-back", from: "/files/2"))
                #expect(twice.words.contains("was taken back before"))
                #expect(try await visitor.open("/files").words.contains("Taken back 1 transaction"))
            }
        }
    }

    @Test("a monthly file over days that are taken is asked about")
    func monthly() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                _ = try await visitor.upload("PR261116.iif", Self.iif)
                _ = try await visitor.submit("/files/1/profile", from: "/files/1", Self.answers)
                _ = try await visitor.submit("/files/1/take", from: "/files/1")
                let month = Self.iif.replacing("PR1", with: "M11").replacing("11/16/2026", with: "11/30/2026")
                let asked = try await visitor.follow(try await visitor.upload("PR2611MONTHLYONLY.iif", month))
                #expect(asked.words.contains("“elite” has store 1 on 2026-11-16 in a general ledger already"))
                _ = try await visitor.submit(
                    "/files/2/take", from: "/files/2?overlaps=yes", [("overlaps", "yes")])
                let next = Self.iif.replacing("PR1", with: "PR2").replacing("11/16/2026", with: "11/17/2026")
                let day = try await visitor.follow(try await visitor.upload("PR261117.iif", next))
                #expect(day.words.contains("“elite” has store 1 in 2026-11 in a monthly general ledger already"))
            }
        }
    }

    @Test("our own formats are read as such; mistakes are named, and what is good can be taken without them")
    func mistakes() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let text = "[\(SiteFixture.invoice("1")),\(SiteFixture.invoice("2", amount: "12,5"))]"
                let shown = try await visitor.follow(try await visitor.upload("night.txt", text))
                #expect(shown.words.contains("Read as Daybook's own JSON."))
                #expect(shown.words.contains("charges[0].amount “12,5”"))
                #expect(!shown.text.contains("OK, take them"))
                let whole = try await visitor.follow(try await visitor.submit("/files/1/take", from: "/files/1"))
                #expect(whole.words.contains("Nothing was taken: 1 mistake below to mend in the file."))
                let taken = try await visitor.follow(
                    try await visitor.submit("/files/1/take", from: "/files/1", [("partial", "yes")]))
                #expect(taken.words.contains("1 transaction taken. 1 mistake was left out."))
                let list = try await visitor.open("/files")
                #expect(list.words.contains("1 new, 1 mistake left out"))
                #expect(try await visitor.open("/files/9").status == 404)
            }
        }
    }

    @Test("a file that nothing is known of, and one with a name of another world, are shown without harm")
    func strangers() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let unknown = try await visitor.follow(try await visitor.upload("holiday.jpg", "\u{1}\u{2}nothing"))
                #expect(unknown.words.contains("No row of this file has titles of columns that Daybook knows"))
                let name = "<b>Müller & Söhne</b> \(String(repeating: "x", count: 300)).csv"
                let named = try await visitor.follow(try await visitor.upload(name, "a,b\n1,2\n"))
                #expect(named.text.contains("&lt;b&gt;Müller &amp; Söhne&lt;/b&gt;"))
                #expect(try await fixture.desk.files.list().map(\.name.count) == [200, 11])
                let none = try await visitor.follow(try await visitor.upload("", ""))
                #expect(none.words.contains("Choose a file first."))
            }
        }
    }

    @Test("a multipart body is read as browsers write it, and one that is cut is refused")
    func multipart() throws {
        let body =
            "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; "
            + "name=\"file\"; filename=\"b;%22c.csv\"\r\nContent-Type: text/csv\r\n\r\n--x is no end\r\n\r\n--x--\r\n"
        let type = "multipart/form-data; boundary=x"
        let form = try MultipartForm(Array(body.utf8), contentType: type)
        #expect(form["a"] == "1" && form.files.map(\.fileName) == ["b;\"c.csv"])
        #expect(form.files.first.map { String(decoding: $0.content, as: UTF8.self) } == "--x is no end\r\n")
        for end in 0..<(body.utf8.count - 4) {
            #expect(throws: MultipartForm.Malformed.self) {
                try MultipartForm(Array(body.utf8.prefix(end)), contentType: type)
            }
        }
        let many =
            "--x" + String(repeating: "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--x", count: 101)
            + "--"
        #expect(throws: MultipartForm.Malformed.tooMany) { try MultipartForm(Array(many.utf8), contentType: type) }
        let long = "--x\r\nContent-Disposition: form-data" + String(repeating: ";", count: 100_000) + "\r\n\r\n--x--"
        #expect(throws: MultipartForm.Malformed.noName) { try MultipartForm(Array(long.utf8), contentType: type) }
        #expect(throws: MultipartForm.Malformed.noBoundary) {
            try MultipartForm(Array(body.utf8), contentType: "multipart/form-data")
        }
    }
}
