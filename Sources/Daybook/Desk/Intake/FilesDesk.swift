// SPDX-License-Identifier: Apache-2.0

/// Files that people drop on the page: kept, looked at, then taken or discarded.
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
        _ waiting: Waiting, farDates: Bool = false, within limit: Limit, by actor: Actor
    ) async throws -> FilePreview? {
        try authorize(.record, actor)
        guard let source = Self.source(waiting).map(limit) else { return nil }
        let previewed = PreviewedSource(source)
        let report = try await intake.take(
            previewed, policy: .partial, dryRun: true, farDates: farDates, by: actor)
        return previewed.result(report)
    }

    /// Takes a file; if that leaves out mistakes, only when `policy` says so.
    ///
    /// A file of which nothing was taken waits on.
    package func take(
        _ waiting: Waiting, policy: RecordPolicy, farDates: Bool = false, within limit: Limit, by actor: Actor
    ) async throws -> IntakeReport? {
        try await act(.record, by: actor) {
            guard let source = Self.source(waiting).map(limit) else { return nil }
            let report = try await intake.take(source, policy: policy, farDates: farDates, by: actor)
            guard report.recorded + report.repeated > 0, policy == .partial || !report.hasMistakes else {
                return report
            }
            // If a crash comes before this, the file waits on, and all of it is a repeat when it is taken again.
            _ = try await storage.decide(
                .taken(report, by: Self.profile(waiting)), about: waiting.file.id, by: actor, at: clock.now)
            return report
        }
    }

    /// Erases a file's content; its line in the history stays.
    package func discard(_ id: ReceivedFile.ID, by actor: Actor) async throws -> Bool {
        try await act(.record, by: actor) {
            try await storage.decide(.discarded, about: id, by: actor, at: clock.now)
        }
    }

    private static func source(_ waiting: Waiting) -> (any IntakeSource)? {
        switch waiting.reading {
        case .own(let format): IntakeStream(waiting.content, format: format)
        case .profile(let profile): IntakeStream(waiting.content, format: profile.format, profile: profile)
        case .several, .draft, .unknown: nil
        }
    }

    private static func profile(_ waiting: Waiting) -> IntakeProfile? {
        if case .profile(let profile) = waiting.reading { profile } else { nil }
    }
}
