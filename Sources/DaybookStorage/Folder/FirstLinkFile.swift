// SPDX-License-Identifier: Apache-2.0
package import Daybook

/// The link by which the first administrator is made, in a file that only the folder's owner can read.
extension DataFolder {
    package var firstLinkPath: String { path + "/first-administrator.txt" }

    /// Writes the link, atomically; it takes the place of an earlier one.
    ///
    /// - Throws: ``FileTrouble``
    package func keep(firstLink: Secret) throws {
        let draft = firstLinkPath + ".new"
        try OpenFile.removeIfThere(draft)
        let words = "The first person who opens this link becomes the administrator of this Daybook:"
        let text = "\(words)\n\(firstLink.reveal())\n"
        try OpenFile(draft, .create(mode: 0o600)).write(Array(text.utf8), at: 0)
        try OpenFile.rename(draft, to: firstLinkPath)
    }

    /// - Throws: ``FileTrouble``
    package func removeFirstLink() throws { try OpenFile.removeIfThere(firstLinkPath) }
}
