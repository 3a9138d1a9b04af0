// SPDX-License-Identifier: Apache-2.0
import Daybook
import Testing

@Suite("A list of passwords that are refused")
struct PasswordListTests {
    @Test("has each line's password, whatever its case, and nothing else")
    func lines() {
        let text =
            "#!comment: by somebody\r\nAverse-Kiwi-9\r\nshort\n\nzo\u{65}\u{308} likes it\ngrumpy4Turnips\ngrumpy4turnips"
        let list = PasswordList(lines: Array(text.utf8))
        #expect(list.count == 3)
        for word in ["averse-kiwi-9", "AVERSE-KIWI-9", "Grumpy4Turnips", "zo\u{EB} likes it"] {
            #expect(list.contains(word), "\(word)")
        }
        for word in ["averse-kiwi-", "short", "#!comment: by somebody", "", "averse-kiwi-9\r"] {
            #expect(!list.contains(word), "\(word)")
        }
        #expect(!PasswordList().contains("averse-kiwi-9"))
    }

    @Test("every one of a long list is found")
    func long() {
        let list = PasswordList(lines: Array((0..<20_000).map { "password-\($0)" }.joined(separator: "\n").utf8))
        #expect(list.count == 20_000)
        #expect((0..<20_000).allSatisfy { list.contains("Password-\($0)") })
        #expect(!(20_000..<40_000).contains { list.contains("password-\($0)") })
    }

    @Test("is asked for a password that is otherwise good")
    func rule() throws {
        let name = try #require(PersonName("pat"))
        let password = Secret("kx83 Qp2m gravel")
        #expect(PasswordRule.problem(with: password, of: name) == nil)
        let list = PasswordList(lines: Array("KX83 qp2m gravel".utf8))
        #expect(
            PasswordRule.problem(with: password, of: name, listed: list)?.contains("in a list of passwords") == true)
    }
}
