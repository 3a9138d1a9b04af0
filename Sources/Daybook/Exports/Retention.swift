// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Removes details that are older than a set age, a small step at a time.
package struct Retention: Sendable {
    /// In 90 days a quarter is closed and reviewed; Intuit's support asks for the bytes of a request within days.
    package static let usualDays = 90

    private static let most = 500
    /// The pause between two steps that removed all they could, so that intake and posting come first.
    private static let pause = Duration.milliseconds(200)
    private static let interval = Duration.seconds(3_600)

    private let storage: any RetentionStorage
    private let clock: any WallClock
    private let age: Duration

    package init(storage: any RetentionStorage, clock: any WallClock, age: Duration) {
        self.storage = storage
        self.clock = clock
        self.age = age
    }

    package func step() async throws -> Wake {
        let now = clock.now
        let removed = try await storage.removeDetails(
            before: now.addingTimeInterval(-age.seconds), most: Self.most, at: now)
        return .at(now.addingTimeInterval((removed.isFull ? Self.pause : Self.interval).seconds))
    }
}
