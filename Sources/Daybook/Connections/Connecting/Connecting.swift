// SPDX-License-Identifier: Apache-2.0

/// What **Connect to QuickBooks** is pressed for.
package enum ConnectTarget: Sendable, Equatable {
    /// To mend a connection, or to make it the first time; by its own app unless another is named.
    case connection(Connection.ID, app: App.Key? = nil)
    /// To connect one more company, with stores and account numbers of its own.
    case newCompany(app: App.Key?)
}

/// The outcome of a consent or a pasted token that works.
package struct Connected: Sendable, Equatable {
    package enum Outcome: String, Sendable {
        /// The company has a connection now, and had none.
        case made = "connected"
        /// The connection had this company before and works again, or works on with the new token.
        case restored
        /// Intuit's answer came twice; the first one had connected already.
        case doneAlready = "done-already"
    }

    package let connection: Connection.ID
    package let company: Company
    package let outcome: Outcome

    package init(connection: Connection.ID, company: Company, outcome: Outcome) {
        self.connection = connection
        self.company = company
        self.outcome = outcome
    }

    /// The answer in the words of the help article.
    package var words: String {
        switch outcome {
        case .made: "Connected to \(company.name)."
        case .restored: "Your integration is restored. Connected to \(company.name)."
        case .doneAlready: "This was done already: connected to \(company.name)."
        }
    }
}

/// The outcome of **OK** under Settings.
package enum Pasted: Sendable, Equatable {
    case connected(Connected)
    /// The token works; it is a first connection, so a person confirms that this is the right company.
    case toConfirm(Connection.ID, Company)

    package var words: String {
        switch self {
        case .connected(let connected): connected.words
        case .toConfirm(_, let company):
            "The token works for \(company.name). Confirm that this is the company to post to."
        }
    }
}
