// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import IntuitSandbox

/// `intuit-sandbox break`.
struct BreakCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "break",
        abstract: "Break a connection in a running sandbox on purpose.",
        discussion: """
            Verbs:
            \(VerbList.text(SandboxBreakage.allCases.map { ($0.rawValue, $0.effect) }))

            Examples: intuit-sandbox break revoke --realm 9341453908059321
                      intuit-sandbox break token-down --seconds 120
                      intuit-sandbox break api-too-large --bytes 4000
            """)

    @Argument(
        help: "What to do; one of the verbs above.",
        completion: .list(SandboxBreakage.allCases.map(\.rawValue)), transform: VerbList.verb)
    var verb: SandboxBreakage
    @Option(help: "Realm ID of the company; not needed if only one is connected.")
    var realm: String?
    @Option(help: "Client ID of the app's keys; without it every app connected with the company is meant.")
    var clientID: String?
    @Option(help: "remove-user: who is removed, by e-mail; without it the one who connected the company.")
    var user: String?
    @Option(
        help: "Outages: how long, 300 by default. lose-next-refresh-answer: how long to stay silent before the cut.")
    var seconds: Double?
    @Option(help: "api-too-large: the longest body that still passes; without it every call is refused.")
    var bytes: Int?
    @Flag(help: "lose-next-refresh-answer: the refresh rotates only if it is due.")
    var noRotation = false
    @Flag(help: "rotate-secret: the present secret works on beside the new one.")
    var keepPrevious = false
    @OptionGroup var address: SandboxAddress

    func run() async throws {
        let request = ControlRequest(
            verb: verb.rawValue, realmId: realm, clientId: clientID, user: user, seconds: seconds,
            bytes: bytes, rotate: noRotation ? false : nil, keepPreviousSecret: keepPrevious ? true : nil)
        try await request.send("/_sandbox/break", to: address)
    }
}

/// `intuit-sandbox mend`.
struct MendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mend",
        abstract: "Mend what break has broken, where that is possible.",
        discussion: """
            Verbs:
            \(VerbList.text(SandboxMending.allCases.map { ($0.rawValue, $0.effect) }))
            """)

    @Argument(
        help: "What to do; one of the verbs above.",
        completion: .list(SandboxMending.allCases.map(\.rawValue)), transform: VerbList.verb)
    var verb: SandboxMending
    @Option(help: "Realm ID of the company; not needed if only one is connected, nor for all-well.")
    var realm: String?
    @OptionGroup var address: SandboxAddress

    func run() async throws {
        try await ControlRequest(verb: verb.rawValue, realmId: realm).send("/_sandbox/mend", to: address)
    }
}

/// Verbs, read from the command line, and what they do, for `--help`.
enum VerbList {
    static func text(_ verbs: [(name: String, effect: String)]) -> String {
        verbs.map { "  \($0.name)\n    \($0.effect)" }.joined(separator: "\n")
    }

    static func verb<Verb: RawRepresentable & CaseIterable>(_ word: String) throws -> Verb
    where Verb.RawValue == String {
        guard let verb = Verb(rawValue: word) else {
            let all = Verb.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("There is no verb \(word). Use one of: \(all).")
        }
        return verb
    }
}

/// The body of the control calls `break` and `mend`; what is nil is left out.
private struct ControlRequest: Encodable {
    var verb: String
    var realmId: String?
    var clientId: String?
    var user: String?
    var seconds: Double?
    var bytes: Int?
    var rotate: Bool?
    var keepPreviousSecret: Bool?

    func send(_ path: String, to address: SandboxAddress) async throws {
        let body = String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
        let data = try await ControlClient(base: address.url).post(path, body)
        let answer = try JSONDecoder().decode(Answer.self, from: data)
        print(answer.done)
        if let secret = answer.clientSecret { print("New Client Secret: \(secret)") }
    }

    private struct Answer: Decodable {
        var done: String
        var clientSecret: String?
    }
}
