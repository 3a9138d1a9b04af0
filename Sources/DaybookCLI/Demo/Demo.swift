// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Daybook
import Foundation
import HTTPTransport
import HTTPTypes
import QuickBooks

/// A demo under way: two servers in processes of their own, and this one looking on from outside.
actor Demo {
    private let plan: DemoPlan
    private let client: HTTPClient
    private let transport: AsyncHTTPTransport
    private let folder: String
    private var processes: [ChildProcess] = []
    private var server: DaybookServer?
    private(set) var address: String?

    init(plan: DemoPlan) {
        self.plan = plan
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: AsyncHTTPTransport.configuration())
        transport = AsyncHTTPTransport(client: client)
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("daybook-demo-\(UUID().uuidString)").path
    }

    func run() async throws -> DemoResult {
        say("Starting intuit-sandbox and Daybook …")
        let sandbox = try await startSandbox()
        let listen = ListenAddress(host: "127.0.0.1", port: FreePort.pick(host: "127.0.0.1") ?? 0)
        let server = try await startDaybook(sandbox, listen)
        let status = try await sandbox.status()
        guard let app = status.apps.first(where: { $0.environment != "production" }), let realm = status.realms.first
        else { throw CommandFailure("The sandbox has no development app or no company.") }
        say("Connecting to \(realm.name) through the consent page …")
        try await connect(server, sandbox, app, realm)
        try await fillAccountNumbers(server)
        return try await trade(server, sandbox, try await sandbox.client(app, realm))
    }

    /// Ends what was started, newest first, and removes the demo's data.
    func stop() async throws {
        for process in processes.reversed() { process.stop() }
        processes = []
        try await server?.close()
        server = nil
        try await client.shutdown()
        if FileManager.default.fileExists(atPath: folder) { try FileManager.default.removeItem(atPath: folder) }
    }

    private func startSandbox() async throws -> DemoSandbox {
        var arguments = ["serve", "--listen", "127.0.0.1:0", "--seed", "\(plan.seed)"]
        arguments += ["--longest-late-commit", "\(plan.horizonSeconds)"]
        if !plan.isThrottled { arguments.append("--no-throttles") }
        let process = try await ChildProcess("intuit-sandbox", arguments)
        processes.append(process)
        guard let address = process.firstLine.split(separator: " ").last.map(String.init), address.hasPrefix("http")
        else {
            throw CommandFailure("intuit-sandbox did not say where it listens: \(process.firstLine)")
        }
        return DemoSandbox(address: address, transport: transport)
    }

    private func startDaybook(_ sandbox: DemoSandbox, _ listen: ListenAddress) async throws -> DaybookServer {
        let process = try await ChildProcess(
            "daybook", ["serve"],
            environment: [
                "DAYBOOK_DATA_DIR": folder, "DAYBOOK_LISTEN": listen.description,
                "DAYBOOK_PUBLIC_URL": "http://localhost:\(listen.port)",
                "DAYBOOK_INTUIT_DISCOVERY_URL": "\(sandbox.address)/.well-known/openid_sandbox_configuration",
                "DAYBOOK_QUICKBOOKS_URL": sandbox.address, "DAYBOOK_CLOCK_URL": sandbox.address,
                "DAYBOOK_LOG_LEVEL": ProcessInfo.processInfo.environment["DAYBOOK_LOG_LEVEL"] ?? "error",
                "DAYBOOK_IN_FLIGHT_HORIZON": "\(plan.horizonSeconds + 1)",
                "DAYBOOK_PACING": plan.isThrottled ? "on" : "off",
            ])
        processes.append(process)
        address = "http://localhost:\(listen.port)"
        let server = DaybookServer(listen)
        self.server = server
        return server
    }

    /// What a person does: enter the keys, press Connect to QuickBooks, choose the company, press Connect.
    private func connect(
        _ server: DaybookServer, _ sandbox: DemoSandbox, _ app: DemoSandbox.App, _ realm: DemoSandbox.Realm
    ) async throws {
        struct Consent: Decodable {
            let url: String
        }
        guard let address else { return }
        try await sandbox.registerRedirect("\(address)/connection/callback", clientID: app.clientId)
        let keys = ["clientId": app.clientId, "clientSecret": app.clientSecret]
        _ = try await server.send(.put, "/api/v1/app", keys, as: Ignored.self)
        let answer = try await server.call(
            .post, "/api/v1/connection/consent", body: Array("{}".utf8), contentType: "application/json")
        guard answer.statusCode == 200, let cookie = answer.head.headerFields[.setCookie]?.split(separator: ";").first,
            let page = URL(string: try JSONDecoder().decode(Consent.self, from: Data(answer.body)).url)
        else { throw CommandFailure("Daybook did not begin the consent (status \(answer.statusCode)).") }
        let back = try await sandbox.consent(at: page, realm: realm)
        var head = HTTPRequest(method: .get, url: back)
        head.headerFields[.cookie] = String(cookie)
        let finished = try await transport.send(TransportRequest(head: head), deadline: .seconds(30))
        let state = try await server.get("/api/v1/connection", as: ConnectionState.self)
        guard state.status == "connected" else {
            throw CommandFailure("The connection could not be made (callback answered \(finished.statusCode)).")
        }
    }

    private struct ConnectionState: Decodable {
        let status: String
    }

    private struct Ignored: Decodable {}

    private func fillAccountNumbers(_ server: DaybookServer) async throws {
        struct StoreBody: Encodable {
            let number: Int
            let name: String
            let `class`: String
            let location: String
        }
        struct NumberBody: Encodable {
            let store: Int
            let role: String
            let number: String
        }
        struct Body: Encodable {
            let stores: [StoreBody]
            let numbers: [NumberBody]
        }
        let names = ["Main Street", "Harbor", "Airport"]
        let stores = names.enumerated().map { index, name in
            StoreBody(number: index + 1, name: name, class: "Store \(index + 1) – \(name)", location: name)
        }
        let numbers = AccountNumbers.standardRental.numbers.map { slot, number in
            NumberBody(store: slot.store.value, role: slot.role.code, number: number.text)
        }
        _ = try await server.send(
            .put, "/api/v1/account-numbers", Body(stores: stores, numbers: numbers), as: Ignored.self)
    }

    private func trade(
        _ server: DaybookServer, _ sandbox: DemoSandbox, _ judge: QuickBooksClient
    ) async throws -> DemoResult {
        guard let start = CalendarDate(text: "2026-11-02") else { throw CommandFailure("no such day") }
        let transactions = SampleTrade(seed: plan.seed, days: plan.days, start: start).transactions()
        guard let last = LedgerDate("2099-12-31") else { throw CommandFailure("no such day") }
        let before = try await BooksComparison.balances(judge, through: last)
        if let requestIDs = plan.mishaps {
            try await sandbox.setMishaps(
                .all(seed: plan.seed, requestIDs: requestIDs, longestLateCommit: Double(plan.horizonSeconds)))
        }
        let began = ContinuousClock.now
        say("Importing \(transactions.count) transactions of \(plan.days) days …")
        for start in stride(from: 0, to: transactions.count, by: 2000) {
            _ = try await server.post(Array(transactions[start..<min(start + 2000, transactions.count)]), query: "")
        }
        let counts = try await DrainWatch(server: server, sandbox: sandbox, isQuiet: plan.isQuiet).untilDrained()
        let seconds = (ContinuousClock.now - began).seconds
        try await letLateCommitsCome(sandbox)
        say("Comparing the books …")
        let expected = try ExpectedBooks.changes(transactions, numbers: .standardRental)
        let comparison = try await BooksComparison.make(
            judge, before: before, markers: try await markers(server), expected: expected, through: last)
        return DemoResult(
            transactions: transactions.count, exported: comparison.documents,
            errors: counts["error", default: 0] + counts["on-hold", default: 0], duplicates: comparison.duplicates,
            missing: comparison.missing + transactions.count - counts.values.reduce(0, +),
            trialBalanceDifference: comparison.difference, seconds: seconds)
    }

    /// Nothing goes wrong any more, and what was to be booked late is booked, before the judge looks.
    private func letLateCommitsCome(_ sandbox: DemoSandbox) async throws {
        guard plan.mishaps != nil else { return }
        try await sandbox.setMishaps(.none(longestLateCommit: Double(plan.horizonSeconds)))
        try await sandbox.setThrottles(false)
        try await sandbox.advanceClock(seconds: 10)
    }

    private func markers(_ server: DaybookServer) async throws -> Set<String> {
        var markers: Set<String> = []
        var page = 1
        while true {
            let read: QueuePage = try await server.get("/api/v1/exports?pageSize=500&page=\(page)")
            for export in read.exports { markers.insert(Export.ID(export.id).marker) }
            if read.exports.count < 500 { return markers }
            page += 1
        }
    }

    private func say(_ text: String) {
        guard !plan.isQuiet else { return }
        print(text)
        fflush(nil)
    }
}
