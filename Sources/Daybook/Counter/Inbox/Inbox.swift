// SPDX-License-Identifier: Apache-2.0
package import Foundation
import Synchronization

/// Takes each file of the inbox folder once, and moves it to those that were taken or refused.
///
/// A file's transactions and its line in the history are recorded together, with the file's identity. Only then is the
/// report written and the file moved; at last the identity is forgotten. After a crash between two of these steps, the
/// history tells what was done already.
package final class Inbox: Sendable {
    /// How many seconds pass between two looks.
    package static let pause: TimeInterval = 2

    private let folder: any InboxFolder
    private let storage: any FileStorage & IntakeStorage
    private let intake: IntakeDesk
    private let clock: any WallClock
    private let watch: Mutex<InboxWatch>
    private let state = Mutex<[InboxTrouble]>([])
    /// What taking a file has shown, until it is moved.
    private let reports = Mutex<[String: IntakeReport]>([:])

    /// For how long nothing is written to a complete file, where nothing else is said.
    package static let usualQuiet = Duration.seconds(5)

    package init(
        folder: any InboxFolder, storage: any FileStorage & IntakeStorage, intake: IntakeDesk, clock: any WallClock,
        quiet: Duration = Inbox.usualQuiet
    ) {
        watch = Mutex(InboxWatch(quiet: quiet))
        self.folder = folder
        self.storage = storage
        self.intake = intake
        self.clock = clock
    }

    /// The folder's whole path.
    package var path: String { folder.path }

    /// What could not be read or moved at the last look.
    package var troubles: [InboxTrouble] { state.withLock { $0 } }

    /// What one look did.
    package struct Look: Sendable {
        /// The files that were moved.
        package var moved: [Moved] = []
        /// What could not be read or moved; it is tried again at the next look.
        package var troubles: [InboxTrouble] = []
        /// What the storage has thrown, first.
        fileprivate var failure: (any Error)?

        package struct Moved: Sendable, Equatable {
            package let file: ReceivedFile.ID
            package let end: InboxEnd
        }
    }

    /// Looks once, and takes what is complete.
    ///
    /// - Throws: What the storage throws.
    package func look() async throws -> Look {
        var look = Look()
        do {
            look = try await takeWhatIsComplete()
        } catch let trouble as InboxTrouble {
            look.troubles = [trouble]
        }
        state.withLock { [look] in $0 = look.troubles }
        if let failure = look.failure { throw failure }
        return look
    }

    private func takeWhatIsComplete() async throws -> Look {
        let files = try folder.files()
        let underWay = try await storage.filesUnderWay()
        let there = Set(files.map(\.identity))
        // It was moved already when an earlier process ended, or it was written to after it was taken.
        for identity in underWay.keys where !there.contains(identity) { try await storage.forget(identity: identity) }
        let now = clock.now
        let complete = watch.withLock { $0.complete(of: files, at: now) }
        var look = Look()
        for file in complete {
            // What goes wrong with one file holds up no other.
            do {
                if let moved = try await handle(file, underWay[file.identity]) { look.moved.append(moved) }
            } catch is InboxFileChanged {
                continue
            } catch let trouble as InboxTrouble {
                look.troubles.append(trouble)
            } catch {
                look.failure = look.failure ?? error
                look.troubles.append(InboxTrouble("“\(file.name)” can't be taken: \(error)", isOfFile: true))
            }
        }
        return look
    }

    private func handle(_ file: InboxFile, _ known: ReceivedFile?) async throws -> Look.Moved? {
        if let known { return try await finish(file, known) }
        let report = try await take(file)
        reports.withLock { $0[file.identity] = report }
        guard let received = try await storage.filesUnderWay()[file.identity] else { return nil }
        // What was written to it since it was copied is read as another file.
        guard try folder.isUnchanged(file) else { return nil }
        return try await finish(file, received)
    }

    private func take(_ file: InboxFile) async throws -> IntakeReport {
        let content = try folder.copy(of: file)
        let reading = FileReading(
            try content.start(limit: ProfileRecognition.lookedAt), name: file.name,
            profiles: try await storage.profiles())
        switch reading {
        case .own(let format): return try await take(file, content, format, nil)
        case .profile(let profile): return try await take(file, content, profile.format, profile)
        case .several, .draft, .unknown:
            let problem = Self.problem(reading, file)
            let outcome = FileOutcome(
                file: Self.incoming(file, nil), counts: .init(recorded: 0, repeated: 0, refused: 1), reason: problem)
            try await storage.refuse([outcome], by: .system(.inbox), at: clock.now)
            return IntakeReport()
        }
    }

    private func take(
        _ file: InboxFile, _ content: any InboxContent, _ format: IntakeFile.Format, _ profile: IntakeProfile?
    ) async throws -> IntakeReport {
        let source = IntakeStream(format: format, profile: profile) { try content.pieces() }
        return try await intake.take(
            source, policy: .allOrNothing, files: [Self.incoming(file, profile)], by: .system(.inbox))
    }

    private func finish(_ file: InboxFile, _ received: ReceivedFile) async throws -> Look.Moved {
        let end: InboxEnd = received.state == .refused ? .refused : .taken
        let name = try freeName(of: file, received.id, end)
        let report = reports.withLock { $0[file.identity] }
        try folder.write(report: InboxReport(received, report).text, forFileNamed: name, in: end)
        try folder.move(file, to: end, as: name)
        try await storage.forget(identity: file.identity)
        reports.withLock { $0[file.identity] = nil }
        return Look.Moved(file: received.id, end: end)
    }

    /// After a restore, numbers of the history are given again.
    private func freeName(of file: InboxFile, _ id: ReceivedFile.ID, _ end: InboxEnd) throws -> String {
        var name = Self.name(of: file, "\(id.value)")
        var attempt = 1
        while try !folder.isFree(name, in: end) {
            attempt += 1
            name = Self.name(of: file, "\(id.value)-\(attempt)")
        }
        return name
    }

    private static func incoming(_ file: InboxFile, _ profile: IntakeProfile?) -> IncomingFile {
        IncomingFile(
            .new(.inbox, identity: file.identity), name: file.name, size: file.size, profile: profile?.name)
    }

    /// `PR261116-12.iif`: the number in the history tells files of one name apart.
    ///
    /// A name has no more than 255 bytes, with the ending of its report.
    static func name(of file: InboxFile, _ number: String) -> String {
        let dot = file.name.lastIndex(of: ".").flatMap { $0 > file.name.startIndex ? $0 : nil }
        let ending = String(dot.map { file.name[$0...] } ?? "").prefix(20)
        var stem = Substring(dot.map { file.name[..<$0] } ?? file.name[...])
        while stem.utf8.count > 180 { stem = stem.dropLast() }
        return "\(stem)-\(number)\(ending)"
    }

    private static func problem(_ reading: FileReading, _ file: InboxFile) -> String {
        switch reading {
        case .several(let profiles):
            """
            Several profiles are for files with these titles: \(profiles.map(\.name).joined(separator: ", ")). Drop it on \
            the page Files and say which one it is of, or remove a profile.
            """
        case .draft:
            """
            No kept profile is for files with these titles. Drop it on the page Files and say how such files are read; \
            from then on the inbox reads them so.
            """
        case .own, .profile, .unknown:
            file.size == 0
                ? "The file is empty."
                : "No row of this file has titles of columns that Daybook knows, so it can't be read."
        }
    }
}
