// SPDX-License-Identifier: Apache-2.0

/// The address of a request, in which QuickBooks wants the company's Realm ID.
enum CompanyAddress {
    /// Intuit's own name for the place.
    ///
    /// No address contains it: its braces would be written with percent signs.
    private static let place = "/company/{realmId}/"

    /// As it is stored.
    static func withoutRealmID(_ address: String, realmID: String?) -> String {
        guard let realmID else { return address }
        return address.replacing("/company/\(realmID)/", with: place, maxReplacements: 1)
    }

    /// As it is sent.
    static func whole(_ stored: String, realmID: String?) -> String {
        guard let realmID else { return stored }
        return stored.replacing(place, with: "/company/\(realmID)/", maxReplacements: 1)
    }
}
