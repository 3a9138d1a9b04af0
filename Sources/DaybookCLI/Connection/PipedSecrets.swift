// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One or two secrets from a file or a pipe, with a blank line between them.
///
/// Mail programs and terminals wrap a secret over several lines, so the end of a line is not the end of the secret.
struct PipedSecrets {
    private static let most = 65_536

    /// Empty when there is none.
    let first: String
    let second: String?
    /// Whether it is clear where the first secret ends: at a blank line, or at the end of a single line.
    let isUnmistakable: Bool

    /// - Throws: ``CommandFailure`` when there are more than two, or far too much of them.
    init(_ text: String) throws {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        if lines.last?.isEmpty == true { lines.removeLast() }
        let blocks = lines.split { $0.allSatisfy(\.isWhitespace) }
        guard blocks.count <= 2 else {
            throw CommandFailure("Standard input holds more than two secrets. Nothing was changed.")
        }
        first = blocks.first?.joined(separator: "\n") ?? ""
        second = blocks.count > 1 ? blocks[1].joined(separator: "\n") : nil
        let endsBlank = lines.last?.allSatisfy(\.isWhitespace) == true
        isUnmistakable = second != nil || endsBlank || lines.count <= 1
    }

    static func read() throws -> PipedSecrets {
        let bytes = try FileHandle.standardInput.readToEnd() ?? Data()
        guard bytes.count <= most else {
            throw CommandFailure("Standard input holds far more than a secret. Nothing was changed.")
        }
        return try PipedSecrets(String(decoding: bytes, as: UTF8.self))
    }
}
