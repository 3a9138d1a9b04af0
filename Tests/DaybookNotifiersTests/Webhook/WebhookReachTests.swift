// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookNotifiers
import Foundation
import HTTPTransport
import HTTPTypes
import Testing

@Suite("Where a webhook may lead", .timeLimit(.minutes(2)))
struct WebhookReachTests {
    private func sender(
        listed: WebhookHosts? = nil, hosts: Set<String> = [], ranges: [AddressRange] = []
    ) throws -> NotifierSender {
        NotifierSender(
            mail: Examples.noMail, transport: Unplugged(), pageURL: try Examples.pageURL(),
            reach: WebhookReach(listed: listed, hosts: hosts, ranges: ranges) {
                PinnedTransport(host: $0, address: $1.description, responseLimit: 1 << 10)
            })
    }

    private func target(_ host: String, _ port: Int) throws -> Notifier.Target {
        .webhook(try WebhookAddress("http://\(host):\(port)/hooks/daybook"), secret: Examples.secret)
    }

    @Test(
        "an inner address gets nothing, and one that is allowed gets its message",
        arguments: ["127.0.0.1", "localhost"])
    func inner(_ host: String) async throws {
        try await Receiver.with(status: 200) { receiver in
            let target = try target(host, receiver.port)
            let closed = try sender()
            #expect(await closed.refusal(of: target)?.contains("DAYBOOK_ALLOW_INNER_WEBHOOKS=") == true)
            let outcome = await closed.send(Examples.announcement, as: Examples.id, to: target, at: morning)
            guard case .failed(let failure) = outcome else {
                Issue.record("it was sent: \(outcome)")
                return
            }
            #expect(failure.reason.contains("an inner network") && receiver.requests.isEmpty)
            let open = try sender(hosts: [host], ranges: [try present(AddressRange("127.0.0.0/8"))])
            #expect(await open.refusal(of: target) == nil)
            // The name may have an address of IPv6 first, at which nobody listens.
            #expect(await open.send(Examples.announcement, as: Examples.id, to: target, at: morning) == .delivered)
            #expect(receiver.requests.count == 1)
        }
    }

    @Test("where hosts are listed, another one is refused and gets nothing; a listed one gets its message")
    func listed() async throws {
        try await Receiver.with(status: 200) { receiver in
            let target = try target("localhost", receiver.port)
            let other = try sender(listed: WebhookHosts(["hooks.example.com", "*.localhost"]), hosts: ["localhost"])
            let words = try present(await other.refusal(of: target))
            #expect(words.contains("lead to hooks.example.com, *.localhost alone, and localhost is none of them."))
            #expect(words.contains("DAYBOOK_WEBHOOK_HOSTS"))
            let outcome = await other.send(Examples.announcement, as: Examples.id, to: target, at: morning)
            #expect(outcome == .failed(DeliveryFailure(words)) && receiver.requests.isEmpty)
            let listed = try sender(listed: WebhookHosts(["LocalHost"]), hosts: ["localhost"])
            #expect(await listed.refusal(of: target) == nil)
            #expect(await listed.send(Examples.announcement, as: Examples.id, to: target, at: morning) == .delivered)
            #expect(receiver.requests.count == 1)
            // In the list of hosts alone an inner address is refused as before.
            let inner = try sender(listed: WebhookHosts(["localhost"]))
            #expect(await inner.refusal(of: target)?.contains("DAYBOOK_ALLOW_INNER_WEBHOOKS=") == true)
        }
    }

    @Test("a list has names, and domains with all that is under them")
    func names() async throws {
        let sender = try sender(listed: WebhookHosts(["books.invalid", "*.Chat.invalid", "::1"]))
        let hosts = [
            ("books.invalid", true), ("BOOKS.invalid", true), ("books.invalid.", true), ("a.books.invalid", false),
            ("xbooks.invalid", false), ("a.chat.invalid", true), ("a.b.chat.invalid", true), ("chat.invalid", false),
            (".chat.invalid", false), ("xchat.invalid", false), ("chat.invalid.example.invalid", false),
            ("books.invalid.example.invalid", false), ("[::1]", true), ("[::2]", false),
        ]
        for (host, isListed) in hosts {
            guard let address = try? WebhookAddress("https://\(host)/hooks") else { continue }
            let words = await sender.refusal(of: .webhook(address, secret: Examples.secret))
            #expect((words?.contains("none of them") != true) == isListed, "\(host)")
        }
    }

    @Test("the address that was judged is called, and the name is not looked up again")
    func pinned() async throws {
        try await Receiver.with(status: 200) { receiver in
            let address = try present(URL(string: "http://daybook.invalid:\(receiver.port)/hooks/daybook"))
            let request = TransportRequest(head: HTTPRequest(method: .post, url: address))
            let pinned = PinnedTransport(host: "daybook.invalid", address: "127.0.0.1", responseLimit: 1 << 10)
            #expect(try await pinned.send(request, deadline: .seconds(10)).statusCode == 200)
            #expect(receiver.requests.first?.head.authority == "daybook.invalid:\(receiver.port)")
        }
    }

    @Test("a name without an address is not refused when it is entered, and told when something is sent")
    func unknown() async throws {
        let target = Notifier.Target.webhook(
            try WebhookAddress("https://daybook.invalid/hooks"), secret: Examples.secret)
        let sender = try sender()
        #expect(await sender.refusal(of: target) == nil)
        let outcome = await sender.send(Examples.announcement, as: Examples.id, to: target, at: morning)
        #expect(
            outcome == .failed(DeliveryFailure("No address is known for its name. Check the webhook's name.")))
    }
}
