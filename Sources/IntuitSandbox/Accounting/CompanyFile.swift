// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One QuickBooks company: its lists, its documents, its ledger and what it remembers of past requests.
///
/// It has no clock and does no I/O: everything it does follows from a call and the time of that call.
struct CompanyFile: Sendable {
    let realmID: String
    var name: String
    /// If false, every write is refused with 6190, as after a lapsed subscription; reads go on working.
    var subscriptionIsActive = true
    var books: Books
    var requests = RequestLog()

    init(realmID: String, name: String, books: Books) {
        self.realmID = realmID
        self.name = name
        self.books = books
    }

    /// How many documents are in the books.
    var documentCount: Int { books.shelf(.journalEntry).count }

    /// The whole of the Accounting API: one call in, one answer out.
    ///
    /// `requestIDs` says what happens with a `requestid` that has succeeded before.
    mutating func answer(_ call: AccountingCall, now: Date, requestIDs: RequestIDPolicy) -> AccountingAnswer {
        var desk = CallDesk(now: now, requestIDs: requestIDs)
        do {
            let body = try route(call, &desk)
            return AccountingAnswer(status: 200, body: desk.enveloped(body), committed: desk.committed)
        } catch {
            let body: [String: JSONValue] = ["Fault": error.body]
            return AccountingAnswer(status: error.status, body: desk.enveloped(body), committed: desk.committed)
        }
    }
}

/// What every part of a call needs to know, and whether the call changed anything.
struct CallDesk {
    let requestIDs: RequestIDPolicy
    /// Epoch seconds.
    let now: Int
    let today: CalendarDay
    private let time: String
    var committed = false

    init(now: Date, requestIDs: RequestIDPolicy) {
        let pacific = PacificTime(now)
        self.requestIDs = requestIDs
        self.now = Int(now.timeIntervalSince1970.rounded(.down))
        today = pacific.day
        time = pacific.stampWithMilliseconds
    }

    func enveloped(_ members: [String: JSONValue]) -> JSONValue {
        var members = members
        // Reports carry their time in their header.
        if members["Header"] == nil { members["time"] = .string(time) }
        return .object(members)
    }

    var reportTime: String { time }
}
