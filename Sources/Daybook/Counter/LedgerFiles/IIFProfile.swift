// SPDX-License-Identifier: Apache-2.0

/// How an IIF file is read unless its profile says otherwise.
enum IIFProfile {
    static let columns: [ProfileField: String] = [
        .date: "DATE", .account: "ACCNT", .amount: "AMOUNT", .memo: "MEMO", .id: "DOCNUM",
    ]

    /// For a file without a profile: it has no source and store, which is refused by name.
    static let unnamed = IntakeProfile(
        name: "IIF", shape: .iif, separator: .tab, columns: columns, dateOrder: .monthFirst)
}
