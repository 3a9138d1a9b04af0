// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A journal entry: balanced, with a party on every receivable and payable, in an open period, under a free number.
extension Books {
    private static let mostLines = 10_000

    func journalDraft(
        _ content: [String: JSONValue], replacing old: StoredObject?, _ context: WriteContext
    ) throws(Fault) -> Draft {
        var content = content
        let lines = (content["Line"]?.items ?? []).filter { $0["JournalEntryLineDetail"] != nil }
        let day = content["TxnDate"]?.text.flatMap { CalendarDay(parsing: $0) } ?? context.today
        let postings = try postings(lines, on: day)
        try checkOpen(day)
        if let oldDay = old?.keys.day { try checkOpen(oldDay) }
        let number = try documentNumber(content["DocNumber"]?.text, replacing: old, context)

        content["DocNumber"] = number.map { .string($0) }
        content["TxnDate"] = .string(day.text)
        content["Adjustment"] = content["Adjustment"] ?? false
        content["CurrencyRef"] = Self.homeCurrency
        content["TxnTaxDetail"] = content["TxnTaxDetail"] ?? [:]
        content["Line"] = .array(numbered(content["Line"]?.items ?? []))
        var keys = ObjectKeys()
        keys.number = number
        keys.day = day
        return Draft(content: content, keys: keys, postings: postings)
    }

    // MARK: Lines

    private func postings(_ lines: [JSONValue], on day: CalendarDay) throws(Fault) -> BalancedPostings {
        for line in lines where line["Amount"]?.decimal?.isSignMinus == true {
            throw .negativeAmount("Line.Amount")
        }
        if lines.count < 2 { throw .tooFewLines }
        if lines.count > Self.mostLines {
            throw .business("A transaction can have at most 10,000 lines.")
        }
        var postings: [Posting] = []
        for line in lines { postings.append(try posting(line)) }
        let debits = postings.filter { $0.amount > .zero }.reduce(Cents.zero) { $0 + $1.amount }
        let credits = postings.filter { $0.amount < .zero }.reduce(Cents.zero) { $0 + -$1.amount }
        let unbalanced = Fault.unbalanced(debits: debits.text, credits: credits.text)
        if debits != credits { throw unbalanced }
        if debits == .zero { throw .noAmount }
        var lines: [Posting] = []
        for posting in postings { lines.append(try withParty(posting)) }
        guard let balanced = BalancedPostings(day: day, lines: lines) else { throw unbalanced }
        return balanced
    }

    private func posting(_ line: JSONValue) throws(Fault) -> Posting {
        let detail = line["JournalEntryLineDetail"]
        guard let account = detail?["AccountRef"]?.referencedID else {
            throw .missing("Line.JournalEntryLineDetail.AccountRef")
        }
        guard let amount = line["Amount"]?.decimal.flatMap({ Cents(exactly: $0) }) else {
            throw .missing("Line.Amount")
        }
        let signed = detail?["PostingType"]?.text == "Debit" ? amount : -amount
        return Posting(account: account, amount: signed, party: Party(detail?["Entity"]))
    }

    /// Keeps the party where the ledger needs it.
    ///
    /// On any other account it is only a name on a line.
    private func withParty(_ line: Posting) throws(Fault) -> Posting {
        switch accountType(line.account) {
        case .accountsReceivable:
            if line.party?.kind != .customer { throw .receivableWithoutCustomer }
            return line
        case .accountsPayable:
            if line.party?.kind != .vendor { throw .payableWithoutVendor }
            return line
        default:
            return Posting(account: line.account, amount: line.amount)
        }
    }

    /// Line Ids start at "0"; classes and departments are dropped while the company does not track them.
    private func numbered(_ lines: [JSONValue]) -> [JSONValue] {
        lines.enumerated().map { index, line in
            guard case .object(var members) = line else { return line }
            members["Id"] = .id(index)
            if case .object(var detail) = members["JournalEntryLineDetail"] {
                if !settings.tracksClasses { detail["ClassRef"] = nil }
                if !settings.tracksDepartments { detail["DepartmentRef"] = nil }
                members["JournalEntryLineDetail"] = .object(detail)
            }
            return .object(members)
        }
    }

    // MARK: Number

    private func documentNumber(
        _ number: String?, replacing old: StoredObject?, _ context: WriteContext
    ) throws(Fault) -> String? {
        let journals = shelf(.journalEntry)
        guard let number else {
            if settings.usesCustomNumbers { return nil }
            var next = journals.count + 1
            while !journals.byNumber[String(next)].isEmpty { next += 1 }
            return String(next)
        }
        let taken = journals.byNumber[number].first { $0 != old?.id }
        if let taken, settings.warnsOfDuplicateJournalNumbers, !context.allowsDuplicateNumber {
            throw .duplicateDocNumber(number, id: taken)
        }
        return number
    }
}
