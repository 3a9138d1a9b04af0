// SPDX-License-Identifier: Apache-2.0

/// The company has a connection already; the storage keeps one for each environment and Realm ID.
package struct CompanyTaken: Error, Equatable, Sendable {
    /// The connection that has it.
    package let by: Connection.ID

    package init(by connection: Connection.ID) { by = connection }
}
