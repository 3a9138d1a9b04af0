// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A block of Swift in a document.
enum DocumentSample {
    /// The blocks that hold a whole function, without their imports.
    static func functions(in document: String) -> [String] {
        document.components(separatedBy: "```swift\n").dropFirst().compactMap { rest in
            let block = rest.components(separatedBy: "\n```")[0].split(
                separator: "\n", omittingEmptySubsequences: false)
            let code = block.drop { $0.isEmpty || $0.hasPrefix("import ") }
            return code.first?.hasPrefix("func ") == true ? code.joined(separator: "\n") : nil
        }
    }
}
