// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

extension Request {
    /// The whole body.
    ///
    /// - Parameters:
    ///   - limit: How many bytes are read at most. When Content-Length names more, nothing is read.
    ///   - tooLarge: The error for a larger body.
    /// - Throws: ``HTTPProblem``, also when the sender's connection ends before the body does.
    @concurrent
    func wholeBody(upTo limit: Int, tooLarge: HTTPProblem) async throws -> ByteBuffer {
        _ = try ContentCoding(of: self, among: [.identity])
        var whole = ByteBuffer()
        try await readBody(upTo: limit, tooLarge: tooLarge) { whole.writeImmutableBuffer($0) }
        return whole
    }

    /// The whole body, unpacked where it was packed with gzip.
    ///
    /// - Parameters:
    ///   - limits: How large it may be when it is unpacked; no more packed bytes than that are read.
    ///   - tooLarge: The error for a larger body.
    /// - Throws: ``HTTPProblem``, also for a body that is not gzip although its Content-Encoding says so.
    @concurrent
    func unpackedBody(upTo limits: GzipInflater.Limits, tooLarge: HTTPProblem) async throws -> ByteBuffer {
        guard try ContentCoding(of: self, among: [.gzip, .identity]) == .gzip else {
            return try await wholeBody(upTo: limits.size, tooLarge: tooLarge)
        }
        do {
            let inflater = try GzipInflater(limits)
            try await readBody(upTo: limits.size, tooLarge: tooLarge) { try inflater.append($0) }
            return try inflater.finish()
        } catch let failure as GzipInflater.Failure {
            throw HTTPProblem(failure, limits, tooLarge)
        }
    }

    @concurrent
    private func readBody(
        upTo limit: Int, tooLarge: HTTPProblem, _ take: (ByteBuffer) throws -> Void
    ) async throws {
        if let length = headers[.contentLength].flatMap(Int.init), length > limit { throw tooLarge }
        var chunks = body.makeAsyncIterator()
        var count = 0
        while let chunk = try await next(of: &chunks) {
            count += chunk.readableBytes
            guard count <= limit else { throw tooLarge }
            try take(chunk)
        }
    }

    @concurrent
    private func next(of chunks: inout RequestBody.AsyncIterator) async throws -> ByteBuffer? {
        do {
            return try await chunks.next()
        } catch let error as CancellationError {
            throw error
        } catch {
            // The body is read from the sender's connection and from nothing else, so it is no fault of Daybook's.
            throw HTTPProblem(
                .badRequest, "The body was cut off", "The connection ended before the body did; nothing was changed.")
        }
    }
}

extension HTTPProblem {
    fileprivate init(_ failure: GzipInflater.Failure, _ limits: GzipInflater.Limits, _ tooLarge: HTTPProblem) {
        switch failure {
        case .tooLarge: self = tooLarge
        case .tooDense:
            self.init(
                .contentTooLarge, "The body is packed too densely",
                """
                Unpacked it is more than \(limits.ratio) times as large, which no file of transactions is; nothing was \
                changed. Send it unpacked, without Content-Encoding.
                """)
        case .damaged:
            self.init(
                .badRequest, "The body is not gzip",
                """
                Content-Encoding says gzip, but the body can't be unpacked; nothing was changed. Pack it again, or \
                send it as it is without that header.
                """)
        case .cut:
            self.init(
                .badRequest, "The body was cut off",
                "The gzip body ends too early; nothing was changed. Pack it again and send all of it.")
        }
    }
}
