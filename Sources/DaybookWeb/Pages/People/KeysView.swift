// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// Every key that there ever was, and the form for another one.
struct KeysView {
    struct KeyView {
        let name: String
        let prefix: String
        let scopes: String
        let stores: String
        let made: String
        let ends: String
        let used: String
        let standing: String
        let tone: String
        /// Where the button's form goes; nil for a key that opens nothing any more.
        let revoke: String?
    }

    struct ScopeChoice {
        let key: String
        let explanation: String
        let isTicked: Bool
    }

    let keys: [KeyView]
    let hasKeys: Bool
    let scopes: [ScopeChoice]
    /// The key itself, on the page that follows its making and never again.
    let made: String?
    let enteredName: String
    let enteredStores: String

    init(_ keys: [APIKey], made: Secret?, entered: FormFields?, now: Date, shown: ShownText) {
        self.keys = keys.map { KeyView($0, now: now, shown: shown) }
        hasKeys = !keys.isEmpty
        let ticked = entered?.all("scope") ?? []
        scopes = APIKey.Scope.allCases.map {
            ScopeChoice(key: $0.rawValue, explanation: $0.explanation, isTicked: ticked.contains($0.rawValue))
        }
        self.made = made?.reveal()
        enteredName = String((entered?["name"] ?? "").prefix(100))
        enteredStores = String((entered?["stores"] ?? "").prefix(100))
    }
}

extension KeysView.KeyView {
    init(_ key: APIKey, now: Date, shown: ShownText) {
        name = key.name
        prefix = key.prefix
        scopes = key.scopes.sorted().map(\.rawValue).joined(separator: ", ")
        stores = key.stores.map { $0.sorted().map(\.description).joined(separator: ", ") } ?? "all"
        made = shown.day(key.createdAt)
        ends = key.expiresAt.map(shown.day) ?? "no end"
        used = key.lastUsedAt.map(shown.time) ?? "never"
        (standing, tone) =
            if let revokedAt = key.revokedAt {
                ("revoked \(shown.day(revokedAt))", "idle")
            } else if key.isUsable(at: now) { ("good", "good") } else { ("has ended", "idle") }
        revoke = key.isUsable(at: now) ? "\(KeyPages.address)/\(key.serial)/revoke" : nil
    }
}

extension APIKey.Scope {
    fileprivate var explanation: String {
        switch self {
        case .transactions: "bring transactions in, and ask what became of them"
        case .read: "see the queue, the account numbers and the connections, and read /metrics"
        case .exports: "see, reset, hold and release exports"
        case .accountNumbers: "see, and change account numbers and stores"
        case .people: "manage people who are no administrators, and keys that may do no more; not limited to stores"
        case .backups: "see, make and download backups, which hold all stores; restoring one is for people"
        }
    }
}
