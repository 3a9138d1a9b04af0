// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Daybook
import DaybookNotifiers
import Foundation
import HTTPServing
import HTTPTransport
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Synchronization
import Testing

@Suite("Webhooks", .timeLimit(.minutes(5)))
struct WebhookTests {
    /// openssl: printf '1795424700.{"a":1}' | openssl dgst -sha256 -hmac dbwh_0123456789
    @Test("the signature is HMAC-SHA256 of the time, a full stop and the body, as openssl has it")
    func vector() {
        let signature = WebhookSignature(of: Array(#"{"a":1}"#.utf8), at: morning, secret: Examples.secret)
        #expect(
            signature.header
                == "t=1795424700,v1=966d7dc5b588237cc731a23595847d0737283d24ad4d73784a9db882d0b25280")
    }

    @Test("a receiver gets ids and plain words, signed, and its 2xx means delivered", arguments: [200, 202, 204])
    func delivered(_ status: Int) async throws {
        try await Receiver.with(status: status) { receiver in
            let outcome = try await receiver.send(Examples.announcement)
            #expect(outcome == .delivered)
            let request = try present(receiver.requests.first)
            #expect(request.head.path == "/hooks/daybook?room=7")
            #expect(request.head.headerFields[.contentType] == "application/json; charset=utf-8")
            #expect(field(request, "Daybook-Delivery") == "A1-1")
            #expect(
                field(request, "Daybook-Signature")
                    == WebhookSignature(of: request.body, at: morning, secret: Examples.secret).header)
            #expect(
                String(decoding: request.body, as: UTF8.self) == """
                    {"at":"2026-11-23T09:05:00Z","connection":1,"daysLeft":7,"id":"A1-1","realmId":"9130",\
                    "subject":"idle","text":"The connection ends. Let Daybook run.","title":"The connection ends",\
                    "type":"connection.warning","url":"http://localhost:8710"}
                    """)
        }
    }

    @Test(
        "any other answer is a failure with its reason; a redirect is not followed",
        arguments: [
            (302, "redirect"), (400, "400"), (401, "refuses"), (404, "nothing listens"), (410, "nothing listens"),
            (429, "no more messages"), (500, "500"), (503, "503"),
        ])
    func refused(_ status: Int, _ word: String) async throws {
        try await Receiver.with(status: status) { receiver in
            guard case .failed(let failure) = try await receiver.send(Examples.announcement) else {
                Issue.record("\(status) was taken for delivered")
                return
            }
            #expect(failure.reason.contains(word))
            #expect(failure.words == nil, "what a stranger's server says is not kept")
            #expect(receiver.requests.count == 1)
        }
    }

    @Test("no answer is a failure that names neither address nor secret")
    func unplugged() async throws {
        let address = try WebhookAddress("https://hooks.example.com/canary")
        let outcome = try await Examples.sender(mail: Examples.noMail).send(
            Examples.announcement, as: Examples.id, to: .webhook(address, secret: Examples.secret), at: morning)
        #expect(outcome == .failed(DeliveryFailure("No connection could be made (refused).")))
    }

    private func field(_ request: TransportRequest, _ name: String) -> String? {
        HTTPField.Name(name).flatMap { request.head.headerFields[$0] }
    }
}

/// A server on a free loopback port that keeps what it is sent.
final class Receiver: Sendable {
    private let inbox: Inbox
    private let sender: NotifierSender
    let port: Int

    private init(inbox: Inbox, sender: NotifierSender, port: Int) {
        self.inbox = inbox
        self.sender = sender
        self.port = port
    }

    private final class Inbox: Sendable {
        let kept = Mutex<[TransportRequest]>([])
    }

    var requests: [TransportRequest] { inbox.kept.withLock { $0 } }

    func send(_ announcement: Announcement) async throws -> DeliveryOutcome {
        let address = try WebhookAddress("http://127.0.0.1:\(port)/hooks/daybook?room=7")
        return await sender.send(
            announcement, as: Examples.id, to: .webhook(address, secret: Examples.secret), at: morning)
    }

    static func with(status: Int, _ body: @escaping @Sendable (Receiver) async throws -> Void) async throws {
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: AsyncHTTPTransport.configuration())
        let sender = try Examples.sender(mail: Examples.noMail, transport: AsyncHTTPTransport(client: client))
        let inbox = Inbox()
        let (ready, announce) = AsyncStream.makeStream(of: Int.self)
        let router = Router()
        router.post("hooks/daybook") { request, _ in
            let body = [UInt8](try await request.body.collect(upTo: 1 << 20).readableBytesView)
            inbox.kept.withLock { $0.append(TransportRequest(head: request.head, body: body)) }
            return Response(status: .init(code: status), headers: [.location: "http://127.0.0.1:1/elsewhere"])
        }
        let server = Application(
            router: router, server: .stoppableHTTP1(), configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in announce.yield(channel.localAddress?.port ?? 0) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            for await port in ready {
                try await body(Receiver(inbox: inbox, sender: sender, port: port))
                break
            }
            group.cancelAll()
        }
        try await client.shutdown()
    }
}
