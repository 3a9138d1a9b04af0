// SPDX-License-Identifier: Apache-2.0

/// A coding key with any name.
struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension KeyedDecodingContainer<AnyKey> {
    /// The key of that name in any case: Intuit's gateway writes `fault`, its services write `Fault`.
    func key(ignoringCase name: String) -> AnyKey? {
        allKeys.first { $0.stringValue == name } ?? allKeys.first { $0.stringValue.lowercased() == name.lowercased() }
    }
}
