// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Intuit moves an endpoint")
struct MovedEndpointTests {
    private static let grant = """
        {"token_type":"bearer","access_token":"eyJ.moved","expires_in":3600,"refresh_token":"RT1-moved",\
        "x_refresh_token_expires_in":8726400}
        """

    static let signs: [(name: String, reply: Interposer.Reply)] =
        [404, 410, 405, 301, 308].map { ("status \($0)", .status($0, "<html></html>", type: "text/html")) }
        + [
            ("nobody listens", .failure(.connectionFailed(sentBytes: false, reason: "refused"))),
            ("another's certificate", .failure(.connectionFailed(sentBytes: true, reason: "NIOSSLExtraError"))),
        ]

    @Test("while Daybook runs: the document is read again at once, and the renewal succeeds", arguments: signs.indices)
    func moved(index: Int) async throws {
        let (world, interposer) = try World.watched(seed: 901)
        try await world.setUp()
        let read = interposer.count("well-known")
        world.advance(by: .seconds(3_700))
        let gone = Self.signs[index].reply
        interposer.answer { Self.answer($0, document: Self.document(), old: gone) }
        try await world.keep(for: .seconds(10))
        _ = try await world.worker.keeper.token(for: World.connection)
        try await world.keep(for: .seconds(10))
        #expect(try await world.grant().refreshToken == Secret("RT1-moved"), "\(Self.signs[index].name)")
        #expect(try await world.cause() == nil)
        #expect(interposer.count("well-known") == read + 1)
    }

    @Test("and leaves the old one working: the new one is used within a day")
    func daily() async throws {
        let (world, interposer) = try World.watched(seed: 902)
        try await world.setUp()
        interposer.answer { Self.answer($0, document: Self.document(), old: nil) }
        world.advance(by: .seconds(3_700))
        _ = try await world.worker.keeper.token(for: World.connection)
        #expect(interposer.count("/moved/") == 0)
        world.advance(by: .seconds(86_400))
        _ = try await world.worker.keeper.token(for: World.connection)
        #expect(interposer.count("/moved/") == 1)
    }

    @Test("a failing endpoint that has not moved is no reason to read the document at every call")
    func notMoved() async throws {
        let (world, interposer) = try World.watched(seed: 903)
        try await world.setUp()
        world.advance(by: .seconds(3_700))
        interposer.answer { $0.isForTokens ? .status(404, "") : nil }
        let read = interposer.count("well-known")
        let asked = interposer.count("/tokens/bearer")
        try await world.keep(for: .seconds(3_600))
        for _ in 0..<60 {
            world.advance(by: .seconds(60))
            _ = try await world.worker.keeper.token(for: World.connection)
        }
        #expect(interposer.count("/tokens/bearer") - asked > 10)
        #expect(interposer.count("well-known") - read <= 3_600 / 180 + 2)
    }

    @Test("a start at which the document can't be read goes on with the one kept on the disk")
    func startWithout() async throws {
        let (world, interposer) = try World.watched(seed: 904)
        try await world.setUp()
        interposer.answer { $0.head.path?.contains("well-known") == true ? .html503 : nil }
        let before = try await world.grant().generation
        world.advance(by: .seconds(3_700))
        try await world.restart()
        guard case .usable = try await world.worker.keeper.token(for: World.connection) else {
            Issue.record("no token without the document")
            return
        }
        #expect(try await world.grant().generation > before)
        #expect(world.logEvents.logEvents.contains { if case .discovery = $0 { true } else { false } }, "it is said")
    }

    @Test("a document that names hosts of others is refused, and the last good one stays in use")
    func strangers() async throws {
        let (world, interposer) = try World.watched(seed: 905)
        try await world.setUp()
        interposer.answer { Self.answer($0, document: Self.document("https://oauth.intuit.example"), old: nil) }
        world.advance(by: .seconds(90_000))
        try await world.restart()
        guard case .usable = try await world.worker.keeper.token(for: World.connection) else {
            Issue.record("the last good document was given up")
            return
        }
        #expect(try await world.grant().refreshToken != Secret("RT1-moved"))
        #expect(
            world.logEvents.logEvents.contains { notice in
                if case .discovery(_, let text) = notice { text.contains("oauth.intuit.example") } else { false }
            })
    }

    @Test("what is kept on the disk is ignored where it is damaged or another environment's", arguments: [true, false])
    func badFile(isDamaged: Bool) async throws {
        let (world, _) = try World.watched(seed: 906)
        try await world.setUp()
        let file = world.folder.appending(path: "discovery.json")
        var text = try String(contentsOf: file, encoding: .utf8)
        text = isDamaged ? String(text.dropLast(9)) : text.replacing("localhost:8711", with: "localhost:9999")
        try text.write(to: file, atomically: true, encoding: .utf8)
        world.advance(by: .seconds(3_700))
        try await world.restart()
        guard case .usable = try await world.worker.keeper.token(for: World.connection) else {
            Issue.record("no token")
            return
        }
        #expect(world.logEvents.logEvents.contains { if case .discovery = $0 { true } else { false } }, "it is said")
        #expect(try String(contentsOf: file, encoding: .utf8).contains("localhost:8711"), "and written anew")
    }

    private static func document(_ base: String = "http://localhost:8711/moved") -> String {
        """
        {"issuer":"https://oauth.platform.intuit.com/op/v1","authorization_endpoint":"\(base)/connect/oauth2",
        "token_endpoint":"\(base)/tokens/bearer","revocation_endpoint":"\(base)/tokens/revoke"}
        """
    }

    private static func answer(
        _ request: TransportRequest, document: String, old: Interposer.Reply?
    ) -> Interposer.Reply? {
        let path = request.head.path ?? ""
        if path.contains("well-known") { return .status(200, document) }
        guard request.isForTokens else { return nil }
        return path.hasPrefix("/moved/") ? .status(200, grant) : old
    }
}
