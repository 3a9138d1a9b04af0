// SPDX-License-Identifier: Apache-2.0

/// An engine's own full-text search over exports, the only part of a driver that is not common SQL.
package protocol ExportSearch: Sendable {
    /// Takes exports into the index, in the commit that writes their lines.
    func index(_ exports: [Int64], in sql: any SQLConnection) throws

    /// Takes exports out of the index, before their words change in the same commit.
    func remove(_ exports: [Int64], in sql: any SQLConnection) throws

    /// Erases a part of what is left of words that were taken out.
    ///
    /// - Returns: Whether nothing is left.
    func eraseRemoved(in sql: any SQLConnection) throws -> Bool

    /// Whether so many exports have exactly this word that searching for longer words too is useless and slow.
    func isCommon(_ word: SearchWords.Word, in sql: any SQLConnection) throws -> Bool

    /// What ``matches`` takes for words that a person typed.
    func query(_ words: SearchWords) -> String

    /// The condition by which an export is found; the `$` in it is its value.
    var matches: String { get }

    /// The found exports as `e`, read in the order of the index.
    var foundExports: String { get }

    /// For a search whose other filters leave few exports: the exports `e`, read by their own index, and the condition
    /// that one of them is found; its value stands where the `$` is.
    func lookingUp(_ words: SearchWords) -> (exports: String, condition: String)

    /// The column by which ``foundExports`` come in order: an export's serial.
    var foundSerial: String { get }
}
