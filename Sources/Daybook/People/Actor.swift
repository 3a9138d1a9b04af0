// SPDX-License-Identifier: Apache-2.0

/// Who does something: the name that the history keeps, and what an ``Authorization`` decides by.
package enum Actor: Hashable, Sendable {
    /// A part of Daybook that acts by itself.
    case system(Part)
    /// A command on this machine, with the name that the history keeps of it.
    case command(String)
    /// A person at a page; without a name until people sign in.
    case person(String?)
    /// A program that uses the API; without a name until programs have keys.
    case key(String?)

    package enum Part: String, Sendable {
        case exporter
        case tokenKeeper = "token keeper"
    }

    /// The word in the history.
    package var text: String {
        switch self {
        case .system(let part): part.rawValue
        case .command(let name): name
        case .person(let name): name ?? "page"
        case .key(let name): name ?? "api"
        }
    }
}
