// SPDX-License-Identifier: Apache-2.0

/// Replaces the data key, under which stored secrets are sealed, by a new one.
package protocol DataKeyRotation: Sendable {
    /// Whether values may still be sealed under a key before the current one.
    var isUnfinished: Bool { get }

    /// Makes a new key, seals everything again under it and erases the key before it; or goes on with a rotation that
    /// was cut off.
    ///
    /// - Throws: ``DataKeyRotationRefused`` and other errors; a rotation that was begun goes on when it is called
    ///   again.
    func rotate() async throws -> RotatedDataKey
}

/// What a rotation has done.
package struct RotatedDataKey: Sendable, Equatable {
    /// The id of the key that is in use now.
    package let key: String
    /// The id of the key before it.
    package let formerKey: String
    /// How many stored values were sealed again.
    package let values: Int
    /// Whether it went on with a rotation that was cut off, or that was begun by putting a new key in place.
    package let wasResumed: Bool
    /// Where a person still has to take the former key away, because Daybook can't; nil where it is erased.
    package let formerKeyIsIn: String?
    /// The names of former databases in the data folder, which are still sealed under a former key.
    package let formerDatabases: [String]

    package init(
        key: String, formerKey: String, values: Int, wasResumed: Bool, formerKeyIsIn: String?, formerDatabases: [String]
    ) {
        self.key = key
        self.formerKey = formerKey
        self.values = values
        self.wasResumed = wasResumed
        self.formerKeyIsIn = formerKeyIsIn
        self.formerDatabases = formerDatabases
    }
}

/// Why the data key can't be rotated, or not to the end, in words for the person who asked for it.
package struct DataKeyRotationRefused: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
