// SPDX-License-Identifier: Apache-2.0
import DaybookStorage
import DaybookWeb
import Foundation

/// Finds the server of a data folder by the address in the folder.
///
/// A command trusts it once it has proven the identity that is stored with the address.
struct FolderServer {
    private let folder: DataFolder

    init(_ path: String) { folder = DataFolder(path: path) }

    /// - Parameter inUse: Which process holds the folder's lock, when that is known already.
    /// - Throws: ``CommandFailure``, which names the folder and the server that did not prove to be its own;
    ///   ``FolderRefused`` or ``FileTrouble`` when nobody serves the folder and it can't be written.
    func find(heldBy inUse: FolderInUse? = nil) async throws -> DaybookServer {
        switch try await tryAnnounced() {
        case .found(let server): return server
        case .failed(let tried):
            let holder = try inUse ?? folder.holder()
            // In a folder that can't be written no server could start either.
            if holder == nil { try folder.requireWritable() }
            throw CommandFailure(words(holder, tried.map { ($0.address.url, $0.failure) }))
        }
    }

    /// Nil when no server of the folder answers.
    func announced() async throws -> DaybookServer? {
        if case .found(let server) = try await tryAnnounced() { server } else { nil }
    }

    private enum Search {
        case found(DaybookServer)
        /// The address that was tried last, and how it failed.
        case failed((address: ServerAddress, failure: Failure)?)
    }

    private func tryAnnounced() async throws -> Search {
        var tried: (address: ServerAddress, failure: Failure)?
        // A server that was started again meanwhile has written another address.
        while let address = try folder.announcedAddress(), address != tried?.address {
            let identity = ServerIdentity(address.identity)
            let server = DaybookServer(address: address.url, origin: .folder(identity))
            guard let failure = await prove(server, identity) else { return .found(server) }
            try await server.close()
            tried = (address, failure)
        }
        return .failed(tried)
    }

    private enum Failure {
        case silent(reason: String)
        /// A program answers there that does not know the identity.
        case unproven
    }

    /// Nil when the server has proven its identity.
    private func prove(_ server: DaybookServer, _ identity: ServerIdentity) async -> Failure? {
        let challenge = SystemRandomness().bytes(ServerIdentity.challengeLength)
        do {
            let answer = try await server.proof(of: challenge)
            return answer.map { identity.isProven(by: $0, of: challenge) } == true ? nil : .unproven
        } catch {
            return .silent(reason: "\(error)")
        }
    }

    private func words(_ holder: FolderInUse?, _ tried: (url: String, failure: Failure)?) -> String {
        let start = "Start it with: daybook serve --data-dir \(folder.path)"
        let process = holder.map { $0.holder.map { "process \($0)" } ?? "another process" }
        switch (process, tried) {
        case (nil, (let url, .unproven)?):
            return """
                No Daybook runs in \(folder.path), and the program at \(url) is not its own. Nothing was sent to it. \
                \(start)
                """
        case (nil, _):
            return "No Daybook runs in \(folder.path). \(start)"
        case (let process?, nil):
            return """
                The data folder \(folder.path) is in use (\(process)), and no server has written its address there: another \
                command is at work in it, or a Daybook is just starting or stopping. Try again when that is done.
                """
        case (let process?, (let url, .silent(let reason))?):
            return "A Daybook (\(process)) holds \(folder.path) but does not answer at \(url): \(reason)"
        case (let process?, (let url, .unproven)?):
            return """
                The program at \(url) did not prove that it serves \(folder.path), which \(process) holds. Nothing was \
                sent to it. If you mean the Daybook at that address, name it with --server \(url).
                """
        }
    }
}
