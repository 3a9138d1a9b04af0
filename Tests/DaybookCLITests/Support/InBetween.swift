// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
@testable import DaybookCLI
import Foundation
import HTTPServing
import HTTPTransport
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Synchronization

/// A server between Daybook and the sandbox: passes on what comes, remembers it, and on demand answers itself.
final class InBetween: Sendable {
    enum Conduct: Sendable {
        /// Passed on, but the answer is kept back until ``release()``.
        case hold
        case answer(TransportResponse)
        /// Not passed on: the connection is cut.
        case cut
    }

    struct Exchange: Sendable {
        let request: TransportRequest
        let answer: TransportResponse
    }

    private struct State {
        var passed: [Exchange] = []
        /// For the requests to come whose path has this in it, the first first.
        var conducts: [(path: String, conduct: Conduct)] = []
        /// For all requests whose path has this in it.
        var rule: (path: String, answer: TransportResponse)?
        /// One element for each request that is held.
        var held: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let transport: AsyncHTTPTransport
    private let target: String
    let address: String

    /// Starts one before `target`, for as long as `body` takes.
    static func with<Value: Sendable>(
        _ target: String, _ body: (InBetween) async throws -> Value
    ) async throws -> Value {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: AsyncHTTPTransport.configuration())
        let (ready, announce) = AsyncStream.makeStream(of: Int.self)
        let place = Mutex<InBetween?>(nil)
        let server = Application(
            responder: CallbackResponder { (request: Request, _: BasicRequestContext) in
                guard let between = place.withLock({ $0 }) else { return Response(status: .serviceUnavailable) }
                return try await between.respond(to: request)
            },
            server: .stoppableHTTP1(), configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { announce.yield($0.localAddress?.port ?? 0) })
        let running = Task { try await server.run() }
        let outcome: Result<Value, any Error>
        do {
            var ports = ready.makeAsyncIterator()
            let port = await ports.next() ?? 0
            let between = InBetween(target, "http://127.0.0.1:\(port)", AsyncHTTPTransport(client: client))
            place.withLock { $0 = between }
            outcome = .success(try await body(between))
            between.release()
        } catch {
            place.withLock { $0 }?.release()
            outcome = .failure(error)
        }
        running.cancel()
        // It was told to stop; how it says so is of no interest.
        _ = await running.result
        try await client.shutdown()
        return try outcome.get()
    }

    private init(_ target: String, _ address: String, _ transport: AsyncHTTPTransport) {
        self.target = target
        self.address = address
        self.transport = transport
    }

    /// All that went through so far, with what was answered here.
    var passed: [Exchange] { state.withLock(\.passed) }

    /// What the next request does whose path has `path` in it, after those that were told before.
    func next(_ path: String, _ conduct: Conduct) {
        state.withLock { $0.conducts.append((path, conduct)) }
    }

    /// What all requests are answered from now on whose path has `path` in it.
    func always(_ path: String, _ answer: TransportResponse) { state.withLock { $0.rule = (path, answer) } }

    /// From now on everything is passed on.
    func asUsual() {
        state.withLock { state in
            state.rule = nil
            state.conducts = []
        }
    }

    /// How many of them have not come yet.
    var waitingConducts: Int { state.withLock { $0.conducts.count } }

    /// Returns once another request is held.
    ///
    /// - Throws: After a minute in which none was.
    func untilHeld() async throws {
        guard let clock = URL(string: "\(target)/_sandbox/clock") else { throw Cut() }
        let limit = ContinuousClock.now + .seconds(60)
        // It looks again as soon as the sandbox has answered something else.
        while state.withLock(\.held.isEmpty) {
            guard ContinuousClock.now < limit else { throw CommandFailure("no request came that could be held") }
            let request = TransportRequest(head: HTTPRequest(method: .get, url: clock))
            _ = try await transport.send(request, deadline: .seconds(120))
        }
    }

    /// Lets all answers go that are held.
    func release() {
        let held = state.withLock { state in
            defer { state.held = [] }
            return state.held
        }
        for one in held { one.resume() }
    }

    private func respond(to request: Request) async throws -> Response {
        let body = [UInt8](try await request.body.collect(upTo: 8 << 20).readableBytesView)
        let path = request.head.path ?? "/"
        var conduct: Conduct?
        state.withLock { state in
            if let rule = state.rule, path.contains(rule.path) { conduct = .answer(rule.answer) }
            guard let index = state.conducts.firstIndex(where: { path.contains($0.path) }) else { return }
            conduct = state.conducts.remove(at: index).conduct
        }
        let whole = TransportRequest(head: request.head, body: body)
        switch conduct {
        case .answer(let answer):
            remember(whole, answer)
            return Self.response(answer)
        case .cut:
            remember(whole, TransportResponse(head: HTTPResponse(status: .init(code: 599))))
            throw Cut()
        case .hold:
            let answer = try await pass(whole, path)
            await hold()
            return Self.response(answer)
        case nil:
            return Self.response(try await pass(whole, path))
        }
    }

    private func hold() async {
        await withCheckedContinuation { continuation in state.withLock { $0.held.append(continuation) } }
    }

    private func pass(_ request: TransportRequest, _ path: String) async throws -> TransportResponse {
        guard let url = URL(string: target + path) else { throw Cut() }
        var head = HTTPRequest(method: request.head.method, url: url)
        head.headerFields = request.head.headerFields
        head.headerFields[.contentLength] = nil
        let answer = try await transport.send(TransportRequest(head: head, body: request.body), deadline: .seconds(60))
        remember(request, answer)
        guard path.hasPrefix("/.well-known/") else { return answer }
        // The sandbox names its own addresses; Daybook is to come this way.
        let text = String(decoding: answer.body, as: UTF8.self).replacing(target, with: address)
        return TransportResponse(head: answer.head, body: Array(text.utf8))
    }

    private func remember(_ request: TransportRequest, _ answer: TransportResponse) {
        state.withLock { $0.passed.append(Exchange(request: request, answer: answer)) }
    }

    private static func response(_ answer: TransportResponse) -> Response {
        var headers = answer.head.headerFields
        headers[.transferEncoding] = nil
        headers[.contentLength] = nil
        return Response(
            status: answer.head.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        )
    }

    struct Cut: Error {}
}
