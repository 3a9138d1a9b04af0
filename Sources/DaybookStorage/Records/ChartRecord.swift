// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// What a company offers to post to, as JSON.
struct ChartRecord: Codable {
    struct Account: Codable {
        var id: String
        var number: String?
        var name: String
        var type: String
        var kind: String
        var active: Bool
        var currency: String?
    }

    var accounts: [Account]
    var classes: [String: String]?
    var departments: [String: String]?
    var closedThrough: String?
    var homeCurrency: String
    var usesNumbers: Bool
    var usesSeveralCurrencies: Bool
    /// In milliseconds since 1970.
    var readAt: Int64

    init(_ catalog: AccountCatalog) {
        accounts = catalog.all.map { account in
            Account(
                id: account.id, number: catalog.number(of: account)?.text, name: account.name, type: account.type,
                kind: account.kind.rawValue, active: account.isActive, currency: account.currency)
        }.sorted { $0.id < $1.id }
        classes = catalog.classes
        departments = catalog.departments
        closedThrough = catalog.closedThrough?.text
        homeCurrency = catalog.homeCurrency
        usesNumbers = catalog.usesNumbers
        usesSeveralCurrencies = catalog.usesSeveralCurrencies
        readAt = catalog.readAt.milliseconds
    }

    func catalog() throws -> AccountCatalog {
        var numbered: [AccountNumber: [AccountCatalog.Account]] = [:]
        var unnumbered: [AccountCatalog.Account] = []
        for account in accounts {
            guard let kind = AccountCatalog.Account.Kind(rawValue: account.kind) else {
                throw StoredValueUnreadable(what: "a kind of account is not known")
            }
            let read = AccountCatalog.Account(
                id: account.id, name: account.name, type: account.type, kind: kind, isActive: account.active,
                currency: account.currency)
            if let number = account.number.flatMap({ AccountNumber($0) }) {
                numbered[number, default: []].append(read)
            } else {
                unnumbered.append(read)
            }
        }
        return AccountCatalog(
            accounts: numbered, unnumbered: unnumbered, classes: classes, departments: departments,
            closedThrough: closedThrough.flatMap(CalendarDate.init(text:)), homeCurrency: homeCurrency,
            usesNumbers: usesNumbers, usesSeveralCurrencies: usesSeveralCurrencies,
            readAt: Date(milliseconds: readAt))
    }
}

extension ChartRecord {
    init(json: String) throws {
        do {
            self = try JSONDecoder().decode(ChartRecord.self, from: Data(json.utf8))
        } catch {
            throw StoredValueUnreadable(what: "a chart of accounts is not readable")
        }
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
