// SPDX-License-Identifier: Apache-2.0

/// The invented people and firms who rent in the sample; the same for every seed.
struct SampleCustomer: Sendable {
    let customer: Customer
    let isTaxExempt: Bool

    static let accounts = firms.enumerated().map { index, firm in
        SampleCustomer(
            customer: Customer(id: "A-\(1001 + index)", name: firm, isAccountCustomer: true),
            isTaxExempt: exempt.contains(firm))
    }

    static let cash = people.enumerated().map { index, name in
        SampleCustomer(
            customer: Customer(id: "C-\(5001 + index)", name: name, isAccountCustomer: false), isTaxExempt: false)
    }

    // Among the names are quotes, separators and many scripts, which break careless programs.
    private static let firms = [
        "O'Malley & Sons Concrete", "Brightwater Excavating LLC", "Smith, Jones & Reyes Builders",
        "St. Brendan's Parish", "Town of Millbrook", "Millbrook Unified School District", "Château Événements",
        "Müller Gartenbau", "Núñez Landscaping", "Kowalski i Synowie", "東海建設", "Søndergaard Steel",
        "D'Angelo Masonry", "A1 \"All Day\" Rentals Re-Rent", "Peña-Ortiz Paving", "Blue Heron Weddings & Tents",
        "Ångström Electric", "ООО Северстрой", "Granite State Roofing", "Three Rivers Plumbing; Heating",
        "Kettle Creek Farm", "Fitzgerald/Hughes JV", "Lakeside Marina #2", "N.K. Industrial Painting",
        "Okafor Scaffolding", "Hillcrest Memorial Hospital", "Big Sky Film & Grip", "Zhou Brothers Demolition",
    ]

    private static let exempt: Set<String> = [
        "St. Brendan's Parish", "Town of Millbrook", "Millbrook Unified School District",
        "Hillcrest Memorial Hospital",
    ]

    private static let people = [
        "Ann-Marie O'Connor", "José Álvarez", "Siobhán Ní Bhriain", "William Turner", "Grace Kim", "Zoë van Dijk",
        "Łukasz Wójcik", "Dana R. Whitfield", "Ngọc Trần", "Олена Коваль", "Robert \"Bo\" Haines", "Fatima El-Sayed",
        "Peter & Paula Lindqvist", "Tom Baker Jr.", "Þórdís Jónsdóttir", "Marcus D'Souza", "Ingrid Blåfjell",
        "Henry Nakamura", "山田 花子", "Carol Ann Sweeney", "Γιώργος Παππάς", "Luis Ibáñez, Sr.", "Kateřina Dvořáková",
        "Samuel Achebe", "Joan McTavish", "François L'Heureux", "Rosa Maria Conti", "Yusuf Özdemir", "Emily Stone",
        "Walter Pruitt", "Beatriz Gonçalves", "Noor Haddad",
    ]
}
