// SPDX-License-Identifier: Apache-2.0

/// Who does something: the name that the history keeps, and what an ``Authorization`` decides by.
package enum Actor: Hashable, Sendable {
    /// A part of Daybook that acts by itself.
    case system(Part)
    /// A command on this machine that may read the data folder, with the name that the history keeps of it.
    case command(String)
    /// Somebody on this machine, as long as nobody has signed up.
    case anybody(Way)
    /// A person who has signed in.
    case person(Principal)
    /// A program with a key of the API.
    case key(Principal)

    package enum Part: String, Sendable {
        case exporter
        case tokenKeeper = "token keeper"
        /// Removes what has become old, and anonymizes customers who were not seen for long.
        case retention
        /// Takes the files of the inbox folder.
        case inbox
        /// Checks the accounts of each company at night.
        case accountCheck = "account check"
    }

    package enum Way: String, Sendable {
        case page, api
    }

    /// The word in the history.
    package var text: String {
        switch self {
        case .system(let part): part.rawValue
        case .command(let name): name
        case .anybody(let way): way.rawValue
        case .person(let principal), .key(let principal): principal.name
        }
    }

    /// What it may do; nil for those whom roles don't bind.
    package var rights: Rights? {
        switch self {
        case .system, .command, .anybody: nil
        case .person(let principal), .key(let principal): principal.rights
        }
    }
}
