// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
import QuickBooks
import Testing

/// Answers of the real QuickBooks Online, recorded by the tests of two other libraries. They aren't
/// ours to ship, so the folder is named by `DAYBOOK_RECORDED_ANSWERS`, or lies beside the checkout.
private let recordings: URL? = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let root = tests.deletingLastPathComponent()
    let named = ProcessInfo.processInfo.environment["DAYBOOK_RECORDED_ANSWERS"].map { URL(filePath: $0) }
    let folder = named ?? root.deletingLastPathComponent().appending(path: "shared/reference/recorded")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}()

@Suite(
    "Recorded answers",
    .enabled(if: recordings != nil, "no recorded answers here: real faults and reports of QuickBooks were not proved"))
struct RecordedAnswersTests {
    @Test(
        "every recorded XML fault is read",
        arguments: [
            ("customer_duplicate_error", ["6240"]), ("generic_error", ["10000"]), ("query_validation_error", ["4001"]),
            ("throttle_exceeded_error", ["3001"]), ("too_many_requests_error", ["3001"]), ("fault", ["2050", "2080"]),
        ])
    func xmlFaults(name: String, codes: [String]) throws {
        let folder = try #require(recordings)
        let body = try Data(contentsOf: folder.appending(path: "quickbooks-ruby/\(name).xml"))
        let fault = try #require(Fault(parsing: [UInt8](body)))
        #expect(fault.codes == codes)
        #expect(fault.errors.allSatisfy { !$0.message.isEmpty && !$0.detail.isEmpty })
    }

    @Test("other recorded XML is no JSON answer: unknown")
    func otherXML() throws {
        let folder = try #require(recordings).appending(path: "quickbooks-ruby")
        for name in ["deleted_class", "deposit", "preferences", "profitloss", "batch_response"] {
            let body = [UInt8](try Data(contentsOf: folder.appending(path: "\(name).xml")))
            let outcome = CallOutcome(TransportResponse(head: HTTPResponse(status: .ok), body: body))
            #expect(outcome == .unknown(.unreadable(status: 200), intuitTID: nil), "\(name)")
        }
    }

    @Test(
        "every recorded JSON answer means what it should",
        arguments: [
            ("error-400", ["answered", "4001"]), ("error-400_json", ["2010"]), ("error-401", ["unauthorized 3200"]),
            ("error-500", ["500", "2030"]), ("error-validation", ["6240"]),
        ])
    func jsonFaults(name: String, expected: [String]) throws {
        let exchanges = try Cassette(named: name).responses
        #expect(exchanges.map { Self.summary(CallOutcome($0)) } == expected)
    }

    @Test("the expired token that Intuit quotes is not kept")
    func quotedToken() throws {
        let response = try #require(try Cassette(named: "error-401").responses.first)
        guard case .notExecuted(.unauthorized(let fault?), _) = CallOutcome(response) else {
            Issue.record("not unauthorized")
            return
        }
        #expect(fault.errors[0].detail == "Token expired: [removed]")
    }

    @Test("recorded customers and reports are read")
    func entities() throws {
        let customers = try #require(try Cassette(named: "error-400").responses.first)
        struct Answer: Decodable { var QueryResponse: [String: [Customer]] }
        let text = String(decoding: customers.body, as: UTF8.self)
        #expect(text.contains("Amy's Bird Sanctuary"))
        let start = try #require(text.firstRange(of: "[")), end = try #require(text.lastIndex(of: "]"))
        let list = try JSONDecoder().decode([Customer].self, from: Data(text[start.lowerBound...end].utf8))
        #expect(list.first?.balance == 639)
        #expect(list.allSatisfy { $0.id != nil && $0.displayName != nil })

        for name in ["reports-gl", "reports-profit_and_loss"] {
            let response = try #require(try Cassette(named: name).responses.first)
            let report = try Report(parsing: response.body)
            #expect(!report.columns.isEmpty && !report.rows.isEmpty)
        }
    }

    private static func summary(_ outcome: CallOutcome) -> String {
        switch outcome {
        case .answered: "answered"
        case .refused(let fault, _): fault.codes.joined(separator: ",")
        case .notExecuted(.unauthorized(let fault), _): "unauthorized \(fault?.codes.joined() ?? "")"
        default: "\(outcome)"
        }
    }
}

/// As much of a VCR cassette as these recordings need: statuses and single-quoted YAML bodies.
private struct Cassette {
    let responses: [TransportResponse]

    init(named name: String) throws {
        let file = try #require(recordings).appending(path: "qbo_api/\(name).yml")
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        responses = try text.split(separator: "  response:\n").dropFirst().map { part in
            let code = try #require(part.firstMatch(of: /code: (\d+)/))
            let start = try #require(part.firstRange(of: "string: '"))
            return TransportResponse(
                head: HTTPResponse(status: .init(code: Int(code.1) ?? 0)),
                body: Array(Self.unquoted(part[start.upperBound...]).utf8))
        }
    }

    /// YAML: a doubled quote is a quote, a single line break is a space.
    private static func unquoted(_ text: Substring) -> String {
        var result = ""
        var rest = text
        while let quote = rest.firstIndex(of: "'") {
            result += rest[..<quote]
            let next = rest.index(after: quote)
            guard next < rest.endIndex, rest[next] == "'" else { break }
            result += "'"
            rest = rest[rest.index(after: next)...]
        }
        return result.replacing(/\n +/, with: " ")
    }
}
