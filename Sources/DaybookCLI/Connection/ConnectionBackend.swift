// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb
import Logging

/// Where the connection commands are carried out: the data folder itself, or the server that has it open.
protocol ConnectionBackend: Sendable {
    func connections() async throws -> [ConnectionResponse]
    /// The apps whose keys are stored.
    func apps() async throws -> [ConnectionResponse.App]
    func connection(_ id: Int64, history: Int) async throws -> ConnectionResponse
    func test(_ id: Int64, writing: Bool) async throws -> ConnectionTestResponse
    func disconnect(_ id: Int64, forgetting: Bool) async throws -> DisconnectResponse
    /// - Returns: The address of Intuit's consent page.
    func beginConsent(_ wish: ConsentWish) async throws -> String
    func finishConsent(_ redirectedTo: String) async throws -> ConnectOutcomeResponse
    /// - Returns: The app the keys belong to.
    func keepKeys(_ form: KeysForm) async throws -> ConnectionResponse.App
    func paste(_ form: TokenForm) async throws -> ConnectOutcomeResponse
    func confirm(_ id: Int64, realmID: String) async throws -> ConnectOutcomeResponse
    func close() async throws
}

/// What a consent is for; no connection means a new company.
struct ConsentWish: Encodable, Sendable {
    let connection: Int64?
    let environment: String?
    let clientId: String?
}

/// An app's keys; no connection means that they are for a new company.
struct KeysForm: Sendable {
    let connection: Int64?
    let environment: String?
    let clientID: String?
    let clientSecret: Secret
}

/// A refresh token, with Realm ID and keys where they are given; no connection means a new company.
struct TokenForm: Sendable {
    let connection: Int64?
    let environment: String?
    let clientID: String?
    let clientSecret: Secret?
    let realmID: String?
    let refreshToken: Secret
}

enum ConnectionBackends {
    static func find(_ options: PlaceOptions) async throws -> any ConnectionBackend {
        switch try await options.find(logLevel: .error) {
        case .folder(let assembly): return try await LocalConnectionBackend(assembly)
        case .server(let server):
            await server.introduce()
            return RemoteConnectionBackend(server: server)
        }
    }
}
