// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook
import Foundation

@Suite("JSON intake")
struct JSONIntakeTests {
    private static let key = #""source":"elite","store":1,"id":"A1","date":"2026-11-16""#

    /// A payment of five dollars with something in it replaced or added.
    private static func payment(_ old: String = "", _ new: String = "", adding: String = "") -> String {
        let good = "{\(key),\"type\":\"payment\",\"payments\":[{\"tender\":\"cash\",\"amount\":\"5.00\"}]\(adding)}"
        return old.isEmpty ? good : good.replacing(old, with: new)
    }

    private static func messages(_ text: String, _ format: IntakeFile.Format = .json) -> [String] {
        IntakeFile(text, format).problems.map(\.message)
    }

    @Test("One transaction has no line, an array counts from 1, NDJSON counts the lines of the file")
    func lines() {
        let one = Self.payment()
        #expect(IntakeFile(one, .json).rows.map(\.line) == [nil])
        #expect(IntakeFile("[\(one),\n\(one)]", .json).rows.map(\.line) == [1, 2])
        #expect(IntakeFile("\(one)\n\n  \r\n\(one)", .ndjson).rows.map(\.line) == [1, 4])
        #expect(IntakeFile("[]", .json).rows.isEmpty)
        #expect(IntakeFile("\n", .ndjson).rows.isEmpty)
    }

    @Test("Everything that may be said is read")
    func everything() throws {
        let text = """
            {"source":" elite ","store":"7","id":"INV-1","revision":1,"date":"2026-11-16","currency":"USD","type":"Invoice",
             "contract":"K1","memo":"déjà vu","customer":{"id":"C1","name":"O'Hara & Co","account":true},
             "charges":[{"kind":"rental","category":"aerial","amount":12.5,"description":"Lift"},{"kind":"fuel","amount":"1"}],
             "taxes":[{"jurisdiction":"state","amount":0.84}],"payments":[{"tender":"card","brand":"visa","amount":"1.00"}]}
            """
        let file = IntakeFile(text, .json)
        #expect(file.problems == [])
        let read = try #require(file.transactions.first)
        #expect(read.key == Transaction.Key(source: "elite", store: StoreNumber(known: 7), id: "INV-1"))
        #expect(read.customer == Customer(id: "C1", name: "O'Hara & Co", isAccountCustomer: true))
        #expect(read.contract == "K1" && read.memo == "déjà vu" && read.date == day("2026-11-16"))
        let charges = [
            Charge(kind: .rental, category: "aerial", amount: dollars("12.50"), text: "Lift"),
            Charge(kind: .fuel, amount: dollars("1.00")),
        ]
        let taxes = [Tax(jurisdiction: "state", amount: dollars("0.84"))]
        let payments = [Payment(tender: .card, brand: "visa", amount: dollars("1.00"))]
        #expect(read.event == .invoice(charges: charges, taxes: taxes, payments: payments))
    }

    @Test("A transaction of every kind is taken when its amounts are all zero")
    func nothing() {
        for event in PostingCase.nothing {
            let nothing = transaction(event)
            let file = IntakeFile(nothing.canonicalText(), .json)
            #expect(file.problems == [] && file.transactions == [nothing])
            let table = IntakeFile(CSVWriting.header + CSVWriting.text(of: nothing), .csv)
            #expect(table.problems == [] && table.transactions == [nothing])
        }
    }

    @Test("One line of a journal is no entry, unless it is of zero")
    func singleLine() {
        func journal(_ amount: String) -> [String] {
            let line = #"{"side":"debit","role":"bank","amount":"\#(amount)"}"#
            return Self.messages("{\(Self.key),\"type\":\"journal\",\"lines\":[\(line)]}")
        }
        #expect(journal("5.00") == ["amounts “journal”: An entry needs at least one debit and one credit."])
        #expect(journal("0.00") == [])
    }

    @Test("The canonical text is the same however the same thing was written")
    func canonical() throws {
        let plain = try #require(IntakeFile(Self.payment(), .json).transactions.first).canonicalText()
        #expect(
            plain == """
                {"currency":"USD","date":"2026-11-16","id":"A1","payments":[{"amount":"5.00","tender":"cash"}],\
                "revision":1,"source":"elite","store":1,"type":"payment"}
                """)
        let others = [
            Self.payment(#""5.00""#, "5"), Self.payment(#""5.00""#, "5.0"),
            Self.payment(#""store":1"#, #""store":"1""#),
            Self.payment(adding: #","revision":1,"memo":null,"contract":" ","currency":"USD","customer":null"#),
            Self.payment(#""cash""#, #""Cash""#), "\u{FEFF}" + Self.payment(),
        ]
        for text in others {
            #expect(IntakeFile(text, .json).transactions.first?.canonicalText() == plain, "\(text)")
        }
    }

    @Test(
        "Each mistake is named with its field, its value and what to write instead",
        arguments: [
            (
                payment(adding: #","customr":"x""#),
                "customr “x”: this field is not known here; remove it or correct its name."
            ),
            (payment(#""source":"elite","#, ""), "source is missing: name the system it comes from, such as elite."),
            (payment(#""store":1"#, #""store":0"#), "store “0”: write a whole number from 1 to 9999."),
            (payment(#""store":1"#, #""store":1.5"#), "store “1.5”: write a whole number from 1 to 9999."),
            (payment(#""store":1"#, #""store":true"#), "store “true”: write a whole number from 1 to 9999."),
            (payment(#""A1""#, "[1]"), "id “[…]”: write a text."),
            (payment(#""A1""#, #""a\nb""#), "id “a\nb”: remove line breaks and control characters."),
            (payment(#""A1""#, #""""#), "id is missing: write the transaction's number in that system."),
            (
                payment("2026-11-16", "11/16/2026"),
                "date “11/16/2026”: write the business date as YYYY-MM-DD, such as 2026-11-16."
            ),
            (
                payment("2026-11-16", "2026-02-30"),
                "date “2026-02-30”: write the business date as YYYY-MM-DD, such as 2026-11-16."
            ),
            (
                payment(#""type":"payment""#, #""type":"sale""#),
                """
                type “sale”: write one of invoice, payment, prepayment, prepayment-applied, deposit-taken, \
                deposit-applied, deposit-refunded, credit-memo, refund, journal.
                """
            ),
            (
                payment(#""5.00""#, #""5.005""#),
                "payments[0].amount “5.005”: write at most 2 decimals, and a point only before them, not between thousands."
            ),
            (
                payment(#""5.00""#, "5.000"),
                "payments[0].amount “5.000”: write at most 2 decimals, and a point only before them, not between thousands."
            ),
            (
                payment(#""5.00""#, "5.005"),
                "payments[0].amount “5.005”: write at most 2 decimals, and a point only before them, not between thousands."
            ),
            (
                payment(#""5.00""#, #""-5.00""#),
                "payments[0].amount “-5.00”: write it without the minus; the kind of transaction says which way it goes."
            ),
            (
                payment(#""5.00""#, #""5,00""#),
                """
                payments[0].amount “5,00”: write digits with a decimal point and no currency sign or thousands comma, \
                such as 1250.00.
                """
            ),
            (
                payment(#""5.00""#, "100000000000"),
                "payments[0].amount “100000000000”: QuickBooks Online takes amounts up to 99,999,999,999."
            ),
            (payment(#","amount":"5.00""#, ""), "payments[0].amount is missing: write an amount such as 125.00."),
            (payment(#""cash""#, #""bitcoin""#), "payments[0].tender “bitcoin”: write one of cash, check, card, ach."),
            (
                payment(#""cash","#, #""cash","brand":"visa","#),
                "payments[0].brand “cash”: only a card has a brand; remove it."
            ),
            (
                payment(#""payments":[{"tender":"cash","amount":"5.00"}]"#, #""payments":[]"#),
                "payments is missing: list at least one payment."
            ),
            (payment(#"[{"tender":"cash","amount":"5.00"}]"#, "5"), "payments “5”: write a list: [ … ]."),
            (payment(#"[{"tender":"cash","amount":"5.00"}]"#, "[5]"), "payments[0] “5”: write an object: { … }."),
            (
                payment(adding: #","revision":2"#),
                """
                revision “2”: a revision above 1 (a correction) can't be taken yet; enter the difference as a \
                transaction of its own.
                """
            ),
            (
                payment(adding: #","currency":"usd""#),
                "currency “usd”: write a currency's three capital letters, such as USD."
            ),
            (payment(adding: #","customer":{"id":"1"}"#), "customer.name is missing: write the customer's name."),
            (
                payment(adding: #","customer":{"id":"1","name":"x","account":"maybe"}"#),
                "customer.account “maybe”: write true or false."
            ),
            (
                payment(adding: #","charges":[]"#),
                "charges “[…]”: this field is not known here; remove it or correct its name."
            ),
            ("5", "transaction “5”: write an object: { … }."),
            ("{", "file “unreadable”: it is not JSON; check quotes, commas and brackets."),
            ("", "file “unreadable”: it is not JSON; check quotes, commas and brackets."),
        ] as [(String, String)])
    func mistakes(text: String, message: String) {
        #expect(Self.messages(text) == [message])
    }

    @Test("All mistakes of a transaction are named at once")
    func allAtOnce() {
        let text = #"{"store":0,"type":"invoice","charges":[{"kind":"rent","amount":"x"}],"payments":[{"amount":"1"}]}"#
        let fields = IntakeFile(text, .json).problems.map(\.field)
        #expect(
            fields == [
                "source", "store", "id", "date", "charges[0].kind", "charges[0].amount", "payments[0].tender",
            ])
    }

    @Test("Amounts that do not come to an entry are refused with the sums that differ")
    func balance() {
        let refund = """
            {\(Self.key),"type":"refund","charges":[{"kind":"sale","amount":"10.00"}],\
            "taxes":[{"jurisdiction":"state","amount":"0.63"}],"payments":[{"tender":"cash","amount":"10.00"}]}
            """
        #expect(
            Self.messages(refund) == [
                "amounts “refund”: charges and taxes (10.63) and the money given back (10.00) must be equal."
            ])
        let journal = """
            {\(Self.key),"type":"journal","lines":[{"side":"debit","role":"bank","amount":"2"},\
            {"side":"credit","account":"1050","amount":"1.99"}]}
            """
        #expect(
            Self.messages(journal) == [
                "amounts “journal”: Debits (2.00) and credits (1.99) differ by 0.01; make them equal."
            ])
    }

    @Test("A journal line names an account number, a name or a role, one of the three, and a role that exists")
    func journalAccounts() {
        func journal(_ account: String) -> String {
            """
            {\(Self.key),"type":"journal","lines":[{"side":"debit",\(account),"amount":"2"},\
            {"side":"credit","role":"bank","amount":"2"}]}
            """
        }
        #expect(Self.messages(journal(#""role":"rental[aerial]""#)) == [])
        let both = Self.messages(journal(#""role":"bank","account":"1""#))
        #expect(both == ["lines[0].account “1”: write an account's number, its name or a role: one of the three."])
        let neither = Self.messages(journal(#""description":"x""#))
        #expect(
            neither == ["lines[0].account is missing: write an account's number, its name or a role: one of the three."]
        )
        #expect(
            Self.messages(journal(#""role":"cash""#)).first?.hasPrefix(
                "lines[0].role “cash”: write one of cash-drawer, ") == true)
    }

    @Test("In NDJSON one bad line names itself and spoils no other")
    func badLine() {
        let file = IntakeFile("\(Self.payment())\nnot json\n\(Self.payment("A1", "A2"))\n", .ndjson)
        #expect(file.transactions.map(\.key.id) == ["A1", "A2"])
        #expect(
            file.problems.map(\.message) == [
                "line 2, file “unreadable”: it is not JSON; check quotes, commas and brackets."
            ])
    }

    @Test("Unicode's own line separators inside a text do not cut an NDJSON line")
    func separators() {
        let text = Self.payment(adding: ",\"memo\":\"a\u{2028}b\"")
        #expect(
            Self.messages(text, .ndjson) == ["line 1, memo “a\u{2028}b”: remove line breaks and control characters."])
    }

    @Test(
        "UTF-16 is said to be so once, with and without a mark, whatever was expected",
        arguments: IntakeFile.Format.allCases)
    func utf16(_ format: IntakeFile.Format) throws {
        let text = "source,store,id,type,date,amount\nelite,1,PAY-1,payment,2026-11-16,5.00\n"
        for encoding in [String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf16] {
            let bytes = Array(try #require(text.data(using: encoding)))
            let said = "file “unreadable”: it is UTF-16, as some programs save text; save it as UTF-8 text."
            #expect(IntakeFile(bytes, format: format).problems.map(\.message) == [said])
        }
    }

    @Test("What is not UTF-8 is said to be so")
    func encoding() {
        let file = IntakeFile(Array(#"{"memo":""#.utf8) + [0xFC] + Array(#""}"#.utf8), format: .ndjson)
        #expect(file.problems.map(\.message) == ["file “unreadable”: it is not UTF-8; save it as UTF-8 text."])
    }

    @Test("A list of a thousand lines is read, one more is refused")
    func longLists() {
        func invoice(_ count: Int) -> String {
            let charges = Array(repeating: #"{"kind":"sale","amount":"0.01"}"#, count: count).joined(separator: ",")
            return "{\(Self.key),\"type\":\"invoice\",\"charges\":[\(charges)]}"
        }
        #expect(Self.messages(invoice(1_000)) == [])
        #expect(
            Self.messages(invoice(1_001)) == [
                "charges “1001 lines”: split it; one list takes at most 1000 lines."
            ])
    }

    @Test("A long value is cut in the message, a long text refused by its length")
    func longTexts() {
        let long = String(repeating: "x", count: 501)
        let shown = String(repeating: "x", count: 57)
        #expect(
            Self.messages(Self.payment(adding: ",\"memo\":\"\(long)\"")) == [
                "memo “\(shown)…”: write at most 500 characters; this has 501."
            ])
    }

    @Test("However far behind the point a fraction of a cent is, it is refused, not rounded away")
    func manyDigits() {
        let amount = "5." + String(repeating: "0", count: 45) + "1"
        for text in [Self.payment("5.00", amount), Self.payment(#""5.00""#, amount)] {
            #expect(
                IntakeFile(text, .json).problems.map(\.remedy) == [
                    "write at most 2 decimals, and a point only before them, not between thousands"
                ])
        }
    }

    @Test("A member that is there twice is refused: one of the two would be lost")
    func twice() {
        #expect(
            Self.messages(Self.payment(#""5.00""#, #""5.00","amount":"50.00""#)) == [
                "payments[0] “unreadable”: the member “amount” is there twice in one object; remove one."
            ])
    }

    @Test("Escapes and pairs of them are what they stand for")
    func escapes() {
        let memo = #""memo":"a\"b\\c\/d \u00e9 \ud83d\ude9a \u4F1A""#
        let read = IntakeFile(Self.payment(adding: "," + memo), .json).transactions.first
        #expect(read?.memo == "a\"b\\c/d é 🚚 会")
    }

    @Test(
        "What only looks like JSON is not read",
        arguments: [
            "{'a':1}", "[1,]", "{\"a\":1,}", "[01]", "[1.]", "[.5]", "[+1]", "[-]", "[1e]", "[tru]", "[nan]", "[1] 2",
            "[1 2]",
            "{\"a\" 1}", "{a:1}", "[\"\\x\"]", "[\"\\u12g4\"]", "[\"", "[\"\\",
            "[",
            "/* */ []", "\u{A0}[]",
        ])
    func notJSON(text: String) {
        #expect(Self.messages(text) == ["file “unreadable”: it is not JSON; check quotes, commas and brackets."])
    }

    @Test("Brackets nested to no end are refused, not followed")
    func nesting() {
        let text = String(repeating: "[", count: 100_000)
        #expect(Self.messages(text) == ["file “unreadable”: its brackets nest too deep."])
    }
}
