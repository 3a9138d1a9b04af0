// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A file of an import, not yet read as transactions.
struct FileContent {
    /// As it was given; `-` is standard input.
    let name: String
    let bytes: [UInt8]

    /// - Throws: ``CommandFailure`` when it can't be read.
    init(_ name: String) throws {
        self.name = name
        if name == "-" {
            bytes = [UInt8](FileHandle.standardInput.readDataToEndOfFile())
            return
        }
        guard let data = FileManager.default.contents(atPath: name) else {
            throw CommandFailure("The file “\(name)” can't be read. Check its name and your right to read it.")
        }
        bytes = [UInt8](data)
    }
}
