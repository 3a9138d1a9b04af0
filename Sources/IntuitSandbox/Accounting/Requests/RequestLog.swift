// SPDX-License-Identifier: Apache-2.0

/// The answers of past successful requests, by `requestid` (in a batch: `requestid` and `bId`), for 30 days.
struct RequestLog: Sendable {
    private static let retention = 30 * 86_400

    private struct Entry: Sendable {
        let answer: PackedJSON
        let expires: Int
    }

    private var entries: [String: Entry] = [:]
    /// Keys in the order of storing, which is the order of expiry.
    private var queue: [String] = []
    private var oldest = 0

    func answer(to key: String, now: Int) -> JSONValue? {
        guard let entry = entries[key], entry.expires > now else { return nil }
        return entry.answer.value
    }

    mutating func store(_ answer: JSONValue, for key: String, now: Int) {
        forgetExpired(now)
        if entries[key] == nil { queue.append(key) }
        entries[key] = Entry(answer: PackedJSON(answer), expires: now + Self.retention)
    }

    private mutating func forgetExpired(_ now: Int) {
        while oldest < queue.count, let entry = entries[queue[oldest]], entry.expires <= now {
            entries[queue[oldest]] = nil
            oldest += 1
        }
        if oldest > 1_000, oldest * 2 > queue.count {
            queue.removeFirst(oldest)
            oldest = 0
        }
    }
}
