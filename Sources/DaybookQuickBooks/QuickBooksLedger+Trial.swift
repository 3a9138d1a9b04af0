// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Foundation
import QuickBooks

extension QuickBooksLedger {
    package func facts(access: LedgerAccess) async -> LedgerAnswer<CompanyFacts> {
        await answer(access) {
            let info = try await client(access).companyInfo()
            let company = Company(realmID: access.realmID, name: info.companyName ?? "Unnamed company")
            return CompanyFacts(company: company, subscription: info.subscriptionStatus, plan: info.offering)
        }
    }

    package func tryWriting(_ trial: TrialEntry, access: LedgerAccess) async -> TrialOutcome {
        let written: JournalEntry
        do {
            written = try await client(access).create(JournalEntryTranslation.journalEntry(for: trial))
        } catch let unknown as EnvironmentUnknown {
            return .notExecuted(unknown.notExecuted)
        } catch let error as QuickBooksError {
            return await notWritten(trial, error, access)
        } catch {
            return .leftBehind(documentID: nil, reason: "\(type(of: error))")
        }
        return await deleting(written, access)
    }

    private func notWritten(_ trial: TrialEntry, _ error: QuickBooksError, _ access: LedgerAccess) async -> TrialOutcome
    {
        if let reason = error.notExecuted {
            return .notExecuted(notExecuted(reason, tid: error.intuitTID, connection: access.connection))
        }
        if let fault = error.fault, !fault.mayHaveBeenExecuted {
            return .refused(fault.refusal(tid: error.intuitTID))
        }
        // No certain answer came: the entry may be in QuickBooks all the same.
        do {
            let query = QueryText(JournalEntry.self).where(.docNumber, .isIn([.text(trial.documentNumber)]))
            let found = try await client(access).query(query.page(from: 1, size: 10)).items
            guard let entry = found.first(where: { trial.id.marks($0.privateNote ?? "") }) else {
                return .leftBehind(documentID: nil, reason: error.description)
            }
            return await deleting(entry, access)
        } catch {
            return .leftBehind(documentID: nil, reason: "no certain answer, and it could not be looked for")
        }
    }

    private func deleting(_ entry: JournalEntry, _ access: LedgerAccess) async -> TrialOutcome {
        guard let id = entry.id, let syncToken = entry.syncToken else {
            return .leftBehind(documentID: entry.id, reason: "the answer names no document")
        }
        do {
            _ = try await client(access).delete(JournalEntry.self, id: id, syncToken: syncToken)
            return .writtenAndDeleted
        } catch let error as QuickBooksError {
            return .leftBehind(documentID: id, reason: error.description)
        } catch {
            return .leftBehind(documentID: id, reason: "\(type(of: error))")
        }
    }
}
