// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A token that was tried and works for a company, until a person says that it is the right one.
package struct Proposal: Sendable, Equatable {
    package let connection: Connection.ID
    package let app: App.Key
    package let company: Company
    package let grant: Grant
    package let at: Date
    /// Intuit's trace id of the answer that granted it.
    package let intuitTID: String?

    package init(
        connection: Connection.ID, app: App.Key, company: Company, grant: Grant, at: Date, intuitTID: String? = nil
    ) {
        self.connection = connection
        self.app = app
        self.company = company
        self.grant = grant
        self.at = at
        self.intuitTID = intuitTID
    }
}
