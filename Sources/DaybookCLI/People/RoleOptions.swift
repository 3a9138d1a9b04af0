// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook

/// A role, with the stores and companies for which a person has it.
struct RoleOptions: ParsableArguments {
    @Option(name: .customLong("role"), help: "viewer, clerk, bookkeeper or administrator.")
    var word: Word

    @Option(help: "Only at this store, by its number; may be given several times.")
    var store: [Int] = []

    @Option(
        help: "Only in this company, by its number in `daybook connection list`; may be given several times.")
    var company: [Int64] = []

    enum Word: String, ExpressibleByArgument, CaseIterable {
        case viewer, clerk, bookkeeper, administrator
    }

    func validate() throws { try StoreOption.check(store) }

    var role: Role {
        switch word {
        case .viewer: .viewer
        case .clerk: .clerk
        case .bookkeeper: .bookkeeper
        case .administrator: .administrator
        }
    }

    /// At each of the stores in each of the companies.
    var assignments: Set<RoleAssignment> {
        let companies: [Connection.ID?] = company.isEmpty ? [nil] : company.map { Connection.ID($0) }
        let stores: [StoreNumber?] = store.isEmpty ? [nil] : store.compactMap { StoreNumber($0) }
        return Set(companies.flatMap { company in stores.map { RoleAssignment(role, company: company, store: $0) } })
    }
}

/// The numbers of stores in options.
enum StoreOption {
    static func check(_ numbers: [Int]) throws {
        for number in numbers where StoreNumber(number) == nil {
            throw ValidationError("--store \(number): a store's number is 1 to 9999.")
        }
    }
}
