// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A file or folder could not be used: which one (by its name alone) and why.
package struct FileTrouble: Error, Equatable, Sendable, CustomStringConvertible {
    package let act: String
    package let file: String
    package let errorNumber: Int32

    init(_ act: String, _ path: String, errorNumber: Int32 = errno) {
        self.act = act
        file = URL(fileURLWithPath: path).lastPathComponent
        self.errorNumber = errorNumber
    }

    package var description: String {
        let reason = String(cString: strerror(errorNumber))
        let remedy =
            switch errorNumber {
            case ENOSPC, EDQUOT: "Free some space on the disk and try again."
            case EACCES, EPERM, EROFS: "Let Daybook's user read and write the data folder."
            case EIO: "Check the disk, then start Daybook again."
            default: "Check the data folder, then start Daybook again."
            }
        return "Daybook could not \(act) \(file): \(reason). \(remedy)"
    }
}
