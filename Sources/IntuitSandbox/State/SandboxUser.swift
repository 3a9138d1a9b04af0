// SPDX-License-Identifier: Apache-2.0

/// What somebody may do in a company.
public enum SandboxRole: String, Sendable, Hashable, CaseIterable {
    /// A company administrator, the only one who may connect apps.
    case admin
    /// A standard user: works in the company, and can't connect apps.
    case standard
}

/// Somebody with an account at Intuit; made up, password and all.
public struct SandboxUser: Sendable, Equatable {
    /// A postal address, as the OpenID scope `address` gives it.
    public struct Address: Sendable, Equatable {
        /// Street and number.
        public var street: String
        /// City.
        public var locality: String
        /// State or province.
        public var region: String
        /// ZIP or postal code.
        public var postalCode: String
        /// Country code.
        public var country: String

        /// Describes an address.
        public init(street: String, locality: String, region: String, postalCode: String, country: String) {
            self.street = street
            self.locality = locality
            self.region = region
            self.postalCode = postalCode
            self.country = country
        }
    }

    /// Intuit's number of the user: the claim `sub`.
    public let userID: String
    /// What the user signs in with.
    public var email: String
    /// A sample password: the sign-in page shows it.
    public var password: String
    /// First name.
    public var givenName: String
    /// Last name.
    public var familyName: String
    /// Phone number.
    public var phone: String
    /// Postal address.
    public var address: Address
    /// The companies the user belongs to, by realm id.
    public internal(set) var roles: [String: SandboxRole]
    /// The roles the user had in companies that have removed them since, by realm id.
    var formerRoles: [String: SandboxRole] = [:]

    /// Describes a user.
    public init(
        userID: String, email: String, password: String, givenName: String, familyName: String, phone: String,
        address: Address, roles: [String: SandboxRole]
    ) {
        self.userID = userID
        self.email = email
        self.password = password
        self.givenName = givenName
        self.familyName = familyName
        self.phone = phone
        self.address = address
        self.roles = roles
    }

    /// Given and family name.
    public var name: String { "\(givenName) \(familyName)" }

    /// Whether the user may connect apps with a company.
    public func administers(_ realmID: String) -> Bool { roles[realmID] == .admin }
}
