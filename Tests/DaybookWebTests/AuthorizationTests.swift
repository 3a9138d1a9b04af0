// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Foundation
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Who may use which verb of the desk")
struct AuthorizationTests {
    private struct Nobody: Authorization {
        func judge(_: Desk.Verb, by _: Actor, at _: Date) -> Judgement { .refused }
    }

    private static let pat = Actor.command("pat")

    private typealias Use = @Sendable (Desk) async throws -> Void

    private static func uses() throws -> [Desk.Verb: Use] {
        let file = IntakeFile(Array("[\(SiteFixture.invoice("1"))]".utf8), format: .json)
        let settings = try ConnectionSettings(clientID: "ABx", realmID: "1", refreshToken: Secret("RT1-x"))
        let form = Notifiers.Form(kind: .email, address: "kim@example.com")
        return [
            .record: { _ = try await $0.intake.take(file, policy: .allOrNothing, by: pat) },
            .takeBack: { _ = try await $0.files.takeBack(ReceivedFile.ID(1), by: pat) },
            .reset: { _ = try await $0.queue.reset(.inState(.error), by: pat) },
            .hold: { _ = try await $0.queue.hold(.inState(.pending), by: pat) },
            .release: { _ = try await $0.queue.release(.inState(.onHold), by: pat) },
            .exclude: { _ = try await $0.queue.exclude(.inState(.pending), by: pat) },
            .include: { _ = try await $0.queue.include(.inState(.excluded), by: pat) },
            .seeAudit: { _ = try await $0.audit.entries(matching: AuditFilter(), by: pat) },
            .anonymizeCustomer: {
                _ = try await $0.customers.anonymize(CustomerKey(source: "counter", id: "C-1"), by: pat)
            },
            .saveBooks: { try await $0.books.save(BooksSettings(), by: pat) },
            .assignStore: { _ = try await $0.books.assign(.defaults, to: .first, by: pat) },
            .saveApp: { try await $0.credentials.saveApp(settings.keys, by: pat) },
            .connect: { _ = try await $0.credentials.beginConnect(browser: Secret("b"), by: pat) },
            .paste: { _ = try await $0.credentials.propose(settings, by: pat) },
            .confirm: { _ = try await $0.credentials.confirm(.first, realmID: "1", by: pat) },
            .decline: { _ = try await $0.credentials.decline(.first, realmID: "1", by: pat) },
            .test: { _ = try await $0.connections.test(.first, by: pat) },
            .disconnect: { try await $0.connections.disconnect(.first, by: pat) },
            .forget: { try await $0.connections.forget(.first, by: pat) },
            .resumePosting: { try await $0.connections.resumePosting(by: pat) },
            .saveNotifier: { _ = try await $0.notifications.add(form, by: pat) },
            .deleteNotifier: { try await $0.notifications.remove(Notifier.ID(1), by: pat) },
            .testNotifier: { _ = try await $0.notifications.test(Notifier.ID(1), by: pat) },
            .manageBackups: { try await $0.backups.begin(by: pat) },
            .restoreBackup: { try await $0.backups.restore("daybook-20261129T020000Z.db", by: pat) },
            .rotateDataKey: { _ = try await $0.dataKey.rotate(by: pat) },
            .managePeople: {
                _ = try await present($0.people).manage.invite("kim", roles: [RoleAssignment(.clerk)], by: pat)
            },
            .manageKeys: {
                _ = try await present($0.people).keys.add("till", scopes: [.read], stores: nil, days: nil, by: pat)
            },
        ]
    }

    /// What only shows something has no verb at a desk; the gate of the site decides it, and RouteAccessTests that it does.
    private static let shown: Set<Desk.Verb> = [.see]

    @Test("an actor that may not is refused by name, whatever the verb, before anything is looked at")
    func refused() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            let desk = fixture.desk.authorized(by: Nobody())
            let uses = try Self.uses()
            #expect(Set(uses.keys) == Set(Desk.Verb.allCases).subtracting(Self.shown))
            for (verb, use) in uses {
                await #expect(throws: Desk.NotAllowed(verb: verb, actor: Self.pat)) { try await use(desk) }
            }
            #expect(try await desk.queue.exports(matching: ExportFilter()).rows.isEmpty)
            #expect(try await desk.notifications.list().isEmpty)
            #expect(try await desk.connections.history(.first).isEmpty)
        }
    }

    @Test("a return from Intuit is refused as its beginning is")
    func ways() async throws {
        try await SiteFixture.open { fixture in
            let desk = fixture.desk.authorized(by: Nobody())
            let refused = Desk.NotAllowed(verb: .connect, actor: Self.pat)
            await #expect(throws: refused) {
                _ = try await desk.credentials.finishConnect(
                    code: Secret("c"), state: "s", realmID: "1", browser: Secret("b"), by: Self.pat)
            }
            await #expect(throws: refused) {
                _ = try await desk.credentials.finishConnect(
                    pasted: "http://localhost/?code=c", browser: Secret("b"), by: Self.pat)
            }
            await #expect(throws: refused) {
                _ = try await desk.credentials.denied("access_denied", state: nil, browser: Secret("b"), by: Self.pat)
            }
        }
    }

    @Test("a fresh sign-in is asked for when a consent begins, and not again on the way back from Intuit")
    func longConsent() async throws {
        try await SiteFixture.open { fixture in
            let desk = fixture.desk.authorized(by: RoleAuthorization(hasPeople: true))
            func administrator(signedIn age: TimeInterval) -> Actor {
                .person(
                    Principal(
                        id: 1, name: "kim", rights: Rights([RoleAssignment(.administrator)]),
                        signedInAt: fixture.sandbox.now.addingTimeInterval(-age)))
            }
            await #expect(throws: Desk.FreshSignInNeeded(verb: .connect)) {
                _ = try await desk.credentials.beginConnect(
                    browser: Secret("b"), by: administrator(signedIn: 601))
            }
            for age in [1.0, 601] {
                await #expect(throws: Desk.Refused.self, "no such consent, which is looked for all the same") {
                    _ = try await desk.credentials.finishConnect(
                        code: Secret("c"), state: "s", realmID: "1", browser: Secret("b"),
                        by: administrator(signedIn: age))
                }
            }
        }
    }

    @Test("until there is sign-in, everybody on this machine may do everything")
    func localMachine() {
        for verb in Desk.Verb.allCases {
            for actor in [.system(.exporter), .command("import"), .anybody(.page), .command("till")] as [Actor] {
                #expect(LocalMachine().judge(verb, by: actor, at: Date()) == .allowed)
            }
        }
    }

    @Test("an actor that may not gets 403, with the verb named")
    func answer() {
        let problem = HTTPProblem(Desk.NotAllowed(verb: .saveBooks, actor: Self.pat))
        #expect(
            problem.status == .forbidden && problem.detail.hasPrefix("pat may not change account numbers and stores."))
    }
}
