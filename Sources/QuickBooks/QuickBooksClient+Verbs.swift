// SPDX-License-Identifier: Apache-2.0

/// Each verb throws ``QuickBooksError``, or what the client's token closure throws.
extension QuickBooksClient {
    /// Creates an entity and returns it as QuickBooks keeps it.
    ///
    /// - Parameter requestID: 1 to 50 bytes of UTF-8. The same one again is meant to give the same answer and do
    ///   nothing more; how long Intuit remembers it is not documented.
    /// - Throws: ``QuickBooksError``. With code `unknownOutcome` or `unreadableAnswer` the entity may have been
    ///   created.
    public func create<Entity: QuickBooksEntity>(_ entity: Entity, requestID: String? = nil) async throws -> Entity {
        try await fetched(from: composer.create(entity, requestID: requestID))
    }

    /// Reads an entity; a deleted one is refused with 610.
    public func read<Entity: QuickBooksEntity>(_ type: Entity.Type, id: String) async throws -> Entity {
        try await fetched(from: composer.read(type, id: id))
    }

    /// Changes an entity; a wrong SyncToken is refused with 5010.
    public func update<Entity: QuickBooksEntity>(
        _ entity: Entity, _ mode: UpdateMode = .sparse, requestID: String? = nil
    ) async throws -> Entity {
        try await fetched(from: composer.update(entity, mode, requestID: requestID))
    }

    /// Deletes a transaction.
    public func delete<Entity: QuickBooksEntity>(
        _ type: Entity.Type, id: String, syncToken: String, requestID: String? = nil
    ) async throws -> DeletedEntity {
        let prepared = try composer.delete(type, id: id, syncToken: syncToken, requestID: requestID)
        let body = try await body(of: prepared)
        return try decoded(EntityEnvelope<DeletedEntity>.self, from: body, Entity.entityName).value
    }

    /// Runs a query for one page.
    public func query<Entity: QuickBooksEntity>(_ query: QueryText<Entity>) async throws -> QueryPage<Entity> {
        let body = try await body(of: composer.query(query))
        return try decoded(QueryEnvelope<Entity>.self, from: body, Entity.entityName).page
    }

    /// Counts what matches.
    public func count<Entity: QuickBooksEntity>(_ query: QueryText<Entity>) async throws -> Int {
        let body = try await body(of: composer.count(query))
        let page = try decoded(QueryEnvelope<Entity>.self, from: body, Entity.entityName).page
        guard let count = page.totalCount else {
            throw QuickBooksError(.unreadableAnswer, reason: "a count holds no totalCount")
        }
        return count
    }

    /// Sends 1 to 30 independent items; read each item's own result.
    ///
    /// - Parameter requestID: 1 to 36 bytes of UTF-8.
    /// - Throws: ``QuickBooksError``. With code `unknownOutcome` or `unreadableAnswer` any item may have been carried
    ///   out.
    public func batch(_ items: [BatchItem], requestID: String? = nil) async throws -> BatchAnswer {
        try BatchAnswer(parsing: try await body(of: composer.batch(items, requestID: requestID)))
    }

    /// Facts about the company.
    public func companyInfo() async throws -> CompanyInfo { try await fetched(from: composer.companyInfo()) }

    /// The company's settings.
    public func preferences() async throws -> Preferences { try await fetched(from: composer.preferences()) }

    /// The trial balance as of a day.
    ///
    /// - Parameters:
    ///   - date: Balances are as of the end of this day.
    ///   - start: QuickBooks requires it and only repeats it; by default the same day.
    ///   - basis: By default accrual.
    public func trialBalance(
        asOf date: LedgerDate, from start: LedgerDate? = nil, basis: ReportBasis = .accrual
    ) async throws -> TrialBalance {
        let prepared = composer.report(
            "TrialBalance",
            [
                ("start_date", (start ?? date).description), ("end_date", date.description),
                ("accounting_method", basis.rawValue),
            ])
        return try TrialBalance(Report(parsing: try await body(of: prepared)))
    }

    private func fetched<Entity: QuickBooksEntity>(from prepared: PreparedRequest) async throws -> Entity {
        try decoded(EntityEnvelope<Entity>.self, from: try await body(of: prepared), Entity.entityName).value
    }

    private func decoded<Value: Decodable>(
        _ type: Value.Type, from body: [UInt8], _ name: String
    ) throws(QuickBooksError) -> Value {
        do {
            return try ExactJSON.value(type, from: body)
        } catch {
            // The decoder's error quotes the body, which holds names.
            throw QuickBooksError(.unreadableAnswer, reason: "it is not a \(name)")
        }
    }
}

/// `{"JournalEntry":{…},"time":"…"}`: the one value that isn't the time.
private struct EntityEnvelope<Value: Decodable>: Decodable {
    let value: Value

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: AnyKey.self)
        guard let key = fields.allKeys.first(where: { $0.stringValue != "time" }) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "the answer holds no entity"))
        }
        value = try fields.decode(Value.self, forKey: key)
    }
}
