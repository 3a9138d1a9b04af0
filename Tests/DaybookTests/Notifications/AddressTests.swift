// SPDX-License-Identifier: Apache-2.0
import Daybook
import Testing

@Suite("Where warnings can be sent")
struct AddressTests {
    @Test(
        "a mailbox is taken as it is, without the spaces around it",
        arguments: ["pat@example.com", " pat.o'neil+books@mail.example.co.uk\n", "root@localhost", "a@b"])
    func mailboxes(_ given: String) throws {
        #expect(try EmailAddress(given).text == given.filter { !$0.isWhitespace })
    }

    @Test(
        "what is no mailbox, or could be more than one, is refused in words",
        arguments: [
            "", "pat", "pat@", "@example.com", "pat@exa mple.com", "pat@example.com, kim@example.com",
            "pat@example.com\nBcc: kim@example.com", "Pat <pat@example.com>", "-oQ/tmp@example.com", "p..t@example.com",
            ".pat@example.com", "pat@-example.com", "pat@example..com", "pät@example.com", "pat@bücher.example",
            "pat@example.com\0", String(repeating: "x", count: 300) + "@example.com",
        ])
    func noMailboxes(_ given: String) {
        let refused = #expect(throws: AddressRefused.self) { try EmailAddress(given) }
        #expect(refused?.description.contains("for example pat@example.com") == true)
    }

    @Test("a log shows enough of a mailbox to tell it from another")
    func masked() throws {
        #expect(try EmailAddress("pat.oneil@example.com").masked == "p…@example.com")
    }

    @Test(
        "a webhook is https, or http on this machine",
        arguments: [
            ("https://hooks.example.com/T0/B0/key?x=1", "https://hooks.example.com/…"),
            (" https://hooks.example.com:8443/x ", "https://hooks.example.com:8443/…"),
            ("http://localhost:9000/x", "http://localhost:9000/…"),
            ("http://127.0.0.1:9000", "http://127.0.0.1:9000/…"),
            ("http://[::1]:9000/x", "http://[::1]:9000/…"),
        ])
    func webhooks(_ given: String, _ shown: String) throws {
        #expect(try WebhookAddress(given).shown.replacing("/::1:", with: "/[::1]:") == shown)
    }

    @Test(
        "another address is refused with its remedy, and without repeating what may be a secret",
        arguments: [
            ("hooks.example.com/key", "whole one"), ("ftp://hooks.example.com/key", "whole one"),
            ("http://hooks.example.com/key", "https"), ("http://127.0.0.1.example.com/key", "https"),
            ("http://127.0.0.+1/key", "https"),
            ("https://pat:key@hooks.example.com/", "password"), ("https://hooks.example.com/#key", "# part"),
            ("https://hooks.example.com/a key", "whole one"), ("https:///key", "whole one"),
            ("https://hooks.example.com/\r\nkey", "whole one"),
        ])
    func noWebhooks(_ given: String, _ remedy: String) {
        let refused = #expect(throws: AddressRefused.self) { try WebhookAddress(given) }
        #expect(refused?.description.contains(remedy) == true, "\(refused?.description ?? "")")
        #expect(refused?.description.contains("hooks.example.com") == false)
    }
}
