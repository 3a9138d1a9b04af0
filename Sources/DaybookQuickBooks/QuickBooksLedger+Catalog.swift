// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation
import QuickBooks
import Synchronization

extension QuickBooksLedger {
    package func catalog(access: LedgerAccess, now: Date) async -> LedgerAnswer<AccountCatalog> {
        await answer(access) {
            let client = try client(access)
            let kept = catalogParts.withLock { $0[access.connection] }
            var parts = kept.flatMap { $0.isGood(for: access, now: now) ? $0 : nil } ?? CatalogParts(access, began: now)
            // Kept whether all calls were answered or not.
            defer { catalogParts.withLock { [parts] in $0[access.connection] = parts } }
            try await read(&parts, client, for: access.connection)
            let catalog = Self.catalog(of: parts)
            parts = CatalogParts(access, began: .distantPast)
            return catalog
        }
    }

    /// Reads what is missing, and stops at the first call that fails.
    private func read(
        _ parts: inout CatalogParts, _ client: QuickBooksClient, for connection: Connection.ID
    ) async throws {
        if parts.preferences == nil { parts.preferences = try await client.preferences() }
        if parts.accounts == nil {
            let both: QueryCondition = .isIn([.flag(true), .flag(false)])
            parts.accounts = try await all(
                QueryText(Account.self).where(.active, both).ordered(by: .id), client, for: connection)
        }
        let accounting = parts.preferences?.accounting
        if accounting?.tracksClassPerLine == true, parts.classes == nil {
            parts.classes = try await all(QueryText(CompanyClass.self).ordered(by: .id), client, for: connection)
        }
        if accounting?.tracksDepartments == true, parts.departments == nil {
            parts.departments = try await all(QueryText(Department.self).ordered(by: .id), client, for: connection)
        }
    }

    private static func catalog(of parts: CatalogParts) -> AccountCatalog {
        AccountCatalog(
            accounts: byNumber(parts.accounts ?? []), unnumbered: unnumbered(parts.accounts ?? []),
            classes: parts.classes.map { byName($0.map { ($0.fullyQualifiedName ?? $0.name, $0.id, $0.active) }) },
            departments: parts.departments.map {
                byName($0.map { ($0.fullyQualifiedName ?? $0.name, $0.id, $0.active) })
            },
            closedThrough: parts.preferences?.accounting?.bookCloseDate.flatMap(CalendarDate.init),
            homeCurrency: parts.preferences?.currency?.homeCurrency?.value ?? "USD",
            usesNumbers: parts.preferences?.accounting?.usesAccountNumbers ?? true,
            usesSeveralCurrencies: parts.preferences?.currency?.multiCurrencyEnabled ?? false, readAt: parts.began)
    }

    package func company(access: LedgerAccess) async -> LedgerAnswer<Company> {
        await answer(access) {
            count(access.connection)
            let info = try await client(access).companyInfo()
            return Company(realmID: access.realmID, name: info.companyName ?? "Unnamed company")
        }
    }

    func answer<Value: Sendable>(
        _ access: LedgerAccess, _ read: () async throws -> Value
    ) async -> LedgerAnswer<Value> {
        do {
            return .answer(try await read())
        } catch let unknown as EnvironmentUnknown {
            return .notExecuted(unknown.notExecuted)
        } catch let error as QuickBooksError {
            if let reason = error.notExecuted {
                return .notExecuted(notExecuted(reason, tid: error.intuitTID, connection: access.connection))
            }
            return .failed(reason: error.description)
        } catch let error as PageIncomplete {
            return .failed(reason: error.description)
        } catch let error as ClocksDiffer {
            return .failed(reason: error.description)
        } catch {
            return .failed(reason: "\(type(of: error))")
        }
    }

    private static func byNumber(_ accounts: [Account]) -> [AccountNumber: [AccountCatalog.Account]] {
        var numbered: [AccountNumber: [AccountCatalog.Account]] = [:]
        for account in accounts {
            guard let number = number(of: account), let item = item(account) else { continue }
            numbered[number, default: []].append(item)
        }
        return numbered
    }

    private static func unnumbered(_ accounts: [Account]) -> [AccountCatalog.Account] {
        accounts.filter { number(of: $0) == nil }.compactMap(item)
    }

    private static func number(of account: Account) -> AccountNumber? { account.acctNum.flatMap { AccountNumber($0) } }

    private static func item(_ account: Account) -> AccountCatalog.Account? {
        account.id.map { id in
            AccountCatalog.Account(
                id: id, name: account.fullyQualifiedName ?? account.name ?? "", type: account.accountType ?? "",
                kind: kind(of: account), isActive: account.active ?? true, currency: account.currencyRef?.value)
        }
    }

    private static func kind(of account: Account) -> AccountCatalog.Account.Kind {
        switch account.accountType {
        case "Accounts Receivable": .receivable
        case "Accounts Payable": .payable
        default: .other
        }
    }

    private static func byName(_ items: [(name: String?, id: String?, active: Bool?)]) -> [String: String] {
        var named: [String: String] = [:]
        for item in items where item.active ?? true {
            guard let name = item.name, let id = item.id else { continue }
            named[name] = id
        }
        return named
    }
}
