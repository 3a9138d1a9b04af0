// SPDX-License-Identifier: Apache-2.0

/// The history of files, and those that wait on the page until they are taken or discarded.
package struct FilesDesk: WorkingDesk {
    let storage: any FileStorage & IntakeStorage
    let intake: IntakeDesk
    let work: DeskWork

    /// A file that waits, with how it is read.
    package struct Waiting: Sendable {
        package let file: ReceivedFile
        package let content: [UInt8]
        package let reading: FileReading
    }

    package func list(limit: Int = 50) async throws -> [ReceivedFile] { try await storage.receivedFiles(limit: limit) }

    package func file(_ id: ReceivedFile.ID) async throws -> ReceivedFile? { try await storage.receivedFile(id)?.file }

    /// Keeps a file until somebody decides about it.
    package func receive(_ content: [UInt8], named name: String, by actor: Actor) async throws -> ReceivedFile {
        try await act(.record, by: actor) {
            try await storage.receive(content, named: name, by: actor, at: clock.now)
        }
    }

    /// Nil for a file that waits no longer, or was never there.
    ///
    /// - Parameter wish: What a person has said of how it is read.
    package func waiting(_ id: ReceivedFile.ID, wish: FileReading.Wish? = nil) async throws -> Waiting? {
        guard let (file, content) = try await storage.receivedFile(id), let content else { return nil }
        let reading = FileReading(
            content, name: file.name, profiles: try await storage.profiles(), wish: wish)
        return Waiting(file: file, content: content, reading: reading)
    }

    /// What refuses transactions that somebody may not bring in.
    package typealias Limit = @Sendable (any IntakeSource) -> any IntakeSource

    /// What would be taken; nothing is.
    ///
    /// Nil where it is not known how the file is read.
    package func preview(
        _ waiting: Waiting, confirmed: IntakeConfirmation = [], within limit: Limit, by actor: Actor
    ) async throws -> FilePreview? {
        try authorize(.record, actor)
        guard let source = Self.source(waiting).map(limit) else { return nil }
        return try await intake.preview(
            source, policy: .partial, confirmed: confirmed, files: [Self.incoming(waiting)], by: actor)
    }

    /// Takes a file; if that leaves out mistakes, only when `policy` says so.
    ///
    /// A file that is refused waits on.
    package func take(
        _ waiting: Waiting, policy: RecordPolicy, confirmed: IntakeConfirmation = [], within limit: Limit,
        by actor: Actor
    ) async throws -> IntakeReport? {
        try await act(.record, by: actor) {
            guard let source = Self.source(waiting).map(limit) else { return nil }
            return try await intake.take(
                source, policy: policy, confirmed: confirmed, files: [Self.incoming(waiting)], by: actor)
        }
    }

    /// Erases a file's content; its line in the history stays.
    package func discard(_ id: ReceivedFile.ID, by actor: Actor) async throws -> Bool {
        try await act(.record, by: actor) { try await storage.discard(id, by: actor, at: clock.now) }
    }

    /// The transactions that a file brought, in the order in which they were recorded.
    package func transactions(
        of id: ReceivedFile.ID, after: Int64 = 0, limit: Int = 100
    ) async throws -> [FileTransaction] {
        try await storage.transactions(ofFile: id, after: after, limit: limit)
    }

    package func totals(of id: ReceivedFile.ID) async throws -> FileTotals {
        try await storage.totals(ofFile: id, now: clock.now)
    }

    /// Takes back all that a file brought, if none of it is in QuickBooks or may be there.
    ///
    /// Its keys then accept other content, so that another profile can read the file again. What was taken stays in the
    /// history.
    package func takeBack(_ id: ReceivedFile.ID, by actor: Actor) async throws -> TakeBackOutcome {
        try await act(.takeBack, by: actor) { try await storage.takeBack(id, by: actor, at: clock.now) }
    }

    private static func source(_ waiting: Waiting) -> (any IntakeSource)? {
        switch waiting.reading {
        case .own(let format): IntakeStream(waiting.content, format: format)
        case .profile(let profile): IntakeStream(waiting.content, format: profile.format, profile: profile)
        case .several, .draft, .unknown: nil
        }
    }

    private static func incoming(_ waiting: Waiting) -> IncomingFile {
        let profile = if case .profile(let profile) = waiting.reading { profile.name } else { nil as String? }
        return IncomingFile(
            .waiting(waiting.file.id), name: waiting.file.name, size: waiting.file.size, profile: profile)
    }
}
