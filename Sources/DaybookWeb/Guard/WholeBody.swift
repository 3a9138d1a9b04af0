// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

extension Request {
    /// The whole body.
    ///
    /// - Parameters:
    ///   - limit: How many bytes are taken. When Content-Length names more, nothing is read.
    ///   - tooLarge: What is said of a larger one.
    /// - Throws: ``HTTPProblem``, also when the sender's connection ends before the body does.
    func wholeBody(upTo limit: Int, tooLarge: HTTPProblem) async throws -> ByteBuffer {
        if let length = headers[.contentLength].flatMap(Int.init), length > limit { throw tooLarge }
        do {
            return try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw tooLarge
        } catch let error as CancellationError {
            throw error
        } catch {
            // A body comes over the sender's connection alone, so nothing of ours can have failed.
            throw HTTPProblem(
                .badRequest, "The body was cut off", "The connection ended before the body did; nothing was changed.")
        }
    }
}
