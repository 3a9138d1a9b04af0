// SPDX-License-Identifier: Apache-2.0
import Daybook

/// What a reset, hold or release did, in words: how many changed, and why others didn't.
struct ChangeSummary {
    let verb: ExportVerb
    let outcomes: [ChangeOutcome]

    var flash: Flash {
        let changed = outcomes.count { if case .changed = $0.result { true } else { false } }
        guard !outcomes.isEmpty else { return Flash(.bad, "Nothing was changed: no export was chosen.") }
        let message = changed == 0 ? "No export was \(verb.done)." : "\(counted(changed, "export")) \(verb.done)."
        return Flash(changed == 0 ? .bad : .good, message, details: followUps + refusals)
    }

    private var followUps: [String] {
        let looked = outcomes.count { $0.result == .changed(.checking) }
        guard looked > 0 else { return [] }
        return [
            "\(looked) of them went unanswered before: QuickBooks is asked first, so that nothing is booked twice."
        ]
    }

    /// One sentence for each cause, with the exports it concerns.
    private var refusals: [String] {
        var serials: [String: [Int64]] = [:]
        for outcome in outcomes {
            switch outcome.result {
            case .changed: continue
            case .refused(let refused): serials[refused.message, default: []].append(outcome.serial)
            case .notThere: serials["There is no such export.", default: []].append(outcome.serial)
            }
        }
        return serials.sorted { $0.key < $1.key }.map { reason, list in "\(Self.named(list)): \(reason)" }
    }

    private static func named(_ serials: [Int64]) -> String {
        let shown = serials.sorted().prefix(5).map { "#\($0)" }.joined(separator: ", ")
        let more = serials.count > 5 ? " and \(serials.count - 5) more" : ""
        return (serials.count == 1 ? "Export " : "Exports ") + shown + more
    }
}

/// What people do to exports.
enum ExportVerb: String, CaseIterable, Sendable {
    case reset, hold, release, exclude, include

    var done: String {
        switch self {
        case .reset: "reset for export"
        case .hold: "put on hold"
        case .release: "released"
        case .exclude: "excluded"
        case .include: "included again"
        }
    }

    func perform(on desk: Desk, _ selection: ExportSelection, by actor: Actor) async throws -> [ChangeOutcome] {
        switch self {
        case .reset: try await desk.queue.reset(selection, by: actor)
        case .hold: try await desk.queue.hold(selection, by: actor)
        case .release: try await desk.queue.release(selection, by: actor)
        case .exclude: try await desk.queue.exclude(selection, by: actor)
        case .include: try await desk.queue.include(selection, by: actor)
        }
    }
}
