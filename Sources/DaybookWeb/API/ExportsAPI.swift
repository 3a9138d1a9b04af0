// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The queue, for programs.
struct ExportsAPI: Sendable {
    let desk: Desk

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.get("exports") { request, context in try await list(request, context) }
        api.get("exports/counts") { _, context in try await counts(context) }
        api.get("exports/{serial}") { _, context in try await export(context) }
        api.post("exports/reset") { request, context in try await change(.reset, request, context) }
        api.post("exports/hold") { request, context in try await change(.hold, request, context) }
        api.post("exports/release") { request, context in try await change(.release, request, context) }
        api.post("exports/exclude") { request, context in try await change(.exclude, request, context) }
        api.post("exports/include") { request, context in try await change(.include, request, context) }
    }

    private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
        let filter = try Self.filter(FormFields(parsing: request.uri.query ?? ""))
        let (page, problems) = try await desk.seenQueue(matching: filter, by: context.actor)
        return try JSONAnswer.response(
            ExportsShape(
                page, filter: filter, problems: problems,
                connections: try await desk.connections.all()))
    }

    private func export(_ context: SiteContext) async throws -> Response {
        guard let serial = context.parameters.get("serial", as: Int64.self),
            let detail = try await desk.queue.export(serial: serial), context.actor.maySee(detail.row.export)
        else {
            let serial = context.parameters.get("serial") ?? ""
            throw HTTPProblem(
                .notFound, "No such export",
                "There is no export “\(serial)”; GET /api/v1/exports lists those there are.")
        }
        return try JSONAnswer.response(ExportDetailShape(detail, connections: try await desk.connections.all()))
    }

    private func counts(_ context: SiteContext) async throws -> Response {
        try JSONAnswer.response(CountsShape(try await desk.seenCounts(by: context.actor)))
    }

    private func change(_ verb: ExportVerb, _ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: SelectionBody.self)
        let outcomes = try await verb.perform(on: desk, body.selection, by: context.actor)
        return try JSONAnswer.response(ChangesShape(outcomes))
    }

    private static func filter(_ query: FormFields) throws -> ExportFilter {
        try ExportFilter(
            state: query["state"].map(state), store: query["store"].map(store),
            connection: query["connection"].map(connection), search: query["search"],
            pageSize: number(query, "pageSize", 1...500, standard: 50)
        ).at(cursor: query["cursor"])
    }

    static var states: String { ExportState.Name.allCases.map(\.rawValue).joined(separator: ", ") }

    private static func state(_ text: String) throws -> ExportState.Name {
        guard let state = ExportState.Name(rawValue: text) else {
            throw HTTPProblem(.badRequest, "Not a state", "state is “\(text.prefix(60))”; write one of \(states).")
        }
        return state
    }

    private static func store(_ text: String) throws -> StoreNumber {
        guard let store = Int(digits: text).flatMap({ StoreNumber($0) }) else {
            throw HTTPProblem(
                .badRequest, "Not a store number",
                "store is “\(text.prefix(60))”; write a whole number from 1 to 9999.")
        }
        return store
    }

    private static func connection(_ text: String) throws -> Connection.ID {
        guard let number = Int64(digits: text), number > 0 else {
            throw HTTPProblem(
                .badRequest, "Not a connection",
                "connection is “\(text.prefix(60))”; write a number that GET /api/v1/connections lists.")
        }
        return Connection.ID(number)
    }

    private static func number(
        _ query: FormFields, _ name: String, _ range: ClosedRange<Int>, standard: Int
    ) throws -> Int {
        guard let text = query[name] else { return standard }
        guard let number = Int(digits: text), range.contains(number) else {
            throw HTTPProblem(
                .badRequest, "Out of range",
                """
                \(name) is “\(text.prefix(60))”; write a whole number from \(range.lowerBound) to \(range.upperBound).
                """)
        }
        return number
    }
}

/// `{"serials": […]}` or `{"state": "error"}`.
struct SelectionBody: Decodable {
    let selection: ExportSelection

    private enum CodingKeys: CodingKey, CaseIterable {
        case serials, state
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        let serials = try members.decodeIfPresent([Int64].self, forKey: .serials)
        guard serials?.allSatisfy({ $0 > 0 }) != false else {
            throw DecodingError.dataCorruptedError(
                forKey: .serials, in: members, debugDescription: "write whole numbers from 1")
        }
        let state = try members.decodeIfPresent(String.self, forKey: .state).map { text in
            guard let state = ExportState.Name(rawValue: text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .state, in: members, debugDescription: "write one of \(ExportsAPI.states)")
            }
            return state
        }
        switch (serials, state) {
        case (let serials?, nil): selection = .serials(serials)
        case (nil, let state?): selection = .inState(state)
        default:
            throw RefusedValue(
                codingPath: decoder.codingPath, value: "", remedy: "write either serials or state, not both")
        }
    }
}

struct ChangesShape: Encodable {
    struct Changed: Encodable {
        let serial: Int64
        let state: String
    }

    struct Refused: Encodable {
        let serial: Int64
        let reason: String
    }

    private(set) var changed: [Changed] = []
    private(set) var refused: [Refused] = []
    private(set) var notThere: [Int64] = []

    init(_ outcomes: [ChangeOutcome]) {
        for outcome in outcomes {
            switch outcome.result {
            case .changed(let state): changed.append(.init(serial: outcome.serial, state: state.rawValue))
            case .refused(let refused): self.refused.append(.init(serial: outcome.serial, reason: refused.message))
            case .notThere: notThere.append(outcome.serial)
            }
        }
    }
}
