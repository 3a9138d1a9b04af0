// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A page of the audit trail, newest first.
struct AuditView {
    static let linesOfAPage = 100

    struct Line {
        let serial: Int64
        let at: String
        let who: String
        /// Where the request came from; nil where that is not known.
        let source: String?
        let act: String
        let object: String?
        let before: String?
        let after: String?
        /// Of the request by which it was asked for; the log has it too.
        let request: String?
    }

    struct ActChoice {
        let text: String
        let words: String
        let isHere: Bool
    }

    let lines: [Line]
    let hasLines: Bool
    let acts: [ActChoice]
    let actor: String
    let object: String
    let request: String
    let since: String
    let until: String
    let isFiltered: Bool
    let older: String?

    init(_ entries: [AuditEntry], asked: AuditQuestion, shown: ShownText) {
        let here = entries.prefix(Self.linesOfAPage)
        lines = here.map { Line($0, shown) }
        hasLines = !lines.isEmpty
        let filter = asked.filter
        acts = Act.Name.all.map { ActChoice(text: $0.text, words: $0.words, isHere: $0.text == filter.act) }
        actor = filter.actor ?? ""
        object = filter.object ?? ""
        request = filter.request ?? ""
        since = asked.since
        until = asked.until
        isFiltered =
            [actor, object, request, since, until, filter.act ?? ""].contains { !$0.isEmpty } || filter.before != nil
        older = entries.count > Self.linesOfAPage ? here.last.map { asked.address(before: $0.serial) } : nil
    }
}

extension AuditView.Line {
    fileprivate init(_ entry: AuditEntry, _ shown: ShownText) {
        serial = entry.serial
        at = shown.time(entry.at)
        who = entry.actor.name
        source = entry.actor.source
        act = Act.Name(text: entry.act)?.words ?? entry.act
        object = entry.change.object
        before = entry.change.before
        after = entry.change.after
        request = entry.request
    }
}
