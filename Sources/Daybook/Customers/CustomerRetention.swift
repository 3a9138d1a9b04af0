// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Anonymizes customers a small step at a time.
///
/// It goes on with what was begun; after that it begins with the customers who were not seen for years.
package struct CustomerRetention: Sendable {
    /// The most transactions of a step, so that other writers wait for milliseconds only.
    static let most = 50
    private static let pause = Duration.milliseconds(200)
    private static let interval = Duration.seconds(3_600)

    private let storage: any CustomerStorage
    private let clock: any WallClock
    private let years: Int?

    /// - Parameter years: How long after a customer's last transaction; nil for never.
    package init(storage: any CustomerStorage, clock: any WallClock, years: Int?) {
        self.storage = storage
        self.clock = clock
        self.years = years
    }

    package func step() async throws -> Wake {
        let now = clock.now
        if try await storage.anonymizeMore(most: Self.most, at: now) == .more {
            return .at(now.addingTimeInterval(Self.pause.seconds))
        }
        let wasBegun = try await begin(at: now)
        return .at(now.addingTimeInterval((wasBegun ? Self.pause : Self.interval).seconds))
    }

    private func begin(at now: Date) async throws -> Bool {
        guard let years, let last = Self.day(years, before: now),
            let customer = try await storage.dormantCustomers(before: last, limit: 1).first
        else { return false }
        let act = Act(.verb(.anonymizeCustomer), by: .system(.retention), at: now)
        do {
            _ = try await Act.$current.withValue(act) { try await storage.anonymize(customer, at: now) }
            return true
        } catch is CustomerUnsettled {
            // A transaction of this customer was taken in after the search.
            return false
        }
    }

    /// The day so many years before a moment, in UTC; nil where the calendar does not reach.
    static func day(_ years: Int, before now: Date) -> CalendarDate? {
        let today = CalendarDate(inUTC: now)
        return CalendarDate(year: today.year - years, month: today.month, day: today.day)
            ?? CalendarDate(year: today.year - years, month: today.month, day: 28)
    }
}
