// SPDX-License-Identifier: Apache-2.0

/// A JSON value kept as its bytes.
///
/// A tree of dictionaries takes about ten times the room, and a company file holds tens of thousands of documents that
/// are seldom read again.
struct PackedJSON: Sendable {
    private let bytes: [UInt8]

    init(_ value: JSONValue) {
        bytes = value.serialized()
    }

    var value: JSONValue {
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            // The bytes came from `serialized()`; if they cannot be read back, this code is wrong, not any input.
            preconditionFailure("the sandbox cannot read the JSON it wrote: \(error.explanation)")
        }
    }
}
