// SPDX-License-Identifier: Apache-2.0
public import HTTPTypes

/// A request with its whole body.
public struct TransportRequest: Sendable, Equatable {
    /// Method, address and header fields.
    public var head: HTTPRequest
    /// The exact bytes of the body; empty for none.
    public var body: [UInt8]

    /// Makes a request from its parts.
    public init(head: HTTPRequest, body: [UInt8] = []) {
        self.head = head
        self.body = body
    }
}

/// A response with its whole body.
public struct TransportResponse: Sendable, Equatable {
    /// Status and header fields.
    public var head: HTTPResponse
    /// The exact bytes of the body.
    public var body: [UInt8]

    /// Makes a response from its parts.
    public init(head: HTTPResponse, body: [UInt8] = []) {
        self.head = head
        self.body = body
    }

    /// The numeric status, 100 to 599.
    public var statusCode: Int { head.status.code }
}
