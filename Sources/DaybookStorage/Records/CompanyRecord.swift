// SPDX-License-Identifier: Apache-2.0

/// A company's Realm ID, which is sealed in the row of the company and nowhere else; other rows have the company's
/// number.
struct CompanyRecord {
    /// - Parameter reference: The column with the company's number, such as `c.company_id`.
    static func columns(of reference: String) -> [String] {
        [reference, "(SELECT k.realm_id FROM companies k WHERE k.id = \(reference))"]
    }

    let sealer: Sealer

    /// Nil where the row refers to no company.
    ///
    /// - Throws: ``SealError`` when the value does not belong to this company.
    func readRealmID(_ row: inout SQLRow) throws -> String? {
        let number = try row.optionalInteger()
        let sealed = try row.optionalBytes()
        guard let number, let sealed else { return nil }
        return try sealer.openText(sealed, in: Self.context(number))
    }

    static func context(_ number: Int64) -> SealContext {
        SealContext(table: "companies", row: String(number), column: "realm_id")
    }
}
