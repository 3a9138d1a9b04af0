// SPDX-License-Identifier: Apache-2.0

/// What shows who somebody is.
package struct SignInProofs: Sendable {
    let passwords: any Passwords
    let codes: OneTimeCode

    package init(passwords: any Passwords, mac: any MessageAuthentication) {
        self.passwords = passwords
        codes = OneTimeCode(mac: mac)
    }
}

extension Desk {
    /// The door: where people and keys are kept, what proves who somebody is, and from when on roles decide.
    package struct Entry: Sendable {
        package let storage: any PeopleStorage & SessionStorage & KeyStorage
        package let proofs: SignInProofs
        package let roles: RoleAuthorization

        /// - Parameter roles: To be told whether somebody has signed up already.
        package init(
            storage: any PeopleStorage & SessionStorage & KeyStorage, proofs: SignInProofs, roles: RoleAuthorization
        ) {
            self.storage = storage
            self.proofs = proofs
            self.roles = roles
        }
    }
}
