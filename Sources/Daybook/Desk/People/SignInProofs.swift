// SPDX-License-Identifier: Apache-2.0

/// What proves who somebody is.
package struct SignInProofs: Sendable {
    let passwords: any Passwords
    let codes: OneTimeCode
    /// Passwords that no new one may be.
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
    /// What signing in needs: where people and keys are kept, what proves who somebody is, and from when on roles
    /// decide.
    package struct Entry: Sendable {
        package let storage: any PeopleStorage & SessionStorage & KeyStorage
        package let proofs: SignInProofs
        package let roles: RoleAuthorization
        package let authenticators: AuthenticatorDuty

        /// - Parameter roles: The caller has told it whether somebody has signed up already.
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
