// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
@testable import IntuitOAuth
@testable import QuickBooks

extension FuzzTarget {
    /// The token endpoint's answer; a first line with a number is its status.
    static let tokenAnswer = FuzzTarget(name: "token-answer") { bytes in
        let (status, body) = numbered(bytes, standard: 200)
        let answer = RawTokenAnswer(status: status, body: body)
        let meaning = answer.interpreted()
        try promise(answer.interpreted() == meaning, "the same bytes mean two things")
        switch meaning {
        case .granted(let grant):
            try promise((200...299).contains(status), "granted with status \(status)")
            try promise(!grant.accessToken.reveal.isEmpty, "an empty access token")
            try promise(grant.refreshToken?.reveal != "", "an empty refresh token")
            try promise(grant.expiresIn > .zero, "a life of \(grant.expiresIn)")
        case .incomplete(let grant): try promise(!grant.refreshToken.reveal.isEmpty, "an empty refresh token")
        case .refused: try promise(status == 400 || status == 401, "refused with status \(status)")
        case .unusable(let reason): try promise(!reason.isEmpty, "no reason")
        }
    }

    /// The address with which Intuit sends a browser back.
    static let redirect = FuzzTarget(name: "redirect") { bytes in
        do {
            let redirect = try AuthorizationRedirect(parsing: String(decoding: bytes, as: UTF8.self))
            guard case .granted(let code, let state, let realm) = redirect else { return }
            let fields = [("code", code.reveal), ("state", state)] + (realm.map { [("realmId", $0)] } ?? [])
            let text = FormEncoding.encoded(fields.map { (name: $0.0, value: $0.1) })
            try promise(try AuthorizationRedirect(parsing: text) == redirect, "it is not read again from \(text)")
        } catch let error as OAuthError {
            try promise(error.code == .invalidRedirect && !error.reason.isEmpty, "\(error)")
        }
    }

    static let discovery = FuzzTarget(name: "discovery") { bytes in
        do {
            let document = try DiscoveryDocument(parsing: bytes)
            let endpoints = [document.authorizationEndpoint, document.tokenEndpoint, document.revocationEndpoint]
            for endpoint in endpoints {
                try promise(endpoint.scheme != nil && endpoint.host() != nil, "\(endpoint) is not absolute")
            }
        } catch let error as OAuthError {
            try promise(!error.description.isEmpty, "an error without words")
        }
    }

    /// An answer of the Accounting API; a first line with a number is its status.
    static let callOutcome = FuzzTarget(name: "call-outcome") { bytes in
        let (number, body) = numbered(bytes, standard: 200)
        let status = 100 + abs(number % 900 - 100) % 900
        let outcome = CallOutcome(
            TransportResponse(head: HTTPResponse(status: .init(code: status)), body: body))
        switch outcome {
        case .answered(let said, let answer, _):
            try promise((200...299).contains(status) && said == status && answer == body, "answered with \(status)")
        case .refused(let fault, _):
            try promise(!fault.errors.isEmpty, "a refusal without a fault")
            try promise(!(500...599).contains(status), "status \(status) is taken for a refusal")
        case .notExecuted:
            try promise(!(500...599).contains(status), "status \(status) is taken for not carried out")
        case .unknown: break
        }
    }

    static let batchAnswer = FuzzTarget(name: "batch-answer") { bytes in
        do {
            let answer = try BatchAnswer(parsing: bytes)
            for item in answer.items {
                let isTwice = answer.duplicates.contains(item.id)
                try promise((answer.result(for: item.id) == nil) == isTwice, "item \(item.id) has no single result")
                try promise(answer.missing(from: [item.id]).isEmpty, "item \(item.id) is missing")
                if case .fault(let fault) = item.result { try promise(!fault.errors.isEmpty, "an empty fault") }
            }
        } catch let error as QuickBooksError {
            try promise(error.code == .unreadableAnswer, "\(error)")
        }
    }

    static let journalEntry = FuzzTarget(name: "journal-entry") { bytes in
        // Foundation's errors are many; what counts is what is read.
        guard let entry = try? ExactJSON.value(JournalEntry.self, from: bytes) else { return }
        let text = try ExactJSON.bytes(entry)
        let again = try ExactJSON.value(JournalEntry.self, from: text)
        try promise(try ExactJSON.bytes(again) == text, "written twice: \(String(decoding: text, as: UTF8.self))")
    }

    static let report = FuzzTarget(name: "report") { bytes in
        do {
            let report = try Report(parsing: bytes)
            let balance = try TrialBalance(report)
            try promise(balance.lines.allSatisfy { !$0.accountID.isEmpty }, "a line of no account")
        } catch let error as QuickBooksError {
            try promise(error.code == .unreadableAnswer, "\(error)")
        }
    }
}
