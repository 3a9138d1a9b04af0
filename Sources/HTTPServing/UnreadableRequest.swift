// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOHTTP1

/// The answer to a request whose head can't be read, so that it reaches no page or API.
struct UnreadableRequest {
    let head: HTTPResponseHead
    let body: ByteBuffer

    /// Nil for an error that is not about a request's head.
    init?(_ error: any Error) {
        let (status, words): (HTTPResponseStatus, String)
        switch error as? HTTPParserError {
        case .invalidMethod:
            (status, words) = (.notImplemented, "The method is not known here; use GET, HEAD, POST, PUT or DELETE.")
        case .invalidVersion:
            (status, words) = (.httpVersionNotSupported, "The version is not known here; use HTTP/1.1.")
        case .headerOverflow:
            (status, words) = (.requestHeaderFieldsTooLarge, "The header is too long; send fewer or shorter fields.")
        default: return nil
        }
        body = ByteBuffer(string: words + "\n")
        head = HTTPResponseHead(
            version: .http1_1, status: status,
            headers: [
                "Content-Type": "text/plain; charset=utf-8", "Content-Length": "\(body.readableBytes)",
                "Connection": "close",
            ])
    }
}
