// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1

extension AsyncHTTPTransport {
    /// Sends one request and hands out its answer in pieces, for an answer that is too large to be held whole.
    ///
    /// - Parameters:
    ///   - answeredWithin: How long to wait for the head of the answer.
    ///   - take: Is given the bytes of a 200's body in pieces, in their order, and how many there will be in all, if
    ///     that is known.
    /// - Returns: The answer: a 200 without its body, any other one with a body of the size that
    ///   ``send(_:deadline:)`` accepts.
    /// - Throws: ``TransportError``, and what `take` throws.
    package func download(
        _ request: TransportRequest, answeredWithin deadline: Duration, take: ([UInt8], Int64?) throws -> Void
    ) async throws -> TransportResponse {
        let answer = try await translated {
            try await client.execute(try clientRequest(for: request), deadline: .now() + TimeAmount(deadline))
        }
        guard answer.status == .ok else {
            return try await translated { try await collect(answer, until: .now + deadline, acceptsCut: false) }
        }
        let whole = answer.headers.first(name: "content-length").flatMap { Int64($0) }
        var pieces = answer.body.makeAsyncIterator()
        while true {
            let piece: ByteBuffer?
            do {
                piece = try await pieces.next()
            } catch {
                throw TransportError(clientError: error)
            }
            guard let piece else { return TransportResponse(head: HTTPResponse(answer)) }
            try take(Array(piece.readableBytesView), whole)
        }
    }
}
