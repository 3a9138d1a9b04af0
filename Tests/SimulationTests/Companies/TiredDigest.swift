// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Synchronization

/// A digest that finds its first few export ids the same, so that document numbers collide. Ids are 26 bytes long;
/// other texts are digested as ever.
final class TiredDigest: Digest {
    private let left: Mutex<Int>

    init(sameFor ids: Int) { left = Mutex(ids) }

    func sha256(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count == 26 else { return SystemDigest().sha256(bytes) }
        let isTired = left.withLock { left in
            left -= 1
            return left >= 0
        }
        return isTired ? Array(repeating: 0, count: 32) : SystemDigest().sha256(bytes)
    }
}
