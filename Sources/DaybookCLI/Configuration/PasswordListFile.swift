// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// The file with passwords that are refused.
enum PasswordListFile {
    /// - Throws: ``CommandFailure`` when it can't be read or has no password in it: what somebody asked for is not left out in
    ///   silence.
    static func read(_ path: String) throws -> PasswordList {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw CommandFailure(
                "DAYBOOK_PASSWORD_LIST is “\(path)”, and that file can't be read: \(error.localizedDescription)")
        }
        let list = PasswordList(lines: Array(bytes))
        guard list.count > 0 else {
            throw CommandFailure(
                "DAYBOOK_PASSWORD_LIST is “\(path)”, and that file has no password of 8 or more characters: write one in each line."
            )
        }
        return list
    }
}
