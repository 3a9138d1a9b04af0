// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTransport
import HTTPTypes
import Logging

/// Logs each call to Intuit with `intuit_tid`, by which Intuit's support finds it.
///
/// A call that is made for a request to Daybook has that request's number in the same line. Addresses and bodies are
/// not logged: they hold Realm IDs, customers and tokens.
struct LoggedTransport: HTTPTransport {
    let transport: any HTTPTransport
    let logger: Logger

    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        let began = ContinuousClock.now
        do {
            let response = try await transport.send(request, deadline: deadline)
            log(request, response, since: began)
            return response
        } catch {
            var metadata = Self.metadata(request, since: began)
            metadata["reason"] = "\(error)"
            logger.info("Intuit did not answer", metadata: metadata)
            throw error
        }
    }

    private func log(
        _ request: TransportRequest, _ response: TransportResponse, since began: ContinuousClock.Instant
    ) {
        let isForRequest = RequestNumber.current != nil
        // A call that Daybook makes by itself and that goes well shows in the lines of posting and refreshing.
        let level: Logger.Level = isForRequest || response.statusCode >= 400 ? .info : .debug
        guard logger.logLevel <= level else { return }
        var metadata = Self.metadata(request, since: began)
        metadata["status"] = "\(response.statusCode)"
        metadata["intuit_tid"] = HTTPField.Name("intuit_tid").flatMap { response.head.headerFields[$0] }
            .map { "\($0)" }
        logger.log(level: level, "Intuit answered", metadata: metadata)
    }

    private static func metadata(
        _ request: TransportRequest, since began: ContinuousClock.Instant
    ) -> Logger.Metadata {
        let milliseconds = (ContinuousClock.now - began) / .milliseconds(1)
        var metadata: Logger.Metadata = [
            "call": "\(call(request.head.path ?? ""))", "milliseconds": "\(Int(milliseconds))",
        ]
        metadata["envelope"] = requestID(request.head.path ?? "").map { "\($0)" }
        return metadata
    }

    /// What is called, as a word: the part of the path after the company's number, or the last one of another path.
    static func call(_ path: String) -> String {
        let parts = path.prefix { $0 != "?" }.split(separator: "/")
        let word = parts.starts(with: ["v3", "company"]) ? parts.dropFirst(3).first : parts.last
        guard let word, word.count <= 40, word.contains(where: \.isLetter),
            word.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) })
        else { return "other" }
        return String(word)
    }

    /// The `requestid` of a call that writes: the number of its envelope.
    static func requestID(_ path: String) -> String? {
        guard let query = path.split(separator: "?", maxSplits: 1).dropFirst().first else { return nil }
        let value = query.split(separator: "&").first { $0.hasPrefix("requestid=") }?.dropFirst("requestid=".count)
        guard let value, (1...64).contains(value.count), value.allSatisfy({ $0.isHexDigit || $0 == "-" }) else {
            return nil
        }
        return String(value)
    }
}
