// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Daybook
import Foundation
import HTTPTransport
import HTTPTypes

/// The two servers of a demo in child processes, and the first steps that a person takes with them.
actor DemoPrograms {
    private let plan: DemoPlan
    private let client: HTTPClient
    private let transport: AsyncHTTPTransport
    private let folder: String
    private let listen: ListenAddress
    private var sandboxProcess: ChildProcess?
    private var daybookProcess: ChildProcess?
    private var administrator: SampleAdministrator?
    private var running: DaybookServer?

    init(plan: DemoPlan) {
        self.plan = plan
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: AsyncHTTPTransport.configuration())
        transport = AsyncHTTPTransport(client: client)
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("daybook-demo-\(UUID().uuidString)").path
        let port = plan.listen.port == 0 ? FreePort.pick(host: plan.listen.host) ?? 0 : plan.listen.port
        listen = ListenAddress(host: plan.listen.host, port: port)
    }

    /// The address people use.
    nonisolated var address: String { "http://localhost:\(listen.port)" }

    /// Daybook's API, called with the server identity that is in the demo's data folder.
    ///
    /// Each start of Daybook has another identity, so this is another server once Daybook was started again.
    ///
    /// - Throws: ``CommandFailure`` while Daybook does not run.
    var server: DaybookServer {
        get throws {
            guard let running else { throw CommandFailure("The demo's Daybook does not run.") }
            return running
        }
    }

    /// How somebody signs in at the page.
    ///
    /// - Throws: ``CommandFailure`` before Daybook was started.
    var signIn: DemoSignIn {
        get throws {
            guard let administrator else { throw CommandFailure("The demo has no administrator yet.") }
            return DemoSignIn(administrator, folder: folder)
        }
    }

    /// Ends what was started, newest first, and removes the demo's data.
    func close() async throws {
        try await stopDaybook()
        sandboxProcess?.stop()
        sandboxProcess = nil
        try await client.shutdown()
        if FileManager.default.fileExists(atPath: folder) { try FileManager.default.removeItem(atPath: folder) }
    }

    func startSandbox() async throws -> DemoSandbox {
        var arguments = ["serve", "--listen", plan.sandboxListen.description, "--seed", "\(plan.seed)"]
        arguments += ["--longest-late-commit", "\(plan.horizonSeconds)"]
        if !plan.isThrottled { arguments.append("--no-throttles") }
        let process = try await ChildProcess("intuit-sandbox", arguments)
        sandboxProcess = process
        guard let address = process.firstLine.split(separator: " ").last.map(String.init), address.hasPrefix("http")
        else {
            throw CommandFailure("intuit-sandbox printed no address but “\(process.firstLine)”.")
        }
        return DemoSandbox(address: address, transport: transport, isThrottled: plan.isThrottled)
    }

    /// Starts Daybook, the first time with a sample administrator: from its first moment on people sign in.
    func startDaybook(_ sandbox: DemoSandbox) async throws {
        let settings = settings(sandbox)
        if administrator == nil {
            plan.say("Making \(SampleAdministrator.sampleName) the administrator of the demo's own data folder …")
            administrator = try await SampleAdministrator.make(
                in: folder, environment: ChildProcess.environment(settings), sandbox: sandbox.address)
        }
        daybookProcess = try await ChildProcess("daybook", ["serve"], environment: settings)
        running = try await FolderServer(folder).find()
    }

    private func settings(_ sandbox: DemoSandbox) -> [String: String] {
        [
            "DAYBOOK_DATA_DIR": folder, "DAYBOOK_LISTEN": listen.description, "DAYBOOK_PUBLIC_URL": address,
            "DAYBOOK_PRODUCTION_DISCOVERY_URL": "\(sandbox.address)/production/.well-known/openid_configuration",
            "DAYBOOK_PRODUCTION_QUICKBOOKS_URL": "\(sandbox.address)/production",
            "DAYBOOK_SANDBOX_DISCOVERY_URL": "\(sandbox.address)/.well-known/openid_sandbox_configuration",
            "DAYBOOK_SANDBOX_QUICKBOOKS_URL": sandbox.address,
            "DAYBOOK_INTUIT_ENVIRONMENT": plan.keys.environment, "DAYBOOK_CLOCK_URL": sandbox.address,
            "DAYBOOK_LOG_LEVEL": ProcessInfo.processInfo.environment["DAYBOOK_LOG_LEVEL"] ?? "error",
            "DAYBOOK_IN_FLIGHT_HORIZON": "\(plan.horizonSeconds + 1)",
            "DAYBOOK_PACING": plan.isThrottled ? "on" : "off", "DAYBOOK_BACKUP_DIR": "\(folder)/backups",
        ]
    }

    func stopDaybook() async throws {
        daybookProcess?.stop()
        daybookProcess = nil
        let former = running
        running = nil
        try await former?.close()
    }

    /// What a person does: enter the keys, press Connect to QuickBooks, choose the company, press Connect.
    func connect(_ sandbox: DemoSandbox, _ app: DemoSandbox.App, _ realm: DemoSandbox.Realm) async throws {
        struct Consent: Decodable {
            let url: String
        }
        let server = try server
        try await sandbox.registerRedirect("\(address)/connection/callback", clientID: app.clientId)
        let keys = [
            "clientId": app.clientId, "clientSecret": app.clientSecret, "environment": plan.keys.environment,
        ]
        _ = try await server.send(.put, "/api/v1/app", keys, as: Ignored.self)
        let begun = try await server.answer(.post, "/api/v1/consents", ["connection": 1], cookie: nil)
        guard let cookie = begun.head.headerFields[.setCookie]?.split(separator: ";").first,
            let page = URL(string: try server.decoded(Consent.self, from: begun).url)
        else { throw CommandFailure("Daybook did not begin the consent (status \(begun.statusCode)).") }
        let back = try await sandbox.consent(at: page, realm: realm)
        let finished = try await server.answer(
            .post, "/api/v1/consents/finish", ["redirectedTo": back.absoluteString], cookie: String(cookie))
        guard try await connectionStatus() == "connected" else {
            throw CommandFailure("The connection could not be made (Daybook answered \(finished.statusCode)).")
        }
    }

    func connectionStatus() async throws -> String {
        struct State: Decodable {
            let status: String
        }
        return try await (try server).get("/api/v1/connections/1", as: State.self).status
    }

    /// Enters the standard rental numbers, and three stores with their class and location.
    func fillAccountNumbers() async throws {
        let names = ["Main Street", "Harbor", "Airport"]
        let stores = names.enumerated().map { index, name in
            NumbersBody.Store(number: index + 1, name: name, class: "Store \(index + 1) – \(name)", location: name)
        }
        let numbers = AccountNumbers.standardRental.numbers.map { slot, number in
            NumbersBody.Number(store: slot.store.value, role: slot.role.code, number: number.text)
        }
        _ = try await (try server).send(
            .put, "/api/v1/account-numbers", NumbersBody(stores: stores, numbers: numbers), as: Ignored.self)
    }

    private struct Ignored: Decodable {}

    private struct NumbersBody: Encodable {
        struct Store: Encodable {
            let number: Int
            let name: String
            let `class`: String
            let location: String
        }

        struct Number: Encodable {
            let store: Int
            let role: String
            let number: String
        }

        let stores: [Store]
        let numbers: [Number]
    }
}
