// SPDX-License-Identifier: Apache-2.0

/// Composes requests for one company.
///
/// Pure: no token, no network, the same input gives the same bytes.
public struct RequestComposer: Sendable, Hashable {
    /// The company's number, which Intuit calls Realm ID.
    public let realmID: String
    /// Sent as `minorversion`.
    ///
    /// Since August 2025 everything below 75 behaves as 75.
    public let minorVersion: Int

    /// A composer for a company.
    public init(realmID: String, minorVersion: Int = 75) {
        self.realmID = realmID
        self.minorVersion = minorVersion
    }

    /// `POST /{entity}`.
    ///
    /// - Parameter requestID: 1 to 50 bytes of UTF-8.
    /// - Throws: ``QuickBooksError`` with code `invalidRequest` for a request id of another length, or a value that
    ///   can't be written as JSON.
    public func create<Entity: QuickBooksEntity>(
        _ entity: Entity, requestID: String? = nil
    ) throws(QuickBooksError) -> PreparedRequest {
        try post(Entity.resourceName, body: ExactJSON.bytes(entity), requestID: requestID)
    }

    /// `POST /{entity}` with Id and SyncToken.
    ///
    /// - Throws: ``QuickBooksError`` with code `invalidRequest`, as for ``create(_:requestID:)``, and for an entity
    ///   without Id or SyncToken.
    public func update<Entity: QuickBooksEntity>(
        _ entity: Entity, _ mode: UpdateMode = .sparse, requestID: String? = nil
    ) throws(QuickBooksError) -> PreparedRequest {
        guard entity.id != nil, entity.syncToken != nil else {
            throw QuickBooksError(.invalidRequest, reason: "an update needs the entity's Id and SyncToken")
        }
        let body = try ExactJSON.bytes(EntityUpdate(entity: entity, isSparse: mode == .sparse))
        return try post(Entity.resourceName, body: body, requestID: requestID)
    }

    /// `POST /{entity}?operation=delete`.
    ///
    /// Accounts, customers and other names can't be deleted, only made inactive.
    ///
    /// - Throws: ``QuickBooksError`` with code `invalidRequest`, as for ``create(_:requestID:)``.
    public func delete<Entity: QuickBooksEntity>(
        _ type: Entity.Type, id: String, syncToken: String, requestID: String? = nil
    ) throws(QuickBooksError) -> PreparedRequest {
        let body = try ExactJSON.bytes(EntityStub(id: id, syncToken: syncToken))
        return try post(Entity.resourceName, query: [("operation", "delete")], body: body, requestID: requestID)
    }

    /// `GET /{entity}/{id}`.
    public func read<Entity: QuickBooksEntity>(_ type: Entity.Type, id: String) -> PreparedRequest {
        get("\(Entity.resourceName)/\(PercentEncoding.encoded(id))")
    }

    /// `GET /query`, or `POST /query` if the text is too long for an address.
    public func query<Entity: QuickBooksEntity>(_ query: QueryText<Entity>) -> PreparedRequest {
        self.query(text: query.text)
    }

    /// The number of entities that match.
    public func count<Entity: QuickBooksEntity>(_ query: QueryText<Entity>) -> PreparedRequest {
        self.query(text: query.countText)
    }

    /// `GET /companyinfo/{realm}`.
    public func companyInfo() -> PreparedRequest { get("companyinfo/\(PercentEncoding.encoded(realmID))") }

    /// `GET /preferences`.
    public func preferences() -> PreparedRequest { get("preferences") }

    /// `GET /reports/{name}` with its parameters, such as `start_date`.
    public func report(_ name: String, _ parameters: [(name: String, value: String)]) -> PreparedRequest {
        get("reports/\(PercentEncoding.encoded(name))", query: parameters)
    }

    private func query(text: String) -> PreparedRequest {
        let byAddress = get("query", query: [("query", text)])
        guard byAddress.path.utf8.count > 4000 else { return byAddress }
        return PreparedRequest(
            method: "POST", path: path("query", []), contentType: "application/text", body: Array(text.utf8),
            kind: .single)
    }

    private func get(_ resource: String, query: [(name: String, value: String)] = []) -> PreparedRequest {
        PreparedRequest(method: "GET", path: path(resource, query), contentType: nil, body: [], kind: .single)
    }

    func post(
        _ resource: String, query: [(name: String, value: String)] = [], body: [UInt8], requestID: String?,
        kind: CallKind = .single
    ) throws(QuickBooksError) -> PreparedRequest {
        var query = query
        if let requestID {
            let longest = kind == .batch ? 36 : 50
            guard (1...longest).contains(requestID.utf8.count) else {
                throw QuickBooksError(.invalidRequest, reason: "a request id has 1 to \(longest) characters")
            }
            query.append(("requestid", requestID))
        }
        return PreparedRequest(
            method: "POST", path: path(resource, query), contentType: "application/json", body: body, kind: kind)
    }

    private func path(_ resource: String, _ query: [(name: String, value: String)]) -> String {
        let all = query + [("minorversion", String(minorVersion))]
        let fields = all.map { "\(PercentEncoding.encoded($0.name))=\(PercentEncoding.encoded($0.value))" }
        return "/v3/company/\(PercentEncoding.encoded(realmID))/\(resource)?\(fields.joined(separator: "&"))"
    }
}
