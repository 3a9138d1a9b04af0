// SPDX-License-Identifier: Apache-2.0

/// Where the data key comes from.
package enum KeySource: Sendable {
    /// A file that Daybook makes at a first start, and replaces when the key is rotated.
    case file(KeyFile)
    /// Read from where Daybook can't write.
    case given(DataKeys, from: KeyRefused.Place)

    var place: KeyRefused.Place {
        switch self {
        case .file(let file): file.kind == .ofFolder ? .folder : .file(file.path)
        case .given(_, let place): place
        }
    }

    /// Whether there is a key.
    var isThere: Bool {
        switch self {
        case .file(let file): file.isThere
        case .given: true
        }
    }

    /// - Throws: ``KeyRefused`` or ``FileTrouble``.
    package func read() throws -> DataKeys {
        switch self {
        case .file(let file): try file.read()
        case .given(let keys, _): keys
        }
    }
}
