// SPDX-License-Identifier: Apache-2.0

/// Shows the audit trail, and checks that nobody has changed it.
package struct AuditDesk: WorkingDesk {
    let storage: any AuditStorage
    let digest: any Digest
    let work: DeskWork

    /// Newest first.
    package func entries(matching filter: AuditFilter, by actor: Actor) async throws -> [AuditEntry] {
        try authorize(.seeAudit, actor)
        return try await storage.auditEntries(matching: filter)
    }

    /// Reads the whole trail.
    ///
    /// - Parameter anchor: The anchor that was written down earlier; nil to check without one.
    package func verify(against anchor: AuditAnchor?, by actor: Actor) async throws -> AuditReport {
        try authorize(.seeAudit, actor)
        return try await AuditReport.make(of: storage, against: anchor, digest)
    }
}

/// What checking an audit trail has shown.
package struct AuditReport: Equatable, Sendable {
    /// How many lines there are.
    package let count: Int
    /// Empty when the trail is as it was written.
    package let findings: [AuditChain.Finding]
    /// To be written down elsewhere for the next check; nil for an empty trail.
    package let anchor: AuditAnchor?

    /// Reads a whole trail, some thousand lines at a time.
    package static func make(
        of storage: any AuditStorage, against anchor: AuditAnchor?, _ digest: any Digest
    ) async throws -> AuditReport {
        var chain = AuditChain(digest, anchor: anchor)
        var last: Int64 = .min
        while true {
            let entries = try await storage.auditEntries(after: last, limit: 5_000)
            for entry in entries { chain.take(entry) }
            guard let next = entries.last?.serial else { break }
            last = next
        }
        chain.end()
        return AuditReport(count: chain.count, findings: chain.findings, anchor: chain.newAnchor)
    }
}

extension AuditChain.Finding {
    /// What is wrong, and where, in a sentence.
    package var words: String {
        switch self {
        case .changed(let serial):
            "Line \(serial) is not as it was written, or the line before it is not: its digest does not fit."
        case .sealed(let serial):
            """
            Line \(serial) names a company by its Realm ID, which is sealed: without the data key that was in use \
            then, nobody can tell whether it is as it was written.
            """
        case .missing(let serials):
            serials.count == 1
                ? "Line \(serials.lowerBound) is missing."
                : "Lines \(serials.lowerBound) to \(serials.upperBound) are missing."
        case .replaced(let serial): "Line \(serial) is another one than the anchor names."
        }
    }
}
