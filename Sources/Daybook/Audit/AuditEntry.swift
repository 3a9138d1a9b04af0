// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A line of the audit trail: who changed what, when, from where, and how it was before.
package struct AuditEntry: Hashable, Sendable {
    /// From 1, without a gap.
    package let serial: Int64
    /// To the millisecond.
    package let at: Date
    package let actor: AuditActor
    /// The act, as ``Act/Name/text`` names it.
    package let act: String
    package let change: AuditChange
    /// The number of the request by which it was asked for, which the log has too; nil where there was none.
    package let request: String?
    /// What the digest is made of.
    package let version: AuditDigest.Version
    /// Seals the line and, through the digest of the one before it, all lines before it.
    package let digest: [UInt8]
    /// Whether a part of the change is sealed under a key that the reader does not have, so that the line is not as it
    /// was written.
    package let isSealed: Bool

    package init(
        serial: Int64, at: Date, actor: AuditActor, act: String, change: AuditChange, request: String? = nil,
        version: AuditDigest.Version = .withRequest, digest: [UInt8], isSealed: Bool = false
    ) {
        self.serial = serial
        self.at = at
        self.actor = actor
        self.act = act
        self.change = change
        self.request = request
        self.version = version
        self.digest = digest
        self.isSealed = isSealed
    }
}

/// An actor as the trail keeps it: also when the person has another name later.
package struct AuditActor: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case person, key, command
        /// Somebody on this machine, before anybody had signed up.
        case anybody
        case system
    }

    package let kind: Kind
    /// Of the person or of the key; nil for others.
    package let id: Int64?
    package let name: String
    /// The address that the request came from; nil where there was none.
    package let source: String?

    package init(kind: Kind, id: Int64?, name: String, source: String?) {
        self.kind = kind
        self.id = id
        self.name = name
        self.source = source
    }

    package init(_ actor: Actor) {
        switch actor {
        case .person(let principal):
            self.init(kind: .person, id: principal.id, name: principal.name, source: principal.source)
        case .key(let principal):
            self.init(kind: .key, id: principal.id, name: principal.name, source: principal.source)
        case .command: self.init(kind: .command, id: nil, name: actor.text, source: nil)
        case .anybody: self.init(kind: .anybody, id: nil, name: actor.text, source: nil)
        case .system: self.init(kind: .system, id: nil, name: actor.text, source: nil)
        }
    }
}

/// One thing that was changed, before and after, in words without any secret.
package struct AuditChange: Hashable, Sendable {
    /// Such as “export 17” or “account number, store 1, deposits”; nil where the act alone says it.
    package let object: String?
    /// Nil where there was nothing, or nothing that may be told.
    package let before: String?
    package let after: String?

    package init(_ object: String?, from before: String? = nil, to after: String? = nil) {
        self.object = object
        self.before = before
        self.after = after
    }

    /// How many characters of each text are kept.
    package static let longest = 500

    /// The change with long texts cut.
    package var cut: AuditChange {
        func cut(_ text: String) -> String {
            text.count > Self.longest ? text.prefix(Self.longest - 1) + "…" : text
        }
        return AuditChange(object.map(cut), from: before.map(cut), to: after.map(cut))
    }
}

/// Which lines of the trail are wanted; a line has to meet all that is not nil.
package struct AuditFilter: Hashable, Sendable {
    /// Without regard to case.
    package var actor: String?
    package var act: String?
    /// The object's whole name, or its beginning.
    package var object: String?
    /// The whole number of a request.
    package var request: String?
    /// Not before this moment.
    package var since: Date?
    /// Before this moment.
    package var until: Date?
    /// Only lines before this serial.
    package var before: Int64?
    /// 1 to 500.
    package var limit: Int

    package init(
        actor: String? = nil, act: String? = nil, object: String? = nil, request: String? = nil, since: Date? = nil,
        until: Date? = nil, before: Int64? = nil, limit: Int = 100
    ) {
        self.actor = actor
        self.act = act
        self.object = object
        self.request = request
        self.since = since
        self.until = until
        self.before = before
        self.limit = min(max(limit, 1), 500)
    }
}
