// SPDX-License-Identifier: Apache-2.0

/// Calls whose caller was cut off and that are carried out later, the soonest first.
struct LateCommits: Sendable {
    struct Call: Sendable {
        var due: Instant
        var company: Int
        var call: AccountingCall
        var requestIDs: RequestIDPolicy
    }

    private var waiting: [Call] = []

    var count: Int { waiting.count }

    mutating func add(_ call: Call) {
        let place = waiting.firstIndex { $0.due > call.due } ?? waiting.endIndex
        waiting.insert(call, at: place)
    }

    mutating func next(dueBy now: Instant) -> Call? {
        guard let first = waiting.first, first.due <= now else { return nil }
        return waiting.removeFirst()
    }
}
