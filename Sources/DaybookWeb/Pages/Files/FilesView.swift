// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The files that were dropped, the newest first.
struct FilesView {
    struct FileRow {
        let address: String
        let name: String
        let size: String
        let received: String
        let state: String
        let outcome: String
    }

    let files: [FileRow]
    let hasFiles: Bool
    let limit: String
    /// The folder whose files are taken; nil where none is watched.
    let inbox: String?
    let inboxTroubles: [String]

    init(_ files: [ReceivedFile], inbox: Inbox?, shown: ShownText) {
        self.inbox = inbox?.path
        inboxTroubles = inbox?.troubles.map(\.description) ?? []
        self.files = files.map { FileRow($0, shown: shown) }
        hasFiles = !files.isEmpty
        limit = "\(APIBody.sizeLimit >> 20) MiB"
    }
}

extension FilesView.FileRow {
    init(_ file: ReceivedFile, shown: ShownText) {
        address = "/files/\(file.id.value)"
        name = file.name
        size = Self.size(file.size)
        received = "\(shown.time(file.receivedAt)), \(Self.comer(file))"
        switch file.state {
        case .waiting:
            state = "Waits for you"
            outcome = ""
        case .taken:
            state = "Taken"
            outcome = file.counts.map(Self.outcome) ?? ""
        case .discarded:
            state = "Discarded"
            outcome = "nothing was taken"
        case .refused:
            state = "Refused"
            outcome = "nothing was taken"
        case .takenBack:
            state = "Taken back"
            outcome = file.counts.map { counted($0.recorded, "transaction") } ?? ""
        }
    }

    /// Who brought it, and how where the name does not tell.
    private static func comer(_ file: ReceivedFile) -> String {
        switch file.way {
        case .page, .command: file.receivedBy
        case .api: file.receivedBy == "api" ? "by the API" : "\(file.receivedBy), by the API"
        case .inbox: "from the inbox"
        }
    }

    static func size(_ bytes: Int) -> String {
        bytes < 1_024 ? counted(bytes, "byte") : bytes < 1 << 20 ? "\(bytes >> 10) KiB" : "\(bytes >> 20) MiB"
    }

    static func outcome(_ counts: ReceivedFile.Counts) -> String {
        let parts = [
            "\(counts.recorded) new", counts.repeated > 0 ? "\(counts.repeated) there already" : nil,
            counts.refused > 0 ? "\(counted(counts.refused, "mistake")) left out" : nil,
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}
