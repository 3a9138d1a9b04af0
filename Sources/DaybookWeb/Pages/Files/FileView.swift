// SPDX-License-Identifier: Apache-2.0
import Daybook

/// A file: what it holds and what is to be said about it, or what became of it.
struct FileView {
    struct AccountView {
        let account: String
        /// Where a name of the file leads.
        let destination: String
        let debits: String
        let credits: String
    }

    struct DayView {
        let date: String
        let store: String
        let count: String
    }

    struct TransactionView {
        let date: String
        let kind: String
        let id: String
        let store: String
        let total: String
    }

    let address: String
    let row: FilesView.FileRow
    let isWaiting: Bool
    let decided: String?
    /// How it is read, as a sentence.
    let reading: String?
    let isUnknown: Bool
    let isEmpty: Bool
    /// The kept profile by which it is read; nil for a file in a format of Daybook's own.
    let profile: String?
    /// Where a person says anew how such files are read; nil for a file in a format of Daybook's own.
    let anotherAddress: String?
    let farDatesAddress: String
    let overlapsAddress: String
    /// Kept profiles to choose from, with their addresses.
    let choices: [ProfileDraftView.ChoiceView]
    let hasChoices: Bool
    let draft: ProfileDraftView?
    let hasPreview: Bool
    let transactions: String
    let repeated: String?
    let days: [DayView]
    let moreDays: String?
    let accounts: [AccountView]
    let hasDestinations: Bool
    /// How many names lead nowhere, as a sentence; nil where none does.
    let openNames: String?
    let first: [TransactionView]
    let problems: [String]
    let moreProblems: String?
    let hasProblems: Bool
    let hasGood: Bool
    let mayHaveFarDates: Bool
    let mayOverlap: Bool
    let farDates: Bool
    let overlaps: Bool
    /// Nil for a file that waits.
    let history: FileHistoryView?

    private static let mostProblems = 20

    init(decided file: ReceivedFile, history: FileHistoryView, shown: ShownText) {
        self.init(file, isWaiting: false, decided: Self.decided(file, shown), history: history, shown: shown)
    }

    private static func decided(_ file: ReceivedFile, _ shown: ShownText) -> String {
        let by = file.decidedAt.map { " \(shown.time($0)), \(file.decidedBy ?? "")" } ?? ""
        let how = file.profile.map { ", read by the profile “\($0)”" } ?? ""
        let back = file.takenBackAt.map { "Taken back \(shown.time($0)), \(file.takenBackBy ?? ""). " } ?? ""
        return switch file.state {
        case .waiting: ""
        case .taken, .takenBack: "\(back)Taken\(by)\(how)."
        case .discarded: "Discarded\(by)."
        case .refused: "Refused\(by)\(how). \(reason(file)) Mend it, and drop the file here or send it again."
        }
    }

    private static func reason(_ file: ReceivedFile) -> String { IntakeProblem.withoutOptions(file.reason ?? "") }

    init(
        _ waiting: FilesDesk.Waiting, preview: FilePreview?, names: FileNames?, entered: ProfileForm?,
        confirmed: IntakeConfirmation, shown: ShownText
    ) {
        var reading: String?
        var draft: ProfileDraftView?
        var isUnknown = false
        var profile: String?
        var choices: [ProfileDraftView.ChoiceView] = []
        switch waiting.reading {
        case .own(let format): reading = "Read as Daybook's own \(format.rawValue.uppercased())."
        case .profile(let found):
            profile = found.name
            reading = "Read by the profile “\(found.name)”, because it has its titles."
        case .several(let profiles):
            reading = "Several profiles are for files with these titles. By which one is this file read?"
            choices = profiles.map {
                .init(value: FilePages.address(of: waiting.file.id, readBy: $0.name), label: $0.name, isChosen: false)
            }
        case .draft(let found): draft = ProfileDraftView(found, entered: entered)
        case .unknown: isUnknown = !waiting.content.isEmpty
        }
        self.init(
            waiting.file, isWaiting: true, reading: reading, isUnknown: isUnknown, isEmpty: waiting.content.isEmpty,
            profile: profile, choices: choices, draft: draft, preview: preview,
            names: names, confirmed: confirmed, shown: shown)
    }

    private init(
        _ file: ReceivedFile, isWaiting: Bool, decided: String? = nil, reading: String? = nil, isUnknown: Bool = false,
        isEmpty: Bool = false, profile: String? = nil, choices: [ProfileDraftView.ChoiceView] = [],
        draft: ProfileDraftView? = nil, preview: FilePreview? = nil, names: FileNames? = nil,
        confirmed: IntakeConfirmation = [], history: FileHistoryView? = nil, shown: ShownText
    ) {
        row = FilesView.FileRow(file, shown: shown)
        address = row.address
        self.isWaiting = isWaiting
        self.decided = decided
        self.reading = reading
        self.isUnknown = isUnknown
        self.isEmpty = isEmpty
        self.profile = profile
        anotherAddress = profile.map { FilePages.address(of: file.id, readBy: $0, with: ["another"]) }
        (farDates, overlaps) = (confirmed.contains(.farDates), confirmed.contains(.overlaps))
        farDatesAddress = FilePages.address(
            of: file.id, readBy: profile, with: overlaps ? ["overlaps", "farDates"] : ["farDates"])
        overlapsAddress = FilePages.address(
            of: file.id, readBy: profile, with: farDates ? ["farDates", "overlaps"] : ["overlaps"])
        self.history = history
        self.choices = choices
        hasChoices = !choices.isEmpty
        self.draft = draft
        hasPreview = preview != nil
        let preview = preview ?? FilePreview()
        let report = preview.report
        transactions = counted(preview.transactions, "transaction")
        repeated = report.repeated == 0 ? nil : "\(report.repeated) of them are there already, and stay as they are."
        let allDays = preview.dayTotals
        days = allDays.prefix(FilePreview.mostShown).map {
            DayView(date: $0.date.text, store: $0.store.description, count: String($0.transactions))
        }
        moreDays = allDays.count > days.count ? "… and \(allDays.count - days.count) more" : nil
        accounts = preview.accountTotals.map {
            AccountView(
                account: $0.account, destination: names?.destination(of: $0.named) ?? "",
                debits: Self.amount($0.debits, $0.currency),
                credits: Self.amount($0.credits, $0.currency))
        }
        hasDestinations = names != nil && preview.accountTotals.contains { $0.named != nil }
        let open = names.map { names in preview.accountTotals.count { names.isOpen($0.named) } } ?? 0
        openNames =
            open == 0
            ? nil : "\(counted(open, "name")) \(open == 1 ? "leads" : "lead") to no account in QuickBooks yet."
        first = preview.first.map {
            TransactionView(
                date: $0.transaction.date.text, kind: $0.transaction.event.kind.name, id: $0.transaction.key.id,
                store: $0.transaction.key.store.description, total: ShownText.amount($0.entry.total))
        }
        let mistakes = report.located.map { IntakeProblem.withoutOptions($0.problem.message) }
        let conflicts = report.conflicts.map { conflict in
            let line = conflict.line.map { "line \($0), " } ?? ""
            return "\(line)\(conflict.key) is \(IntakeReport.otherPlace(conflict)) with other content."
        }
        problems = Array((mistakes + conflicts).prefix(Self.mostProblems))
        let count = report.problemCount + report.conflictCount
        moreProblems = count > problems.count ? "… and \(count - problems.count) more" : nil
        hasProblems = count > 0
        hasGood = report.notTaken + report.repeated + report.recorded > 0
        mayOverlap = report.overlapCount > 0
        mayHaveFarDates = !farDates && report.located.contains { $0.problem.remedy.contains(UsualDates.option) }
    }

    private static func amount(_ minorUnits: Int64, _ currency: Currency) -> String {
        minorUnits == 0 ? "" : ShownText.amount(Money(minorUnits: minorUnits, currency: currency))
    }
}
