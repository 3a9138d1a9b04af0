// SPDX-License-Identifier: Apache-2.0

/// Words of earlier versions, which named companies by their Realm IDs.
enum WordsAboutCompanies {
    /// The company of the connection that the words are about, which may be named.
    struct Own {
        let realmID: String
        let name: String
    }

    /// A condition that holds only for words that may name a Realm ID.
    static func mayName(_ column: String) -> String {
        ["company", "Realm ID", "Realm"].map { "\(column) GLOB '*\($0) [0-9]*'" }.joined(separator: " OR ")
    }

    /// The same words of a history, with the connection's own company by its name and other companies without one.
    static func history(_ words: String, own: Own?) -> String {
        explanation(words).replacing(/its company [0-9]+/, with: "its company")
            .replacing(/company ([0-9]+)/) { $0.1 == own?.realmID ?? "" ? own?.name ?? "" : "another company" }
    }

    /// The same words of an explanation without Realm IDs.
    static func explanation(_ words: String) -> String {
        words.replacing(#/ \(Realm ID [0-9]+\)/#, with: "").replacing(#/ with the Realm ID [0-9]+/#, with: "")
            .replacing(/Realm [0-9]+/, with: "Unnamed company")
    }
}
