// SPDX-License-Identifier: Apache-2.0

/// What an export does with its document.
package enum DocumentOperation: Sendable, Hashable {
    case create
    case update(Target)
    case void(Target)
    case delete(Target)

    /// An existing document, in the version that was seen last.
    package struct Target: Sendable, Hashable {
        package let documentID: String
        package let syncToken: String

        package init(documentID: String, syncToken: String) {
            self.documentID = documentID
            self.syncToken = syncToken
        }
    }

    package enum Name: String, Sendable, CaseIterable {
        case create, update, void, delete
    }

    package var name: Name {
        switch self {
        case .create: .create
        case .update: .update
        case .void: .void
        case .delete: .delete
        }
    }

    /// Nil for `create`.
    package var target: Target? {
        switch self {
        case .create: nil
        case .update(let target), .void(let target), .delete(let target): target
        }
    }

    /// Nil when `create` is given a target, or another operation none.
    package init?(_ name: Name, target: Target?) {
        switch (name, target) {
        case (.create, nil): self = .create
        case (.update, let target?): self = .update(target)
        case (.void, let target?): self = .void(target)
        case (.delete, let target?): self = .delete(target)
        default: return nil
        }
    }
}

/// An export was to do what QuickBooks can't do with a document of its kind; nothing was recorded.
package struct OperationRefused: Error, Hashable, Sendable, CustomStringConvertible {
    package let kind: DocumentKind
    package let operation: DocumentOperation.Name
    /// What takes its place, as the end of a sentence.
    package let instead: String

    /// For the bookkeeper.
    package var message: String { "QuickBooks has no \(operation.rawValue) for a \(kind.title); \(instead)." }

    package var description: String { message }
}
