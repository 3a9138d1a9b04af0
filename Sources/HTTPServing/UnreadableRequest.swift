// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOHTTP1

/// The answer to a request whose head can't be read or does not name one host; no page or API sees such a request.
struct UnreadableRequest {
    let head: HTTPResponseHead
    let body: ByteBuffer

    /// Nil for an error that is not about a request's head.
    init?(_ error: any Error) {
        let (status, words): (HTTPResponseStatus, String)
        switch error as? HTTPParserError {
        case nil, .invalidEOFState, .closedConnection: return nil
        case .invalidMethod:
            (status, words) = (.notImplemented, "The method is not known here; use GET, HEAD, POST, PUT or DELETE.")
        case .invalidVersion:
            (status, words) = (.httpVersionNotSupported, "The version is not known here; use HTTP/1.1.")
        case .headerOverflow:
            (status, words) = (.requestHeaderFieldsTooLarge, "The header is too long; send fewer or shorter fields.")
        case .unexpectedContentLength:
            // Two servers that end such a request at different places take its rest for different requests.
            (status, words) = (.badRequest, "The request says twice how long it is; say it once.")
        default: (status, words) = (.badRequest, "The request can't be read; send it as HTTP/1.1 has it (RFC 9112).")
        }
        self.init(status, words)
    }

    /// Nil for a head that has one Host field, or none with HTTP/1.0 (RFC 9112, section 3.2).
    init?(_ request: HTTPRequestHead) {
        let hosts = request.headers["host"].count
        if hosts > 1 {
            self.init(.badRequest, "The request has \(hosts) Host fields; send one.", isHead: request.method == .HEAD)
        } else if hosts == 0, request.version != .http1_0 {
            self.init(
                .badRequest, "The request has no Host field; send one with the name or address that you call.",
                isHead: request.method == .HEAD)
        } else {
            return nil
        }
    }

    private init(_ status: HTTPResponseStatus, _ words: String, isHead: Bool = false) {
        let text = ByteBuffer(string: words + "\n")
        body = isHead ? ByteBuffer() : text
        head = HTTPResponseHead(
            version: .http1_1, status: status,
            headers: [
                "Content-Type": "text/plain; charset=utf-8", "Content-Length": "\(text.readableBytes)",
                "Connection": "close", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
                "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
            ])
    }
}
