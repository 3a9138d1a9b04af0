// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTypes

/// Where profiles are kept: the data folder itself, or a server.
protocol ProfilesBackend: Sendable {
    func profiles() async throws -> [IntakeProfile]
    func keep(_ profile: IntakeProfile) async throws
    func remove(named name: String) async throws
}

/// Works in the data folder itself, under its exclusive lock.
struct LocalProfilesBackend: ProfilesBackend {
    let desk: IntakeDesk

    func profiles() async throws -> [IntakeProfile] { try await desk.profiles() }

    func keep(_ profile: IntakeProfile) async throws { try await desk.keep(profile, by: LocalPeopleBackend.who) }

    func remove(named name: String) async throws {
        try await desk.removeProfile(named: name, by: LocalPeopleBackend.who)
    }
}

/// Works through a running server's API.
struct RemoteProfilesBackend: ProfilesBackend {
    let server: DaybookServer

    private static let path = "/api/v1/profiles"

    func profiles() async throws -> [IntakeProfile] {
        try await server.get(Self.path, as: KeptProfiles.self).profiles
    }

    func keep(_ profile: IntakeProfile) async throws {
        let _: KeptProfiles = try await server.send(.post, Self.path, profile)
    }

    func remove(named name: String) async throws {
        let segment = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? name
        let _: ServerAnswer<KeptProfiles> = try await server.answer(.delete, "\(Self.path)/\(segment)")
    }
}

extension PlaceOptions {
    /// Runs a part of a command on the server or on the data folder, and closes it.
    func withProfiles<Value>(_ body: (any ProfilesBackend) async throws -> Value) async throws -> Value {
        try await withPlace { place in
            switch place {
            case .folder(let assembly): try await body(LocalProfilesBackend(desk: assembly.desk.intake))
            case .server(let server): try await body(RemoteProfilesBackend(server: server))
            }
        }
    }
}
