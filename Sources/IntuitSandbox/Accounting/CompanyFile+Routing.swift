// SPDX-License-Identifier: Apache-2.0

extension CompanyFile {
    mutating func route(_ call: AccountingCall, _ desk: inout CallDesk) throws(Fault) -> [String: JSONValue] {
        let path = call.path.filter { !$0.isEmpty }
        switch (call.method, path.first, path.count) {
        case ("GET", "query", 1), ("POST", "query", 1):
            return ["QueryResponse": try queryResponse(to: try queryText(call))]
        case ("POST", "batch", 1):
            return try batch(call, &desk)
        case ("GET", "reports", 2):
            return try report(named: path[1], call.query, desk)
        default:
            break
        }
        guard let first = path.first, path.count <= 2, let kind = EntityKind(path: first) else {
            throw .noResource(path.joined(separator: "/"))
        }
        switch (call.method, path.count) {
        case ("GET", 1) where kind == .preferences: return try read(kind, "1")
        case ("GET", 2): return try read(kind, path[1])
        case ("POST", 1): return try write(kind, call, &desk)
        default: throw .unsupportedOperation("\(call.method) \(path.joined(separator: "/"))")
        }
    }

    private func read(_ kind: EntityKind, _ idText: String) throws(Fault) -> [String: JSONValue] {
        // A company's information is read by the company's own id.
        let isOwn = kind == .companyInfo && idText == realmID
        guard let id = isOwn ? 1 : Int(idText) else { throw .invalidID(idText) }
        guard let object = books.object(kind, id) else { throw .objectNotFound }
        return [kind.rawValue: shown(kind, object)]
    }

    /// POST on an entity: create, update or delete, by what the query and the body say.
    private mutating func write(
        _ kind: EntityKind, _ call: AccountingCall, _ desk: inout CallDesk
    ) throws(Fault) -> [String: JSONValue] {
        if !subscriptionIsActive { throw .subscriptionEnded }
        let key = try RequestKey.of(call, longest: RequestKey.longest)
        let members = try Self.jsonObject(call)
        let hasID = members["Id"].map { !$0.isBlank } ?? false
        let operation = call.query["operation"] ?? (hasID ? "update" : "create")
        let options = Set((call.query["include"] ?? "").split(separator: ",").map(String.init))
        let act = WriteAct(kind: kind, operation: operation, options: options, members: members)
        return try once(key, act, &desk)
    }

    static func jsonObject(_ call: AccountingCall) throws(Fault) -> [String: JSONValue] {
        if let type = call.contentType, !type.lowercased().contains("json") { throw .contentType }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: call.body)
        } catch {
            if case .invalidUTF8 = error { throw Fault.invalidUTF8 }
            throw Fault.malformedJSON(error.explanation)
        }
        guard case .object(let members) = value else { throw .malformedJSON("the body must be one object") }
        return members
    }

    private func queryText(_ call: AccountingCall) throws(Fault) -> String {
        if call.method == "GET" {
            guard let text = call.query["query"] else { throw .missing("query") }
            return text
        }
        if let type = call.contentType?.lowercased(), !type.contains("text") { throw .contentType }
        if call.body.isEmpty, let text = call.query["query"] { return text }
        guard let text = String(validating: call.body, as: UTF8.self) else { throw .invalidUTF8 }
        return text
    }
}
