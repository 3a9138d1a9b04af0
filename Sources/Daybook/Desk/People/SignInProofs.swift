// SPDX-License-Identifier: Apache-2.0

/// What shows who somebody is.
package struct SignInProofs: Sendable {
    let passwords: any Passwords
    let codes: OneTimeCode
    /// What no new password may be.
    let listed: PasswordList

    package init(
        passwords: any Passwords, mac: any MessageAuthentication, listed: PasswordList = PasswordList()
    ) {
        self.passwords = passwords
        self.listed = listed
        codes = OneTimeCode(mac: mac)
    }
}

extension Desk {
    /// The door: where people and keys are kept, what proves who somebody is, and from when on roles decide.
    package struct Entry: Sendable {
        package let storage: any PeopleStorage & SessionStorage & KeyStorage
        package let proofs: SignInProofs
        package let roles: RoleAuthorization
        package let authenticators: AuthenticatorDuty

        /// - Parameter roles: To be told whether somebody has signed up already.
        package init(
            storage: any PeopleStorage & SessionStorage & KeyStorage, proofs: SignInProofs, roles: RoleAuthorization,
            authenticators: AuthenticatorDuty = .administrators
        ) {
            self.storage = storage
            self.proofs = proofs
            self.roles = roles
            self.authenticators = authenticators
        }
    }
}
