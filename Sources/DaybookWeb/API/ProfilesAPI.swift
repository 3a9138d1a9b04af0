// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Hummingbird
import HummingbirdCore

/// The kept profiles, for programs.
struct ProfilesAPI: Sendable {
    let desk: Desk

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.get("profiles") { _, _ in try await list() }
        api.post("profiles") { request, context in
            let body = try await APIBody.json(request, as: ProfileBody.self)
            try await desk.intake.keep(body.profile, by: context.actor)
            return try await list()
        }
        api.delete("profiles/{name}") { _, context in
            let name = context.parameters.get("name")?.removingPercentEncoding ?? ""
            guard try await desk.intake.profiles().contains(where: { $0.name == name }) else {
                throw HTTPProblem(
                    .notFound, "No such profile",
                    "There is no profile “\(name.prefix(60))”; GET /api/v1/profiles lists those there are.")
            }
            try await desk.intake.removeProfile(named: name, by: context.actor)
            return try await list()
        }
    }

    private func list() async throws -> Response {
        try JSONAnswer.response(["profiles": try await desk.intake.profiles()])
    }
}

/// A profile whose members are all known.
private struct ProfileBody: Decodable {
    let profile: IntakeProfile

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name, shape, encoding, separator, columns, constants, header, titles, numbering, dateOrder, decimalMark
        case passOver, beside
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        _ = try members.text(.name)
        profile = try IntakeProfile(from: decoder)
        if let problem = profile.problem {
            throw RefusedValue(codingPath: [], value: "", remedy: String(problem.dropLast()))
        }
    }
}
