// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Which machine this is, and which of its starts; each is nil if the machine does not tell.
package struct MachineIdentity: Equatable, Sendable {
    /// `/etc/machine-id`: made once, when the system was installed.
    ///
    /// Containers often have none.
    package let id: String?
    /// The kernel's id of this start.
    package let boot: String?

    package init(id: String?, boot: String?) {
        self.id = id
        self.boot = boot
    }

    package static func current() -> MachineIdentity {
        MachineIdentity(id: word(in: "/etc/machine-id"), boot: word(in: "/proc/sys/kernel/random/boot_id"))
    }

    /// A word of 8 to 64 hex digits and hyphens; nil if the file is missing or holds anything else.
    private static func word(in path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        let isWord = text.allSatisfy { $0.isASCII && ($0.isHexDigit || $0 == "-") }
        return isWord && (8...64).contains(text.utf8.count) ? text : nil
    }
}
