// SPDX-License-Identifier: Apache-2.0

extension CompanyFile {
    private static let mostItems = 30

    /// Each item succeeds or fails by itself; the answer is 200 even if all of them fail.
    mutating func batch(_ call: AccountingCall, _ desk: inout CallDesk) throws(Fault) -> [String: JSONValue] {
        let key = try RequestKey.of(call, longest: RequestKey.longestOfBatch)
        let items = try Self.batchItems(try Self.jsonObject(call))
        var answers: [(bID: String, body: JSONValue)] = []
        for (bID, members) in items {
            var answer: [String: JSONValue]
            do {
                answer = try item(members, try key?.item(bID), &desk)
            } catch {
                answer = ["Fault": error.body]
            }
            answer["bId"] = .string(bID)
            answers.append((bID, .object(answer)))
        }
        // Intuit promises no order. Another order than the caller's shows whether the caller relies on one.
        answers.sort { (Self.hash($0.bID), $0.bID) < (Self.hash($1.bID), $1.bID) }
        return ["BatchItemResponse": .array(answers.map(\.body))]
    }

    private static func batchItems(
        _ body: [String: JSONValue]
    ) throws(Fault) -> [(bID: String, members: [String: JSONValue])] {
        guard let items = body["BatchItemRequest"]?.items else { throw .missing("BatchItemRequest") }
        if items.count > mostItems { throw .batchTooBig(items.count) }
        var seen: Set<String> = []
        var parsed: [(String, [String: JSONValue])] = []
        for item in items {
            guard case .object(let members) = item else {
                throw .malformedJSON("every BatchItemRequest must be an object")
            }
            guard let bID = members["bId"]?.scalarText, !bID.isEmpty else { throw .missing("BatchItemRequest.bId") }
            if !seen.insert(bID).inserted { throw .duplicateBatchID(bID) }
            parsed.append((bID, members))
        }
        return parsed
    }

    private mutating func item(
        _ members: [String: JSONValue], _ key: RequestKey?, _ desk: inout CallDesk
    ) throws(Fault) -> [String: JSONValue] {
        if let query = members["Query"]?.text { return ["QueryResponse": try queryResponse(to: query)] }
        if members["CDCQuery"] != nil { throw .unsupportedOperation("CDCQuery") }
        let bodies = EntityKind.allCases.compactMap { kind in members[kind.rawValue]?.members.map { (kind, $0) } }
        guard let (kind, object) = bodies.first, bodies.count == 1 else {
            let known: Set = ["bId", "operation", "optionsData"]
            let other = members.keys.filter { !known.contains($0) }.min()
            throw other.map { .unsupportedOperation($0) } ?? .missing("BatchItemRequest entity")
        }
        guard let operation = members["operation"]?.text, !operation.isEmpty else {
            throw .missing("BatchItemRequest.operation")
        }
        if !subscriptionIsActive { throw .subscriptionEnded }
        let options = Set((members["optionsData"]?.text ?? "").split(separator: ",").map(String.init))
        let act = WriteAct(kind: kind, operation: operation, options: options, members: object)
        return try once(key, act, &desk)
    }

    /// FNV-1a: the same in every process, unlike Swift's own hash.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
