// SPDX-License-Identifier: Apache-2.0

extension SandboxUser {
    /// The people a sandbox is seeded with: an owner who administers every company, and a bookkeeper who is a
    /// standard user in each and so can't connect apps.
    public static func samples(for companies: [SandboxCompany] = SandboxCompany.samples) -> [SandboxUser] {
        [owner(of: companies), bookkeeper(of: companies)]
    }

    private static func owner(of companies: [SandboxCompany]) -> SandboxUser {
        SandboxUser(
            userID: "7d1f40c2-52ab-4e0c-9b7e-5a1f5d0c2e11", email: "dana@threerivers.example", password: "three-rivers",
            givenName: "Dana", familyName: "Rivers", phone: "+1 412 555 0142",
            address: Address(
                street: "18 Wharf Street", locality: "Pittsburgh", region: "PA", postalCode: "15222", country: "US"),
            roles: roles(.admin, in: companies))
    }

    private static func bookkeeper(of companies: [SandboxCompany]) -> SandboxUser {
        SandboxUser(
            userID: "c0b2a5d9-8f13-4d27-a3f6-2f7f1e9b6a84", email: "lee@threerivers.example", password: "three-rivers",
            givenName: "Lee", familyName: "Marsh", phone: "+1 412 555 0143",
            address: Address(
                street: "204 Mill Road", locality: "Pittsburgh", region: "PA", postalCode: "15210", country: "US"),
            roles: roles(.standard, in: companies))
    }

    private static func roles(_ role: SandboxRole, in companies: [SandboxCompany]) -> [String: SandboxRole] {
        Dictionary(companies.map { ($0.realmID, role) }) { first, _ in first }
    }
}
