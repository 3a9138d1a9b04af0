// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// The file with passwords that are refused.
enum PasswordListFile {
    /// Where Debian's package `python3-zxcvbn`, which Daybook's own package depends on, has its lists: 30,000 passwords
    /// out of millions that became known, and words and names.
    static let usual = "/usr/lib/python3/dist-packages/zxcvbn/frequency_lists.py"

    /// - Parameters:
    ///   - named: The file of the setting; nil without one.
    ///   - usual: Is read when none is named and a password is first looked for. Nobody asked for it, so it may be
    ///     missing; `daybook doctor` says so.
    /// - Throws: ``CommandFailure`` when the named file can't be read or has no password in it: what somebody asked for
    ///   is not left out in silence.
    static func chosen(_ named: String?, usual: String = usual) throws -> PasswordList {
        if let named { return try read(named) }
        return PasswordList(whenAsked: { (try? read(usual)) ?? PasswordList() })
    }

    /// - Throws: ``CommandFailure`` when it can't be read or has no password in it.
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
