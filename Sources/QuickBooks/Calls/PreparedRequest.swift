// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One request, frozen: what will be sent, byte for byte, without the access token.
///
/// It exists so that a caller can write the exact bytes down before the first of them is sent, and
/// send the very same ones again after a known non-execution.
public struct PreparedRequest: Sendable, Hashable {
    /// `GET` or `POST`.
    public let method: String
    /// Path and query from `/v3` on, percent-encoded, with `minorversion` and, if any, `requestid`.
    public let path: String
    /// The media type of the body; nil if there is none.
    public let contentType: String?
    /// The exact bytes; empty for none.
    public let body: [UInt8]
    /// Which of Intuit's limits it counts against.
    public let kind: CallKind

    /// Puts a request together, as when it is read back from storage.
    public init(method: String, path: String, contentType: String?, body: [UInt8], kind: CallKind) {
        self.method = method
        self.path = path
        self.contentType = contentType
        self.body = body
        self.kind = kind
    }
}

/// Which of Intuit's limits a call counts against.
public enum CallKind: String, Sendable, Codable, CaseIterable {
    /// Any call but a batch.
    case single
    /// A batch, which has a limit of its own besides that of all calls.
    case batch
}

extension PreparedRequest: Codable {
    enum CodingKeys: String, CodingKey {
        case method, path, contentType, body, kind
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        method = try fields.decode(String.self, forKey: .method)
        path = try fields.decode(String.self, forKey: .path)
        contentType = try fields.decodeIfPresent(String.self, forKey: .contentType)
        body = [UInt8](try fields.decode(Data.self, forKey: .body))
        kind = try fields.decode(CallKind.self, forKey: .kind)
    }

    /// Writes the body as base64, since a list of numbers would be four times its size.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(method, forKey: .method)
        try fields.encode(path, forKey: .path)
        try fields.encodeIfPresent(contentType, forKey: .contentType)
        try fields.encode(Data(body), forKey: .body)
        try fields.encode(kind, forKey: .kind)
    }
}
