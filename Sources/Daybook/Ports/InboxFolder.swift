// SPDX-License-Identifier: Apache-2.0
/// A file in the inbox folder.
package struct InboxFile: Hashable, Sendable {
    package let name: String
    /// What is the same as long as the same content is there under the same name.
    package let identity: String
    /// In bytes.
    package let size: Int

    package init(name: String, identity: String, size: Int) {
        self.name = name
        self.identity = identity
        self.size = size
    }
}

/// The folder into which rental systems write files, with a folder for those that were taken and one for those that
/// were refused.
///
/// - Throws: Each verb ``InboxTrouble``.
package protocol InboxFolder: Sendable {
    /// Its whole path.
    var path: String { get }

    /// The files in it, by name; hidden ones and folders are left out.
    func files() throws -> [InboxFile]

    /// Whether the file is there as it was.
    func isUnchanged(_ file: InboxFile) throws -> Bool

    /// A file's content, which does not change any more: a copy, so that a slow folder holds nobody up.
    ///
    /// - Throws: ``InboxFileChanged`` too.
    func copy(of file: InboxFile) throws -> any InboxContent

    /// Whether a file of this name may be moved there.
    func isFree(_ name: String, in end: InboxEnd) throws -> Bool

    /// Writes the report that stands beside a file once it is moved, in the place of one that is there.
    func write(report: String, forFileNamed name: String, in end: InboxEnd) throws

    /// Moves a file out of the inbox, under another name, in one step.
    ///
    /// It never takes the place of a file that is there.
    func move(_ file: InboxFile, to end: InboxEnd, as name: String) throws
}

/// The content of a file of the inbox.
package protocol InboxContent: Sendable {
    /// The first bytes.
    func start(limit: Int) throws -> [UInt8]

    /// All bytes, piece by piece, from the beginning; nil at the end.
    func pieces() throws -> () throws -> [UInt8]?
}

/// A file was written to, or is gone, while it was read: it is looked at again later.
package struct InboxFileChanged: Error, Equatable, Sendable {
    package init() {}
}

/// Where a file of the inbox ends.
package enum InboxEnd: String, Sendable, CaseIterable {
    case taken, refused
}

/// Why the inbox can't be read or written, as a sentence.
package struct InboxTrouble: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String
    /// What the log says of it: a file's name may be a customer's.
    package let loggable: String

    /// - Parameter isOfFile: Whether the sentence names a file that somebody else has named.
    package init(_ description: String, isOfFile: Bool = false) {
        self.description = description
        loggable = isOfFile ? "A file can't be read or moved; the page Files says which one, and why." : description
    }
}
