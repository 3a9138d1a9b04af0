// SPDX-License-Identifier: Apache-2.0
import Daybook
import Testing

@Suite("What a password must be")
struct PasswordRuleTests {
    @Test(
        "is refused",
        arguments: [
            ("", "has 0 characters; it needs 8"), ("Ab3$xyz", "has 7 characters; it needs 8"),
            (String(repeating: "a b1q7", count: 43), "has 258 characters; 256 are the most"),
            ("password", "tried first"), ("Password123!", "tried first"), ("2026Summer", "tried first"),
            ("P@ssw0rd", "tried first"), ("!!daybook!!", "tried first"), ("QuickBooks1", "tried first"),
            ("12345678", "tried first"), ("87654321", "tried first"), ("aaaaaaaa", "tried first"),
            ("abcdefgh", "tried first"), ("CorrectHorseBatteryStaple", "tried first"),
            ("ostrander", "too much like the name"), ("Ostrander1", "too much like the name"),
            ("ann.ostrander", "too much like the name"), ("xOSTRANDERx", "too much like the name"),
        ])
    func refused(_ password: String, _ words: String) throws {
        let problem = PasswordRule.problem(with: Secret(password), of: try #require(PersonName("ann.ostrander")))
        #expect(problem?.contains(words) == true, "\(problem ?? "accepted")")
    }

    @Test(
        "is accepted",
        arguments: [
            "gravel boom tuesday", "kx83-Qp2m", "日本語のパスワード", "Ostrander rents lifts", "passwords are tiresome",
            "12345678 gravel tuesday", "ann rents annexes", String(repeating: "a b1q7", count: 42),
        ])
    func accepted(_ password: String) throws {
        let problem = PasswordRule.problem(with: Secret(password), of: try #require(PersonName("ann.ostrander")))
        #expect(problem == nil)
    }

    @Test("letters are counted as people see them, however they are composed")
    func composed() throws {
        let name = try #require(PersonName("pat"))
        #expect(PasswordRule.problem(with: Secret("e\u{301}q7e\u{301}x2z"), of: name) != nil, "seven letters")
        #expect(PasswordRule.problem(with: Secret("e\u{301}q7e\u{301}x2zw"), of: name) == nil)
    }
}

@Suite("Names of people")
struct PersonNameTests {
    @Test(
        "is a name",
        arguments: [
            ("pat", "pat"), (" Pat ", "Pat"), ("pat@example.com", "pat@example.com"), ("p", "p"), ("7", "7"),
            ("Zoë-ann_o.r+2", "Zoë-ann_o.r+2"), ("Zoe\u{308}", "Zo\u{EB}"), ("山田", "山田"),
            (String(repeating: "n", count: 100), String(repeating: "n", count: 100)),
        ])
    func accepted(_ typed: String, _ text: String) throws {
        let name = try #require(PersonName(typed))
        #expect(Array(name.text.unicodeScalars) == Array(text.unicodeScalars))
    }

    @Test(
        "is no name",
        arguments: [
            "", " ", "pat smith", "pat\n", "pat\tsmith", ".", "@-@", "<b>", "pat;", "pat/kim", "p\u{0}t", "p\u{202E}at",
            String(repeating: "n", count: 101),
        ])
    func refused(_ typed: String) { #expect(PersonName(typed) == nil) }

    @Test("two names that differ in case alone are the same")
    func same() throws {
        let (one, other) = (try #require(PersonName("Zoë")), try #require(PersonName("zOË")))
        #expect(one == other && Set([one, other]).count == 1 && one.key == "zoë")
        #expect(one != (try #require(PersonName("zoe"))))
    }
}
