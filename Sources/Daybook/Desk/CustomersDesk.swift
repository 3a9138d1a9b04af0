// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Finds customers, and anonymizes them.
package struct CustomersDesk: WorkingDesk {
    /// How long the one who asks is kept waiting; the rest is done by ``CustomerRetention``.
    private static let longestWait = Duration.seconds(20)

    let storage: any CustomerStorage
    let work: DeskWork

    package func list(matching filter: CustomerFilter, by actor: Actor) async throws -> [CustomerSummary] {
        try authorize(.anonymizeCustomer, actor, needsFresh: false)
        return try await storage.customers(matching: filter)
    }

    /// Replaces a customer's name, number and texts by a pseudonym.
    ///
    /// It can't be taken back.
    ///
    /// - Returns: The customer as it is now, and whether all is done; if not, Daybook goes on by itself.
    /// - Throws: ``Desk/Refused`` when there is no such customer, or it has something that is not settled.
    package func anonymize(_ customer: CustomerKey, by actor: Actor) async throws -> (
        customer: AnonymizedCustomer, isDone: Bool
    ) {
        try await act(.anonymizeCustomer, by: actor) {
            let anonymized = try await decide(customer)
            return (anonymized, try await finish())
        }
    }

    private func decide(_ customer: CustomerKey) async throws -> AnonymizedCustomer {
        do {
            return try await storage.anonymize(customer, at: clock.now)
        } catch is CustomerMissing {
            throw Desk.Refused(
                """
                No stored transaction of “\(customer.source)” is a customer's with the number you gave. Look for the \
                customer by name first.
                """)
        } catch let unsettled as CustomerUnsettled {
            throw Desk.Refused(unsettled.words)
        }
    }

    /// Does what was decided and not done, as long as somebody may be kept waiting.
    ///
    /// - Returns: Whether nothing is left.
    private func finish() async throws -> Bool {
        let end = clock.now.addingTimeInterval(Self.longestWait.seconds)
        while clock.now < end {
            switch try await storage.anonymizeMore(most: CustomerRetention.most, at: clock.now) {
            case .more: continue
            case .waits: return false
            case .done: return true
            }
        }
        return false
    }
}

extension CustomerUnsettled {
    fileprivate var words: String {
        let listed = exports.map { export in
            export.state.isSettled
                ? "export \(export.serial) (the request that it went with is not settled)"
                : "export \(export.serial) (\(export.state.title))"
        }.joined(separator: ", ")
        let more = count > exports.count ? " and \(count - exports.count) more" : ""
        return """
            This customer has something that is not settled, and QuickBooks may still need the name: \(listed)\(more). \
            Let them be exported, or exclude them, and ask again. Nothing was changed.
            """
    }
}

extension ExportState.Name {
    /// Whether nothing goes to QuickBooks any more unless a person decides so.
    package var isSettled: Bool {
        switch self {
        case .exported, .excluded, .withdrawn, .nothingToPost: true
        case .collecting, .pending, .exporting, .checking, .error, .onHold: false
        }
    }
}
