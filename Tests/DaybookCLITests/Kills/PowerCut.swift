// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What a power cut would have left of a folder whose every durable call was watched.
///
/// What was synced survives; of the writes since then any first part may, the last of them also torn.
struct PowerCut {
    /// What each file has held since its last sync, the synced content first.
    private var versions: [String: [Data]]

    init(_ synced: FolderContent) { versions = synced.files.mapValues { [$0] } }

    /// - Returns: False for a call that this model does not know.
    mutating func follow(_ call: DurableCall, _ folder: FolderContent) -> Bool {
        guard let content = folder.files[call.file] else { return false }
        switch call.name {
        case "pwrite64": versions[call.file, default: []].append(content)
        case "fdatasync", "fsync": versions[call.file] = [content]
        default: return false
        }
        return true
    }

    /// Every folder that a cut at this moment may leave.
    var survivors: [FolderContent] {
        versions.sorted { $0.key < $1.key }.reduce([FolderContent(files: [:])]) { partial, file in
            Self.withTornLast(file.value).flatMap { content in
                partial.map { FolderContent(files: $0.files.merging([file.key: content]) { $1 }) }
            }
        }
    }

    /// The last write as it was cut in its middle.
    private static func withTornLast(_ versions: [Data]) -> [Data] {
        guard versions.count > 1, let last = versions.last else { return versions }
        let before = versions[versions.count - 2]
        let changed = last.indices.filter { !before.indices.contains($0) || before[$0] != last[$0] }
        guard let middle = changed.dropFirst(changed.count / 2).first else { return versions }
        return versions + [last[..<middle] + before.dropFirst(middle)]
    }
}
