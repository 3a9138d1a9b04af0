// SPDX-License-Identifier: Apache-2.0

/// What the sample business rents and sells, with prices in cents.
enum SampleCatalog {
    struct Equipment: Sendable {
        let name: String
        let category: String
        /// Cents per day; five to seven days in a row cost as much as four.
        let daily: Int64
        let burnsFuel: Bool

        func price(days: Int) -> Int64 {
            let (weeks, rest) = days.quotientAndRemainder(dividingBy: 7)
            return daily * Int64(weeks * 4 + min(rest, 4))
        }
    }

    struct Goods: Sendable {
        let name: String
        let price: Int64
    }

    static let equipment: [Equipment] = [
        Equipment(name: "Boom lift 45 ft", category: "aerial", daily: 38_900, burnsFuel: true),
        Equipment(name: "Scissor lift 26 ft", category: "aerial", daily: 17_950, burnsFuel: false),
        Equipment(name: "Telehandler 8k", category: "aerial", daily: 44_725, burnsFuel: true),
        Equipment(name: "Mini excavator 3.5 t", category: "earthmoving", daily: 32_500, burnsFuel: true),
        Equipment(name: "Skid steer, wheeled", category: "earthmoving", daily: 28_975, burnsFuel: true),
        Equipment(name: "Trencher 36\" chain", category: "earthmoving", daily: 21_433, burnsFuel: true),
        Equipment(name: "Frame tent 20×40", category: "party", daily: 49_500, burnsFuel: false),
        Equipment(name: "Tables & chairs, 80 guests", category: "party", daily: 23_867, burnsFuel: false),
        Equipment(name: "Bounce castle", category: "party", daily: 18_999, burnsFuel: false),
        Equipment(name: "Plate compactor", category: "tools", daily: 8_450, burnsFuel: true),
        Equipment(name: "Demolition hammer", category: "tools", daily: 7_295, burnsFuel: false),
        Equipment(name: "Floor sander 12\"", category: "tools", daily: 6_837, burnsFuel: false),
        Equipment(name: "Pressure washer 3000 psi", category: "tools", daily: 9_115, burnsFuel: true),
    ]

    static let goods: [Goods] = [
        Goods(name: "Sanding discs, pack of 10", price: 1_749), Goods(name: "Propane refill 20 lb", price: 2_299),
        Goods(name: "Work gloves", price: 1_233), Goods(name: "Diamond blade 14\"", price: 8_967),
        Goods(name: "Two-cycle oil", price: 461), Goods(name: "Moving blankets (6)", price: 5_397),
        Goods(name: "Safety glasses", price: 899), Goods(name: "Ratchet straps, 4 pk", price: 3_119),
    ]

    static let brands = ["visa", "visa", "mastercard", "mastercard", "amex"]
}
