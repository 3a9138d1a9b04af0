// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The accounts that a word of a search means: by the number they have now, or by a word of their name.
struct AccountNaming {
    let sql: any SQLConnection

    func roles(_ word: String) throws -> [AccountRole] {
        let numbered = try sql.rows("SELECT DISTINCT role FROM account_numbers WHERE number = $1", [.text(word)])
            .reading { AccountRole(code: try $0.text()) }.compactMap(\.self)
        guard word.count >= 3 else { return numbered }
        let named = AccountRole.Kind.allCases.filter { kind in
            kind.name.lowercased().split(separator: " ").contains { $0.hasPrefix(word.lowercased()) }
        }
        return numbered + named.map { AccountRole($0) }
    }
}
