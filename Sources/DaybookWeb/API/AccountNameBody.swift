// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The account that a name of a counter's files means from now on.
struct AccountNameBody: Decodable {
    /// A connection's number; 1 if left out.
    let connection: Int64
    let name: SourceAccount
    /// An account's number, full name or both as `4000 · Rental income`; nil takes a choice back.
    let account: String?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case connection, source, name, account
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        connection = try members.decodeIfPresent(Int64.self, forKey: .connection) ?? 1
        let text = try members.text(.name)
        guard let name = SourceAccount(source: try members.text(.source), name: text) else {
            throw RefusedValue(
                codingPath: [CodingKeys.name], value: text,
                remedy: "write the name as the files have it, up to \(SourceAccount.longestName) characters")
        }
        self.name = name
        account = try members.textIfPresent(.account)
    }
}
