// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The accounting export queue.
struct ExportsView {
    struct Tab {
        let title: String
        let key: String
        let address: String
        /// Empty where a search finds too many to count.
        let count: String
        let isZero: Bool
        let isHere: Bool
    }

    struct ProblemView {
        let explanation: String
        let exports: String
    }

    struct StoreChoice {
        let number: String
        let label: String
        let isHere: Bool
    }

    struct Paging {
        let position: String
        let newer: String?
        let older: String?
        /// The last page; nil on it.
        let oldest: String?
    }

    struct Empty {
        struct Link {
            let title: String
            let address: String
        }

        let heading: String
        let advice: String
        var link: Link?
    }

    /// Nil once something is in QuickBooks.
    let firstRun: FirstRun?
    let tabs: [Tab]
    let problems: [ProblemView]
    let hasProblems: Bool
    let search: String
    let stateFilter: String
    /// The number of the one connection that is shown, and its company; nil where all are.
    let connectionFilter: String?
    let company: String?
    let stores: [StoreChoice]
    let isFiltered: Bool
    let rows: [ExportRowView]
    let hasRows: Bool
    let empty: Empty?
    let paging: Paging
    /// The first page of this list.
    let newest: String
    let back: String
    let selectAll: String
    let selectNone: String
    let allTicked: Bool
    let errorCount: Int
    let offersResetAll: Bool
    /// Whether only excluded ones are shown, which can be included again.
    let showsExcluded: Bool
    let isUnderWay: Bool

    init(
        _ query: ExportQuery, _ page: ExportPage, problems: [ProblemGroup], stores: [Store],
        overviews: ConnectionOverviews, firstRun: FirstRun?, shown: ShownText
    ) {
        self.firstRun = firstRun
        tabs = Self.tabs(query, page.counts)
        self.problems = problems.map { .init(explanation: $0.explanation, exports: counted($0.exports, "export")) }
        hasProblems = !problems.isEmpty
        search = query.search ?? ""
        stateFilter = query.state?.rawValue ?? ""
        connectionFilter = query.connection.map { String($0.value) }
        company = query.connection.map { overviews[$0]?.title ?? "Connection \($0.value)" }
        self.stores = Self.choices(stores, query.store)
        isFiltered = query.isFiltered
        rows = page.rows.map {
            ExportRowView($0, waits: overviews.holds($0.export), isTicked: query.selectsAll, shown: shown)
        }
        hasRows = !page.rows.isEmpty
        empty = page.rows.isEmpty ? Self.empty(query) : nil
        paging = Paging(query, page)
        newest = query.address(of: .newest) ?? ""
        let plain = query.with { $0.selectsAll = false }
        back = plain.address
        selectAll = query.with { $0.selectsAll = true }.address
        selectNone = plain.address
        allTicked = query.selectsAll
        errorCount = page.counts?[.error] ?? 0
        offersResetAll = errorCount > 0 && query.state == .error && !isFiltered
        showsExcluded = query.state == .excluded
        let busy = [ExportState.Name.exporting, .checking].contains { (page.counts?[$0] ?? 0) > 0 }
        let waits = overviews.all.allSatisfy(\.holdsExports)
        // The script follows the counts of the whole queue, so not while only a part of it is shown.
        isUnderWay = !isFiltered && (busy || (!waits && (page.counts?[.pending] ?? 0) > 0))
    }

    private static func tabs(_ query: ExportQuery, _ counts: [ExportState.Name: Int]?) -> [Tab] {
        let usual: Set<ExportState.Name> = [.pending, .exporting, .checking, .exported, .error, .onHold]
        let states = ExportState.Name.allCases.filter {
            usual.contains($0) || (counts?[$0] ?? 0) > 0 || $0 == query.state
        }
        return ([nil] + states).map { state in
            let target = query.with {
                $0.state = state
                $0.cursor = nil
                $0.selectsAll = false
            }
            let count = counts.map { counts in state.map { counts[$0] ?? 0 } ?? counts.values.reduce(0, +) }
            return Tab(
                title: state?.title ?? "All", key: state?.rawValue ?? "all", address: target.address,
                count: count.map { String($0) } ?? "", isZero: count == 0, isHere: state == query.state)
        }
    }

    private static func choices(_ stores: [Store], _ chosen: StoreNumber?) -> [StoreChoice] {
        var named = Dictionary(stores.map { ($0.number, $0.name) }, uniquingKeysWith: { first, _ in first })
        if let chosen, named[chosen] == nil { named[chosen] = "" }
        return named.sorted { $0.key < $1.key }.map { number, name in
            StoreChoice(number: number.description, label: "\(number) \(name)", isHere: number == chosen)
        }
    }

    private static func empty(_ query: ExportQuery) -> Empty {
        if query.cursor != nil || query.isFiltered {
            return Empty(heading: "Nothing matches", advice: "Press Clear to see the whole queue.")
        }
        return switch query.state {
        case nil:
            Empty(
                heading: "The queue is empty",
                advice:
                    "Drop a file from your rental system on the page Files, or let it send transactions by the API.",
                link: .init(title: "Files", address: FilePages.address))
        case .error: Empty(heading: "Nothing is in Error", advice: "There is nothing to reset.")
        case .pending: Empty(heading: "Nothing is waiting", advice: "Everything taken so far has been sent.")
        case .exporting:
            Empty(heading: "Nothing is being sent just now", advice: "Pending exports go out by themselves.")
        case .checking: Empty(heading: "Nothing is in doubt", advice: "Every document sent had a clear answer.")
        case .exported: Empty(heading: "Nothing is in QuickBooks yet", advice: "Pending exports go out by themselves.")
        case .onHold: Empty(heading: "Nothing is held", advice: "Tick an export and press Hold to keep it back.")
        case .collecting: Empty(heading: "No day is open", advice: "Every day taken so far is closed.")
        case .excluded: Empty(heading: "Nothing is excluded", advice: "Everything taken so far is to be exported.")
        case .withdrawn:
            Empty(
                heading: "Nothing was withdrawn",
                advice: "No revision took an export's place, and no file was taken back.")
        case .nothingToPost: Empty(heading: "Everything has something to post", advice: "No export comes to nothing.")
        }
    }
}

extension ExportsView.Paging {
    init(_ query: ExportQuery, _ page: ExportPage) {
        position = Self.position(page)
        newer = query.address(of: page.newer)
        older = query.address(of: page.older)
        oldest = page.older == nil ? nil : query.address(of: .oldest)
    }

    /// `1–50 of 986,974`; between the first page and the last one, only how many there are.
    private static func position(_ page: ExportPage) -> String {
        let shown = page.rows.count
        switch page.total {
        case .moreThan(let cap): return "more than \(ShownText.number(cap))"
        case .exactly(let total):
            let all = ShownText.number(total)
            if shown == 0 || total < shown { return "\(shown) of \(all)" }
            if page.newer == nil { return "1–\(ShownText.number(shown)) of \(all)" }
            if page.older == nil { return "\(ShownText.number(total - shown + 1))–\(all) of \(all)" }
            return "\(all) in all"
        }
    }
}
