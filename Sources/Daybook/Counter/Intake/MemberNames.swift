// SPDX-License-Identifier: Apache-2.0

/// The names in one JSON object so far, to find one that is repeated.
///
/// A handful of plain names is compared by bytes. Many names, and names that may be written in several ways, need a
/// set.
struct MemberNames {
    private var places: [Int] = []
    private var names: Set<String>?

    private static let most = 32

    /// - Returns: False when the object has a member of this name already.
    mutating func insert(_ member: Int, _ tape: FieldTape) -> Bool {
        let name = tape.bytes[tape.values[member].name]
        if names == nil, places.count >= Self.most || name.contains(where: { $0 >= 128 }) {
            names = Set(places.map(tape.name(of:)))
        }
        if names != nil { return names?.insert(tape.name(of: member)).inserted ?? true }
        guard !places.contains(where: { tape.bytes[tape.values[$0].name] == name }) else { return false }
        places.append(member)
        return true
    }
}
