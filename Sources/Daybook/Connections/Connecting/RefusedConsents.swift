// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// What the last few consents were refused with, for the same answer of Intuit's coming a second time.
///
/// A browser shows the answer to its last request, so the second must say no less than the first. After a
/// restart it says only that the first came to nothing.
final class RefusedConsents: Sendable {
    private static let limit = 32
    private let kept = Mutex<[(digest: [UInt8], refused: Desk.Refused)]>([])

    func keep(_ refused: Desk.Refused, of digest: [UInt8]) {
        kept.withLock { $0 = $0.suffix(Self.limit - 1) + [(digest, refused)] }
    }

    subscript(_ digest: [UInt8]) -> Desk.Refused? {
        kept.withLock { $0.last { $0.digest == digest }?.refused }
    }
}
