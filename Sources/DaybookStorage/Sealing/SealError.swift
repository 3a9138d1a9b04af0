// SPDX-License-Identifier: Apache-2.0

/// A sealed value can't be sealed or opened.
///
/// It tells nothing about the value.
package enum SealError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Too short, or of a format this version does not know.
    case notSealedByUs
    case otherKey(id: String)
    /// Changed, or moved here from another row, column, company or generation.
    case doesNotBelong(SealContext)
    case notText(SealContext)
    case cannotSeal(SealContext)

    package var description: String {
        switch self {
        case .notSealedByUs:
            "A stored secret is not in a form that this version of Daybook knows. Start the version that wrote it."
        case .otherKey(let id):
            """
            A stored secret was sealed under another key (\(id)). Put back the daybook.key that was in use then.
            """
        case .doesNotBelong(let context):
            """
            The secret stored in \(context.table), column \(context.column), was changed or moved from outside \
            and is not used. Restore the database, or enter the secret again under Settings.
            """
        case .notText(let context):
            "The secret stored in \(context.table), column \(context.column), is not text. Enter it again."
        case .cannotSeal(let context):
            "The secret for \(context.table), column \(context.column), could not be sealed; nothing was stored."
        }
    }
}
