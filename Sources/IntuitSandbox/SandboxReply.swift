// SPDX-License-Identifier: Apache-2.0
public import HTTPTransport

/// What a port server is to do with a request.
public enum SandboxReply: Sendable, Equatable {
    /// Wait, then answer.
    case response(TransportResponse, delay: Duration)
    /// Announce the whole answer, send the first bytes of its body, then close the connection.
    case cut(TransportResponse, afterBytes: Int)
    /// Close the connection without a byte of an answer.
    case drop
    /// Say nothing for that long, then close the connection without a byte of an answer.
    case silence(Duration)
    /// Behave as if the connection had failed. On a port, where there is one already, it means ``drop``.
    case refuse
}
