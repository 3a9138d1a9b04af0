// SPDX-License-Identifier: Apache-2.0

/// An object as it would be stored, once its kind's rules have agreed to it.
struct Draft {
    var content: [String: JSONValue]
    var keys: ObjectKeys
    var postings: BalancedPostings?
}

/// What a write needs to know besides the object.
struct WriteContext {
    /// Epoch seconds.
    let now: Int
    /// Today in Pacific time, the default TxnDate.
    let today: CalendarDay
    /// Whether `include=allowduplicatedocnum` was sent.
    var allowsDuplicateNumber = false
}

extension Books {
    /// Applies the rules of the kind.
    ///
    /// `old` is the object an update replaces.
    func draft(
        _ kind: EntityKind, _ content: [String: JSONValue], replacing old: StoredObject?, _ context: WriteContext
    ) throws(Fault) -> Draft {
        switch kind {
        case .account: try accountDraft(content, replacing: old)
        case .customer, .vendor: try personDraft(kind, content, replacing: old)
        case .class, .department: try listDraft(kind, content, replacing: old)
        case .journalEntry: try journalDraft(content, replacing: old, context)
        case .companyInfo, .preferences: Draft(content: content, keys: ObjectKeys())
        }
    }
}
