// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension DataFolder {
    /// For how many seconds a request is good: a restore that somebody asked for days ago would undo what was done
    /// since.
    private static let longestRequest: TimeInterval = 86_400

    /// Carries out the restore that somebody has asked for; for the start of a server, before the folder is opened.
    ///
    /// A request is carried out once, also when the restore fails: then the former database is in its place. If a
    /// restore is cut off anywhere, the next start goes on with it. Blocks.
    ///
    /// - Returns: What came of it; nil when nothing was asked for.
    /// - Throws: ``FolderInUse``, and ``FileTrouble`` when the request can't be removed: the next start would undo what
    ///   is done until then.
    package func carryOutRestore(
        from key: KeySource?, at moment: Date, progress: @escaping (Double) -> Void = { _ in }
    ) throws -> BackupOverview.Restore? {
        guard FileManager.default.fileExists(atPath: restoreRequestPath) else { return nil }
        let outcome = try outcome(of: note(restoreRequestPath), key, at: moment, progress)
        // A page that does not show the outcome is better than a restore that is carried out twice.
        try? keep(outcome, at: restoreOutcomePath)
        try OpenFile.removeIfThere(restoreRequestPath)
        try OpenFile.syncFolder(of: restoreRequestPath)
        return outcome
    }

    private func outcome(
        of request: RestoreRequest?, _ key: KeySource?, at moment: Date, _ progress: @escaping (Double) -> Void
    ) throws -> BackupOverview.Restore {
        func said(failure: String? = nil, former: String? = nil) -> BackupOverview.Restore {
            BackupOverview.Restore(
                backup: Self.name(request?.backup ?? ""), who: request?.who ?? "", at: moment, failure: failure,
                formerDatabase: former.map(Self.name))
        }
        guard let request else { return said(failure: "What was asked for could not be read. Ask for it again.") }
        if let former = try alreadySetAside(at: request.askedAt) { return said(former: former) }
        let age = moment.timeIntervalSince(request.askedAt)
        guard age < Self.longestRequest else {
            return said(failure: "It was asked for more than a day before Daybook was started. Ask for it again.")
        }
        guard age > -Self.longestRequest else {
            return said(
                failure: """
                    By this computer's clock it was asked for more than a day after Daybook was started: the clock was set \
                    back. Set it right, and ask for it again.
                    """)
        }
        do {
            // The former database is named by the moment of the request, so the name is the same however often this
            // begins.
            let restored = try restore(
                request.backup, key: nil, from: key, replaces: true, at: request.askedAt, progress: progress)
            let former = formerPath(at: request.askedAt)
            let isThere = FileManager.default.fileExists(atPath: former)
            return said(former: restored.formerDatabase ?? (isThere ? former : nil))
        } catch let inUse as FolderInUse {
            throw inUse
        } catch {
            try putBack(at: request.askedAt)
            return said(failure: "\(error)")
        }
    }

    private static func name(_ path: String) -> String { URL(fileURLWithPath: path).lastPathComponent }
}
