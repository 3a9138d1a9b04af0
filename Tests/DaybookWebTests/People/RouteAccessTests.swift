// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Foundation
import HTTPTypes
import Hummingbird
import Testing

@Suite("Every route says what it needs")
struct RouteAccessTests {
    /// What the program adds to the site.
    private static let more = ["GET /metrics"]

    @Test("each has a row in the table, and each row has a route")
    func complete() async throws {
        try await SiteFixture.open { fixture in
            let routes = Set(fixture.site.routes().map { "\($0.method.rawValue) \($0.path.description)" })
            #expect(Set(RouteAccess.table.keys).subtracting(Self.more) == routes)
        }
    }

    @Test("one that changes something is open only to come in, and shows nothing of the business")
    func openRoutes() {
        let open = Set(RouteAccess.table.filter { $0.value == .open }.keys)
        #expect(
            open == [
                "GET /assets/{name}", "GET /health", "GET /health/live", "GET /api/v1/identity", "GET /sign-in",
                "POST /sign-in",
                "GET /link",
                "POST /link", "GET /link/{secret}",
            ])
    }

    @Test("what changes something needs more than to see")
    func changes() {
        for (route, need) in RouteAccess.table where !route.hasPrefix("GET ") && !route.hasPrefix("HEAD ") {
            if case .verbs(let verbs) = need { #expect(!verbs.contains(.see) && verbs.count == 1, "\(route)") }
        }
    }

    /// What each role may reach that the one before may not, but for pages and lists that every role sees.
    private static let byHand: [Role: Set<String>] = [
        .clerk: [
            "POST /api/v1/transactions", "GET /files", "POST /files", "GET /files/{id}", "POST /files/{id}/take",
            "POST /files/{id}/discard",
        ],
        .bookkeeper: [
            "POST /exports/reset", "POST /exports/hold", "POST /exports/release", "POST /api/v1/exports/reset",
            "POST /exports/exclude", "POST /exports/include", "POST /api/v1/exports/exclude",
            "POST /api/v1/exports/include",
            "POST /api/v1/exports/hold", "POST /api/v1/exports/release", "POST /connections/{id}/reset",
            "POST /account-numbers", "POST /account-numbers/stores", "POST /account-numbers/standard",
            "POST /account-check", "POST /account-check/answers", "POST /api/v1/account-check",
            "POST /api/v1/account-check/answers", "PUT /api/v1/role-accounts",
            "POST /account-names", "PUT /api/v1/account-names", "GET /api/v1/accounts", "POST /files/{id}/profile",
            "POST /files/{id}/take-back", "POST /api/v1/files/{id}/take-back",
            "POST /api/v1/profiles", "DELETE /api/v1/profiles/{name}",
            "PUT /api/v1/account-numbers", "POST /connections/{id}/test", "POST /api/v1/connections/{id}/test",
        ],
        .administrator: [
            "GET /api/v1/people/{id}/sessions", "POST /api/v1/people/{id}/sessions/end",
            "POST /api/v1/people/{id}/sessions/{serial}/end",
            "GET /api/v1/people", "POST /api/v1/people", "PUT /api/v1/people/{id}/roles",
            "POST /api/v1/people/{id}/link",
            "POST /api/v1/people/{id}/authenticator/remove", "POST /api/v1/people/{id}/disable",
            "POST /api/v1/people/{id}/enable", "GET /api/v1/keys", "POST /api/v1/keys",
            "POST /api/v1/keys/{serial}/revoke",
            "POST /api/v1/data-key/rotate", "GET /api/v1/customers", "POST /api/v1/customers/anonymize",
            "GET /customers", "POST /customers/anonymize",
            "GET /backups", "POST /backups", "GET /backups/{name}", "GET /backups/{name}/restore",
            "POST /backups/{name}/restore", "GET /api/v1/backups", "POST /api/v1/backups", "GET /api/v1/backups/{name}",
            "POST /api/v1/backups/{name}/restore",
            "GET /account-numbers/settings", "POST /account-numbers/settings", "POST /account-numbers/settings/connect",
            "POST /account-numbers/stores/confirm", "PUT /api/v1/stores/{store}",
            "GET /configuration/notifications", "POST /configuration/notifications",
            "POST /configuration/notifications/{id}/test", "POST /configuration/notifications/{id}/remove",
            "GET /connections/new", "GET /connections/{id}/settings", "GET /connections/{id}/confirm",
            "POST /connections/{id}/confirm", "POST /connections/{id}/decline", "POST /connections/{id}/connect",
            "POST /connections/{id}/stores", "POST /connections/{id}/disconnect", "POST /connections/{id}/forget",
            "GET /connection/callback", "HEAD /connection/callback", "GET /people", "POST /people",
            "POST /people/{id}/roles/give", "POST /people/{id}/roles/take", "POST /people/{id}/link",
            "POST /people/{id}/authenticator/remove", "POST /people/{id}/enable", "POST /people/{id}/disable",
            "POST /people/{id}/sessions/{serial}/end", "GET /keys", "POST /keys", "POST /keys/{serial}/revoke",
            "GET /audit", "POST /audit/check", "GET /api/v1/audit",
            "PUT /api/v1/app", "POST /api/v1/connections/{id}/disconnect", "PUT /api/v1/connections/{id}/settings",
            "POST /api/v1/connections/{id}/confirm", "PUT /api/v1/stores/{store}/connection", "POST /api/v1/consents",
            "POST /api/v1/consents/finish", "GET /api/v1/notifiers", "POST /api/v1/notifiers",
            "DELETE /api/v1/notifiers/{id}", "POST /api/v1/notifiers/{id}/test", "GET /api/v1/deliveries",
        ],
    ]

    @Test("and it is what people have decided for each role")
    func decided() {
        for role in Role.allCases where role != .viewer {
            let added = RouteAccess.table.filter { Self.leastRole($0.value) == role }.keys
            #expect(Set(added) == Self.byHand[role])
        }
    }

    private static func leastRole(_ need: RouteAccess) -> Role? {
        switch need {
        case .open, .ownAccess, .signedIn: nil
        case .verbs(let verbs): verbs.map(\.leastRole).min()
        case .form(let verb): verb.leastRole
        }
    }

    /// Somebody, with the verbs that the role or the scope has: written here a second time, by hand.
    struct Asker: Sendable, CustomTestStringConvertible {
        let name: String
        let may: Set<Desk.Verb>
        var isPerson = true
        var testDescription: String { name }
    }

    private static let clerk: Set<Desk.Verb> = [.see, .record]
    private static let bookkeeper = clerk.union([
        .takeBack, .reset, .hold, .release, .exclude, .include, .saveBooks, .test,
    ])

    static let askers = [
        Asker(name: "nobody", may: [], isPerson: false),
        Asker(name: "viewer", may: [.see]),
        Asker(name: "clerk", may: clerk),
        Asker(name: "bookkeeper", may: bookkeeper),
        Asker(name: "administrator", may: Set(Desk.Verb.allCases)),
        Asker(name: "key transactions", may: [.record], isPerson: false),
        Asker(name: "key read", may: [.see], isPerson: false),
        Asker(name: "key exports", may: [.see, .reset, .hold, .release], isPerson: false),
        Asker(name: "key account-numbers", may: [.see, .saveBooks], isPerson: false),
        Asker(name: "key people", may: [.managePeople, .manageKeys], isPerson: false),
        Asker(name: "key backups", may: [.manageBackups], isPerson: false),
        Asker(name: "command", may: Set(Desk.Verb.allCases), isPerson: false),
    ]

    @Test("and lets through those who have it, and nobody else", arguments: askers)
    func matrix(_ asker: Asker) async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            let administrator = try await fixture.signUpFirst()
            try await fixture.record(SiteFixture.invoice("1"))
            let (signedIn, headers) = try await credentials(of: asker, administrator, fixture)
            try await fixture.visit { visitor in
                for (route, need) in RouteAccess.table where !Self.more.contains(route) {
                    let parts = route.split(separator: " ")
                    let method = try present(HTTPRequest.Method(String(parts[0])))
                    let isAPI = parts[1].hasPrefix("/api/")
                    // A key or a command's token opens no page.
                    guard isAPI || headers.isEmpty || signedIn != nil else { continue }
                    visitor.become(signedIn)
                    let answer = try await Self.send(method, String(parts[1]), isAPI: isAPI, headers, visitor)
                    let may = Self.may(asker, need)
                    #expect(
                        Self.isLetThrough(answer) == may,
                        "\(asker.name) \(route) \(answer.status) \(answer.location ?? "")")
                }
            }
            #expect(fixture.failures.all.isEmpty)
        }
    }

    private func credentials(
        of asker: Asker, _ administrator: SignInDesk.SignedIn, _ fixture: SiteFixture
    ) async throws -> (SignInDesk.SignedIn?, HTTPFields) {
        let words = asker.name.split(separator: " ").map(String.init)
        switch words[0] {
        case "nobody": return (nil, [:])
        case "administrator": return (administrator, [:])
        case "key":
            let scope = try present(APIKey.Scope(rawValue: words[1]))
            return (nil, try await fixture.key(words[1], [scope]).headers)
        case "command":
            return (nil, [.authorization: "DaybookFolder \(fixture.identity.commandToken.reveal())"])
        default:
            return (try await fixture.signUp(words[0], RoleAssignment(try present(Role(rawValue: words[0])))), [:])
        }
    }

    private static func send(
        _ method: HTTPRequest.Method, _ pattern: String, isAPI: Bool, _ headers: HTTPFields, _ visitor: Visitor
    ) async throws -> Visitor.Answer {
        // Nobody takes their own rights away on the way.
        let number = pattern.hasPrefix("/api/v1/people") || pattern.hasPrefix("/api/v1/keys") ? "99" : "1"
        let path =
            "/" + pattern.split(separator: "/").map { $0.hasPrefix("{") ? number : String($0) }.joined(separator: "/")
        var headers = headers
        guard method == .post || method == .put || method == .delete else {
            return try await visitor.send(method, path, headers: headers)
        }
        headers[.origin] = visitor.origin
        headers[.contentType] = isAPI ? "application/json" : "application/x-www-form-urlencoded"
        return try await visitor.send(method, path, headers: headers, body: isAPI ? "{}" : "a=b")
    }

    private static func may(_ asker: Asker, _ need: RouteAccess) -> Bool {
        switch need {
        case .open: true
        case .ownAccess, .signedIn: asker.isPerson
        case .verbs(let verbs): verbs.contains { asker.may.contains($0) }
        case .form(let verb): asker.may.contains(verb)
        }
    }

    private static func isLetThrough(_ answer: Visitor.Answer) -> Bool {
        if answer.status == 401 { return false }
        if answer.status == 403 { return !answer.words.contains("Not allowed") }
        return answer.location?.hasPrefix("/sign-in?next=") != true
    }

    @Test("a route that is not in the table is refused, also to an administrator")
    func unlisted() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            let administrator = try await fixture.signUpFirst()
            let router = fixture.site.router { $0.get("forgotten") { _, _ in "open" } }
            try await fixture.visit(router) { visitor in
                #expect(try await visitor.open("/forgotten").location == "/sign-in?next=%2Fforgotten")
                visitor.become(administrator)
                let answer = try await visitor.open("/forgotten")
                #expect(answer.status == 403 && !answer.text.contains("open</"))
            }
        }
    }
}
