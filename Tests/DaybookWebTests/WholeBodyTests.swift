// SPDX-License-Identifier: Apache-2.0
@testable import DaybookWeb
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Testing

@Suite("A request's body")
struct WholeBodyTests {
    private struct Cut: Error {}

    private static let tooLarge = HTTPProblem(.contentTooLarge, "The body is too large", "Split it.")

    @Test("one that is cut off is the sender's trouble, and is not logged as a fault of Daybook's")
    func cut() async throws {
        let (chunks, sender) = AsyncThrowingStream.makeStream(of: ByteBuffer.self)
        sender.yield(ByteBuffer(string: "{"))
        sender.finish(throwing: Cut())
        let request = Request(
            head: HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: "/"),
            body: RequestBody(asyncSequence: chunks))
        let refused = await #expect(throws: HTTPProblem.self) {
            _ = try await request.wholeBody(upTo: 100, tooLarge: Self.tooLarge)
        }
        #expect(refused?.status == .badRequest && refused?.detail.contains("nothing was changed") == true)
    }

    @Test("one that says it is too large is refused before a byte of it is read")
    func announced() async throws {
        // Never sends anything, so that a reader would wait for ever.
        let (chunks, _) = AsyncThrowingStream.makeStream(of: ByteBuffer.self)
        let request = Request(
            head: HTTPRequest(
                method: .post, scheme: "http", authority: "localhost", path: "/",
                headerFields: [.contentLength: "101"]),
            body: RequestBody(asyncSequence: chunks))
        let refused = await #expect(throws: HTTPProblem.self) {
            _ = try await request.wholeBody(upTo: 100, tooLarge: Self.tooLarge)
        }
        #expect(refused?.status == .contentTooLarge)
    }

    @Test("the API names its limit")
    func limit() async throws {
        let (chunks, _) = AsyncThrowingStream.makeStream(of: ByteBuffer.self)
        let request = Request(
            head: HTTPRequest(
                method: .post, scheme: "http", authority: "localhost", path: "/",
                headerFields: [.contentLength: "\(APIBody.sizeLimit + 1)"]),
            body: RequestBody(asyncSequence: chunks))
        let refused = await #expect(throws: HTTPProblem.self) { _ = try await APIBody.bytes(request) }
        #expect(refused?.status == .contentTooLarge)
        #expect(refused?.detail == "Split it; one call takes up to 32 MiB.")
    }
}
