// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb
import HTTPTypes

/// Where the history of files is: the data folder itself, or a server.
protocol FilesBackend: Sendable {
    func files(limit: Int) async throws -> [FileShape]
    func file(_ number: Int64) async throws -> FileDetailShape
    func takeBack(_ number: Int64) async throws -> FileDetailShape
}

/// Works in the data folder itself, under its exclusive lock.
struct LocalFilesBackend: FilesBackend {
    let desk: FilesDesk

    func files(limit: Int) async throws -> [FileShape] { try await desk.list(limit: limit).map(FileShape.init) }

    func file(_ number: Int64) async throws -> FileDetailShape {
        let id = ReceivedFile.ID(number)
        guard let file = try await desk.file(id) else {
            throw CommandFailure("There is no file \(number); `daybook files list` shows those there are.")
        }
        return FileDetailShape(file, totals: try await desk.totals(of: id))
    }

    func takeBack(_ number: Int64) async throws -> FileDetailShape {
        let id = ReceivedFile.ID(number)
        _ = try await file(number)
        let outcome = try await desk.takeBack(id, by: LocalPeopleBackend.who)
        if let file = try await desk.file(id), let refusal = outcome.refusal(of: file) { throw CommandFailure(refusal) }
        return try await file(number)
    }
}

/// Works through a running server's API.
struct RemoteFilesBackend: FilesBackend {
    let server: DaybookServer

    private static let path = "/api/v1/files"

    private struct Files: Decodable {
        let files: [FileShape]
    }

    func files(limit: Int) async throws -> [FileShape] {
        try await server.get("\(Self.path)?limit=\(limit)", as: Files.self).files
    }

    func file(_ number: Int64) async throws -> FileDetailShape {
        try await server.get("\(Self.path)/\(number)", as: FileDetailShape.self)
    }

    func takeBack(_ number: Int64) async throws -> FileDetailShape {
        let answer: ServerAnswer<FileDetailShape> = try await server.answer(.post, "\(Self.path)/\(number)/take-back")
        return answer.value
    }
}

extension PlaceOptions {
    /// Runs a part of a command on the server or on the data folder, and closes it.
    func withFiles<Value>(_ body: (any FilesBackend) async throws -> Value) async throws -> Value {
        try await withPlace { place in
            switch place {
            case .folder(let assembly): try await body(LocalFilesBackend(desk: assembly.desk.files))
            case .server(let server): try await body(RemoteFilesBackend(server: server))
            }
        }
    }
}
