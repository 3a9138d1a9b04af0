// SPDX-License-Identifier: Apache-2.0
import Crypto
package import Daybook

/// A key of 32 random bytes under which secrets are sealed: AES-256-GCM, a fresh random nonce of 96 bits each time.
///
/// A sealed value is: format byte 1, 8 bytes of key id, 12 of nonce, the ciphertext, 16 of tag.
package struct DataKey: Sendable {
    static let length = 32
    static let format: UInt8 = 1
    static let idLength = 8
    private static let shortest = 1 + idLength + 12 + 16

    /// The bytes of the key itself, for its file.
    let bytes: [UInt8]
    private let key: SymmetricKey
    private let idBytes: [UInt8]

    /// Identifies the key without revealing it: 8 bytes in hex.
    package let id: String

    /// - Parameter bytes: 32 random bytes.
    package init(_ bytes: [UInt8]) {
        precondition(bytes.count == Self.length, "an AES-256 key has 32 bytes")
        self.bytes = bytes
        key = SymmetricKey(data: bytes)
        let name = HMAC<SHA256>.authenticationCode(for: Array("daybook key id".utf8), using: key)
        idBytes = Array(name.prefix(Self.idLength))
        id = idBytes.hex
    }

    package static func drawn(from randomness: any Randomness) -> DataKey { DataKey(randomness.bytes(length)) }

    /// What every value begins with that is sealed under this key.
    var mark: [UInt8] { [Self.format] + idBytes }

    /// Nil for what is no sealed value of a known format.
    static func id(in sealed: [UInt8]) -> String? {
        guard sealed.count >= shortest, sealed[0] == format else { return nil }
        return sealed[1...idLength].hex
    }

    func seal(_ plaintext: [UInt8], in context: SealContext) throws(SealError) -> [UInt8] {
        do {
            let box = try AES.GCM.seal(plaintext, using: key, authenticating: context.bytes(keyID: id))
            return mark + Array(box.nonce) + box.ciphertext + box.tag
        } catch {
            throw .cannotSeal(context)
        }
    }

    /// - Parameter sealed: A value that was sealed under this key.
    func open(_ sealed: [UInt8], in context: SealContext) throws(SealError) -> [UInt8] {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed.dropFirst(mark.count))
            return Array(try AES.GCM.open(box, using: key, authenticating: context.bytes(keyID: id)))
        } catch {
            throw .doesNotBelong(context)
        }
    }
}

extension DataKey: Equatable {
    package static func == (one: DataKey, other: DataKey) -> Bool { one.id == other.id }
}

extension DataKey: CustomStringConvertible, CustomReflectable {
    package var description: String { "data key \(id)" }
    package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}

/// The data key under which values are sealed now, and those before it, under which some may still be sealed.
package struct DataKeys: Sendable, Equatable {
    package let current: DataKey
    /// Empty but during a rotation.
    package let former: [DataKey]

    package init(_ current: DataKey, former: [DataKey] = []) {
        self.current = current
        self.former = former.filter { $0 != current }
    }

    var all: [DataKey] { [current] + former }

    /// The same with further keys before it.
    func adding(former more: [DataKey]) -> DataKeys {
        DataKeys(current, former: former + more.filter { !former.contains($0) })
    }
}
