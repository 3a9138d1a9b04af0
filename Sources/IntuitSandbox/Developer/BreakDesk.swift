// SPDX-License-Identifier: Apache-2.0
import HTTPTransport

/// "Break this connection": the sandbox's verbs, as buttons.
extension SandboxState {
    mutating func breakPage(_ visit: inout Visit) -> TransportResponse {
        let page = BreakPage(
            companies: companies.map { ($0.realmID, $0.name) }, connected: Set(connectedCompanies().map(\.realmID)),
            keys: registry.allKeys.map { ($0.clientID, "\(appName($0.clientID)), \($0.environment.keyWord)") },
            aim: visit.sessionID.flatMap { sessions[$0]?.aim } ?? BreakPage.Aim())
        return show(&visit, "Break this connection", page.body, isWide: true)
    }

    mutating func breakConnection(_ visit: inout Visit) -> TransportResponse {
        let form = FormFields(visit.call.body)
        let aim = BreakPage.Aim(form)
        remember(&visit) { $0.aim = aim }
        do {
            return lead(&visit, to: BreakPage.path, .done(try carryOut(form["verb"] ?? "", try target(aim))))
        } catch {
            return lead(&visit, to: BreakPage.path, .trouble(error.description))
        }
    }

    private func target(_ aim: BreakPage.Aim) throws(SandboxError) -> SandboxBreakingTarget {
        func given(_ text: String) -> String? { text.isEmpty ? nil : text }
        return SandboxBreakingTarget(
            realmID: given(aim.realmID), clientID: given(aim.clientID),
            seconds: aim.length.isEmpty ? nil : try SandboxDuration(reading: aim.length).duration,
            keepsPreviousSecret: aim.keepsPreviousSecret)
    }

    private mutating func carryOut(
        _ word: String, _ target: SandboxBreakingTarget
    ) throws(SandboxError) -> String {
        if let verb = SandboxBreakage(rawValue: word) { return try breakConnection(verb, target).sentence }
        if let verb = SandboxMending(rawValue: word) { return try mend(verb, target).sentence }
        throw SandboxError(description: "verb \(word) is unknown; press one of the buttons.")
    }
}
