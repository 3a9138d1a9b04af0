// SPDX-License-Identifier: Apache-2.0
import Foundation

extension CompanyFile {
    /// A rental business with three stores, its chart of accounts, some customers and vendors, and opening balances.
    static func rentalCompany(realmID: String, now: Date) -> CompanyFile {
        var seed = CompanySeed(name: "Three Rivers Rental", now: now)
        seed.put(RentalChart.lines)
        for name in RentalNames.customers { seed.put(.customer, ["DisplayName": .string(name)]) }
        for name in RentalNames.vendors { seed.put(.vendor, ["DisplayName": .string(name)]) }
        for name in RentalNames.classes { seed.put(.class, ["Name": .string(name)]) }
        for name in RentalNames.departments { seed.put(.department, ["Name": .string(name)]) }
        seed.putOpeningBalances(RentalChart.lines)
        seed.put(RentalChart.later)
        return CompanyFile(realmID: realmID, name: seed.name, books: seed.books)
    }

    /// A company just opened: the accounts QBO itself cannot do without, and nothing else.
    static func emptyCompany(realmID: String, name: String, now: Date) -> CompanyFile {
        var seed = CompanySeed(name: name, now: now)
        let kept: Set = ["1000", "1100", "2000", "3000", "3900", "4000"]
        seed.put(RentalChart.lines.filter { kept.contains($0.number) })
        return CompanyFile(realmID: realmID, name: seed.name, books: seed.books)
    }
}

enum RentalNames {
    static let customers = [
        "Cash Customer", "Alder Creek Builders", "Bayline Roofing", "Cobalt Paving Co.", "Dunmore School District",
        "Evergreen Landscaping", "Fairhaven Events", "Granite Peak Construction", "Harbor Point Marina",
        "Ironwood Electric", "Juniper Hill Farms", "Kestrel Plumbing",
    ]
    static let vendors = [
        "Atlas Equipment Supply", "Blue Ridge Re-rentals", "Capital Fuel Company", "Delta Parts and Tires",
        "Eastside Power and Light", "First Harbor Insurance",
    ]
    static let classes = ["Store 1 – Main Street", "Store 2 – Harbor", "Store 3 – Airport"]
    static let departments = ["Main Street", "Harbor", "Airport"]
}
