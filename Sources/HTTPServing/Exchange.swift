// SPDX-License-Identifier: Apache-2.0
import NIOHTTP1

/// What a request and its answer tell about whether the connection goes on after them.
struct Exchange {
    /// Up to how many bytes an unread body is waited for, so that the connection can go on.
    private static let worthWaitingFor = 64 << 10

    let isHead: Bool
    private let isHTTP10: Bool
    private let announcedBytes: Int?
    /// Whether the client keeps its body back until it is asked for it.
    private var isHeldBack: Bool
    /// Whether the whole request has arrived.
    private(set) var isWhole = false
    private(set) var persists: Bool

    init(_ head: HTTPRequestHead) {
        isHead = head.method == .HEAD
        isHTTP10 = head.version == .http1_0
        announcedBytes = head.headers["content-length"].first.flatMap { Int($0) }
        isHeldBack = !isHTTP10 && head.headers.expectsContinue
        persists = head.isKeepAlive
    }

    mutating func received() {
        isWhole = true
    }

    mutating func askedForBody() {
        isHeldBack = false
    }

    /// Frames the answer as the client understands it, and says in it whether the connection goes on.
    mutating func frame(_ answer: inout HTTPResponseHead) {
        if leavesTooMuchUnread { persists = false }
        if isHTTP10 || isHead, !answer.headers.contains(name: "content-length"), answer.status.mayHaveResponseBody {
            // Only HTTP/1.1 has chunks, and an answer to HEAD has none, so the end of the connection ends the answer.
            answer.version = .http1_0
            persists = false
        }
        if !persists {
            answer.headers.replaceOrAdd(name: "connection", value: "close")
        } else if isHTTP10 {
            answer.headers.replaceOrAdd(name: "connection", value: "keep-alive")
        }
    }

    private var leavesTooMuchUnread: Bool {
        guard !isWhole else { return false }
        guard !isHeldBack, let announcedBytes else { return true }
        return announcedBytes > Self.worthWaitingFor
    }
}

extension HTTPHeaders {
    var expectsContinue: Bool { self[canonicalForm: "expect"].contains { $0.lowercased() == "100-continue" } }
}
