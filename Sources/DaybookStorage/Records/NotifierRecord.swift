// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A notifier in columns, its address and secret sealed.
struct NotifierRecord {
    static let columns = "n.id, n.kind, n.address, n.secret, n.added_at, n.added_by"

    let sealer: Sealer

    func read(_ row: inout SQLRow) throws -> Notifier {
        let id = try row.integer()
        let kind = try row.word(Notifier.Kind.self)
        let address = try sealer.openSecret(try row.bytes(), in: Self.context(id, "address", kind))
        let secret = try row.optionalBytes().map { try sealer.openSecret($0, in: Self.context(id, "secret", kind)) }
        let target = try target(kind, address, secret, row)
        return Notifier(
            id: Notifier.ID(id), target: target, addedAt: try row.time(), addedBy: try row.text())
    }

    func values(_ notifier: Notifier) throws -> [SQLValue] {
        let id = notifier.id.value
        let kind = notifier.target.kind
        let (address, secret) = Self.secrets(notifier.target)
        return [
            .integer(id), .text(kind.rawValue), .text(notifier.target.shown),
            .bytes(try sealer.seal(address, in: Self.context(id, "address", kind))),
            try secret.map { .bytes(try sealer.seal($0, in: Self.context(id, "secret", kind))) } ?? .null,
            .time(notifier.addedAt), .text(notifier.addedBy),
        ]
    }

    private static func secrets(_ target: Notifier.Target) -> (address: Secret, secret: Secret?) {
        switch target {
        case .email(let address): (Secret(address.text), nil)
        case .webhook(let address, let secret): (Secret(address.url.absoluteString), secret)
        }
    }

    private func target(
        _ kind: Notifier.Kind, _ address: Secret, _ secret: Secret?, _ row: SQLRow
    ) throws -> Notifier.Target {
        do {
            switch (kind, secret) {
            case (.email, nil): return .email(try EmailAddress(address.reveal()))
            case (.webhook, let secret?): return .webhook(try WebhookAddress(address.reveal()), secret: secret)
            case (.email, _), (.webhook, nil): throw row.unreadable("a notifier's secret is out of place")
            }
        } catch is AddressRefused {
            throw row.unreadable("a notifier's address is not valid")
        }
    }

    static func context(_ id: Int64, _ column: String, _ kind: Notifier.Kind) -> SealContext {
        SealContext(table: "notifiers", row: "\(id)/\(kind.rawValue)", column: column)
    }
}
