// SPDX-License-Identifier: Apache-2.0

/// Which object of a transaction a field is in; made into text only for a mistake.
enum FieldPath {
    case transaction
    case member(String)
    case item(String, Int)

    /// The field's path, such as `charges[2].amount`.
    func text(of field: String) -> String {
        switch self {
        case .transaction: field
        case .member(let name): "\(name).\(field)"
        case .item(let list, let index): "\(list)[\(index)].\(field)"
        }
    }
}
