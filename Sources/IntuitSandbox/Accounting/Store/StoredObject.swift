// SPDX-License-Identifier: Apache-2.0

/// What is looked up or sorted by, kept beside the packed content so that a search need not unpack anything.
struct ObjectKeys: Sendable {
    /// The name as it is shown: an inactive one carries the suffix.
    var name: String?
    /// What must be unique in its list; nil while the object is inactive, so that its name is free.
    var uniqueName: String?
    /// DocNumber or AcctNum.
    var number: String?
    var day: CalendarDay?
    var parent: Int?
    /// Of an account; every journal line asks for it.
    var accountType: AccountType?
    var isActive = true
}

/// One object of a company.
struct StoredObject: Sendable {
    let id: Int
    var syncToken = 0
    /// Epoch seconds: Intuit's stamps are to the second.
    let created: Int
    var updated: Int
    var keys: ObjectKeys
    /// What the caller may set.
    ///
    /// Id, SyncToken, MetaData and computed properties are added when it is shown.
    var content: PackedJSON
    var postings: BalancedPostings?
}
