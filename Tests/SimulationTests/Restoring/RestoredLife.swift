// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import IntuitSandbox

/// A drain in the middle of which a backup is made, and later put back; the source then sends the whole day again.
struct RestoredLife {
    struct Result {
        let seed: UInt64
        let way: RestoreWay
        /// Documents that QuickBooks had and the restored database did not know as sent.
        var unknown = 0
        var looked = 0
        var adopted = 0
        var sent = 0
        var doubles = 0
        var lost = 0
        /// 1 when it did not go on without a person.
        var humanActs = 0
        var complaints: [String] = []
    }

    let seed: UInt64
    let way: RestoreWay
    var isBlind = false

    func live() async throws -> Result {
        let world = try World.drawn(from: seed) { plan in
            plan.usesFile = true
            plan.isBlind = isBlind
        }
        try await world.setUp()
        try await world.refuseTakenNumbers(world.plan.refusesTakenNumbers)
        try world.sandbox.setMishaps(world.plan.mishaps)
        let trade = try World.trade(seed: seed, count: 90 + Int(seed % 4) * 30)
        try await world.take(Array(trade.prefix(trade.count / 2)))
        var moments = Moments(&world.random)
        var backup: [String: Data] = [:]
        var restoredAt = 0
        let between = {
            moments.steps += 1
            // Nothing more happens, however long it is stepped: the blind one has shown what it is to show.
            if isBlind, try await world.storage.postingStop(of: World.connection) != nil {
                throw WorldIsStuck("posting was stopped for a person")
            }
            if moments.steps == moments.backup { backup = try world.backup() }
            if moments.steps == moments.moreTrade { try await world.take(Array(trade.suffix(trade.count / 2))) }
            guard moments.steps == moments.restore else { return false }
            try await world.restore(backup, by: way)
            restoredAt = world.logEvents.logEvents.count
            try await world.take(trade)
            return true
        }
        // A blind one that is stuck is stepped to the last.
        let most = isBlind ? 3_000 : 12_000
        try await world.drain(most: most, between: between)
        // The drain may be over before the moments have come.
        while moments.steps < moments.restore { _ = try await between() }
        try await world.drain(most: most, between: between)
        return try await result(world, since: restoredAt)
    }

    private func result(_ world: World, since start: Int) async throws -> Result {
        var result = Result(seed: seed, way: way)
        for notice in world.logEvents.logEvents.dropFirst(start) {
            switch notice {
            case .restoredCopy(let copy): result.unknown = max(result.unknown, copy.unknownDocuments)
            case .looked(_, let documents, let found):
                result.looked += documents
                result.adopted += found
            case .sent(_, let exports, _, _): result.sent += exports.count
            default: break
            }
        }
        let complaints = try await Judge.complaints(about: world)
        result.doubles = complaints.count { $0.contains("times in QuickBooks") || $0.contains("unknown marker") }
        result.lost = try await world.rows().count { $0.export.progress.state.name != .exported }
        result.complaints = complaints
        return result
    }
}

/// At which steps of the drain things happen.
private struct Moments {
    var steps = 0
    let backup: Int
    let moreTrade: Int
    let restore: Int

    init(_ random: inout some RandomNumberGenerator) {
        backup = Int.random(in: 1...12, using: &random)
        moreTrade = backup + Int.random(in: 1...6, using: &random)
        restore = moreTrade + Int.random(in: 1...25, using: &random)
    }
}
