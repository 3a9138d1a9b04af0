// SPDX-License-Identifier: Apache-2.0

/// The place a sealed value belongs to.
///
/// It is authenticated with the value, so that a ciphertext moved to another row, column or company, or
/// put back from an older generation, does not open.
package struct SealContext: Hashable, Sendable {
    package let table: String
    package let row: String
    package let column: String
    package let realm: String
    package let generation: Int64

    package init(table: String, row: String, column: String, realm: String = "", generation: Int64 = 0) {
        self.table = table
        self.row = row
        self.column = column
        self.realm = realm
        self.generation = generation
    }

    /// Each part with its length before it: no two contexts have the same bytes.
    func bytes(keyID: String) -> [UInt8] {
        [table, row, column, realm, String(generation), keyID]
            .map { "\($0.utf8.count):\($0)" }
            .joined(separator: "|")
            .utf8.map(\.self)
    }
}
