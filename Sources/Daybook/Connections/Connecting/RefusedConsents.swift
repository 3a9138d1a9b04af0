// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The refusals of the last 32 consents, for a browser that sends the same answer of Intuit's a second time.
///
/// A browser shows the answer to its last request, so the second answer must say no less than the first. After a
/// restart it says only that the consent was refused.
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
