// SPDX-License-Identifier: Apache-2.0

/// Who must have an authenticator app before anything else can be done.
package enum AuthenticatorDuty: String, CaseIterable, Sendable {
    case administrators
    case everybody

    func binds(_ person: Person) -> Bool {
        switch self {
        case .administrators: person.rights.greatestRole == .administrator
        case .everybody: true
        }
    }
}
