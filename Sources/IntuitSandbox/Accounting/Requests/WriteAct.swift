// SPDX-License-Identifier: Apache-2.0

/// One create, update or delete, from a call of its own or from an item of a batch.
struct WriteAct {
    let kind: EntityKind
    let operation: String
    /// The values of `include`, in a batch of `optionsData`.
    let options: Set<String>
    let members: [String: JSONValue]
}

extension CompanyFile {
    /// Does the act, unless its key has succeeded before and the policy says otherwise.
    ///
    /// Refusals are not remembered: the same request may succeed later.
    mutating func once(
        _ key: RequestKey?, _ act: WriteAct, _ desk: inout CallDesk
    ) throws(Fault) -> [String: JSONValue] {
        if let key, desk.requestIDs != .ignored, let stored = requests.answer(to: key.text, now: desk.now) {
            if desk.requestIDs == .answers6000 { throw .repeatedRequest }
            return stored.members ?? [:]
        }
        let answer = try perform(act, &desk)
        desk.committed = true
        if let key { requests.store(.object(answer), for: key.text, now: desk.now) }
        return answer
    }

    private mutating func perform(_ act: WriteAct, _ desk: inout CallDesk) throws(Fault) -> [String: JSONValue] {
        let context = WriteContext(
            now: desk.now, today: desk.today,
            allowsDuplicateNumber: act.options.contains("allowduplicatedocnum"))
        if act.options.contains("void") { throw .unsupportedOperation("void \(act.kind.rawValue)") }
        switch act.operation {
        case "create":
            let object = try books.create(act.kind, act.members, context)
            return answer(act.kind, object)
        case "update":
            let object = try books.update(act.kind, act.members, context)
            if act.kind == .companyInfo, let name = act.members["CompanyName"]?.text, !name.isEmpty { self.name = name }
            return answer(act.kind, object)
        case "delete":
            let id = try books.delete(act.kind, act.members, context)
            return [act.kind.rawValue: ["status": "Deleted", "domain": "QBO", "Id": .id(id)]]
        default:
            throw .unsupportedOperation("\(act.operation) \(act.kind.rawValue)")
        }
    }

    private func answer(_ kind: EntityKind, _ object: StoredObject) -> [String: JSONValue] {
        [kind.rawValue: shown(kind, object)]
    }

    /// An object as it is shown.
    ///
    /// The company's name and subscription are kept outside its books and are added here.
    func shown(_ kind: EntityKind, _ object: StoredObject) -> JSONValue {
        let value = books.shown(kind, object)
        guard kind == .companyInfo, case .object(var members) = value else { return value }
        members["CompanyName"] = .string(name)
        let pairs: [(String, String)] = [
            ("SubscriptionStatus", subscriptionIsActive ? "SUBSCRIBED" : "SUSPENDED"),
            ("OfferingSku", "QuickBooks Online Plus"), ("NeoEnabled", "true"), ("PayrollFeature", "false"),
            ("AccountantFeature", "false"), ("IndustryType", "Equipment rental"),
        ]
        members["NameValue"] = .array(pairs.map { ["Name": .string($0.0), "Value": .string($0.1)] })
        return .object(members)
    }
}
