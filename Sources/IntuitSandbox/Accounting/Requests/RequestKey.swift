// SPDX-License-Identifier: Apache-2.0

/// The idempotency key of a request, and what the company's policy makes of it.
struct RequestKey: Sendable {
    static let longest = 50
    static let longestOfBatch = 36

    let text: String

    /// The key of one item: two items of a batch, or one item under two request ids, are different requests.
    func item(_ bID: String) throws(Fault) -> RequestKey {
        let key = RequestKey(text: text + "\u{1F}" + bID)
        if text.count + bID.count > Self.longest { throw .requestIDFormat(max: Self.longest) }
        return key
    }

    /// Nil when the call carries no `requestid`.
    static func of(_ call: AccountingCall, longest: Int) throws(Fault) -> RequestKey? {
        guard let text = call.query["requestid"] else { return nil }
        guard (1...longest).contains(text.count) else { throw .requestIDFormat(max: longest) }
        return RequestKey(text: text)
    }
}
