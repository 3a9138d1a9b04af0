// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Synchronization

/// Seals secrets for the disk under the current data key, and opens what was sealed under it or one before it.
///
/// All copies of a sealer change to another key together.
package struct Sealer: Sendable {
    private final class Ring: Sendable {
        let keys: Mutex<DataKeys>

        init(_ keys: DataKeys) { self.keys = Mutex(keys) }
    }

    private let ring: Ring

    package init(_ keys: DataKeys) { ring = Ring(keys) }

    /// - Parameter key: 32 random bytes.
    package init(key: [UInt8]) { self.init(DataKeys(DataKey(key))) }

    package var keys: DataKeys { ring.keys.withLock { $0 } }

    /// The current key's id.
    package var keyID: String { keys.current.id }

    /// Seals under another key from now on, and still opens what was sealed before.
    func use(_ key: DataKey) {
        ring.keys.withLock { $0 = DataKeys(key, former: [$0.current] + $0.former) }
    }

    /// Opens nothing any more that was sealed under a former key.
    func forgetFormer() { ring.keys.withLock { $0 = DataKeys($0.current) } }

    package func seal(_ plaintext: [UInt8], in context: SealContext) throws(SealError) -> [UInt8] {
        try keys.current.seal(plaintext, in: context)
    }

    package func open(_ sealed: [UInt8], in context: SealContext) throws(SealError) -> [UInt8] {
        guard let id = DataKey.id(in: sealed) else { throw .notSealedByUs }
        guard let key = keys.all.first(where: { $0.id == id }) else { throw .otherKey(id: id) }
        return try key.open(sealed, in: context)
    }

    package func seal(_ secret: Secret, in context: SealContext) throws(SealError) -> [UInt8] {
        try seal(Array(secret.reveal().utf8), in: context)
    }

    package func openSecret(_ sealed: [UInt8], in context: SealContext) throws(SealError) -> Secret {
        Secret(try openText(sealed, in: context))
    }

    package func openText(_ sealed: [UInt8], in context: SealContext) throws(SealError) -> String {
        guard let text = String(validating: try open(sealed, in: context), as: UTF8.self) else {
            throw .notText(context)
        }
        return text
    }
}

extension Sealer: CustomStringConvertible, CustomReflectable {
    package var description: String { "sealer \(keyID)" }
    package var customMirror: Mirror { Mirror(self, children: ["keyID": keyID]) }
}

extension Sequence where Element == UInt8 {
    /// Two lower-case hex digits for each byte.
    package var hex: String {
        let digits = Array("0123456789abcdef")
        return String(flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
