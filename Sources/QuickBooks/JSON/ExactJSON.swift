// SPDX-License-Identifier: Apache-2.0
import Foundation

enum ExactJSON {
    /// Bytes that are the same for the same value, always: keys sorted, slashes plain.
    static func bytes(_ value: some Encodable) throws(QuickBooksError) -> [UInt8] {
        if let value = value as? any JSONWritable {
            var text = JSONText()
            value.write(to: &text)
            return text.bytes
        }
        return try encoded(value)
    }

    /// The same bytes, written by Foundation's encoder.
    static func encoded(_ value: some Encodable) throws(QuickBooksError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return [UInt8](try encoder.encode(value))
        } catch {
            throw QuickBooksError(
                .invalidRequest, reason: "a value can't be written as JSON (is an amount not a number?)")
        }
    }

    static func value<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}
