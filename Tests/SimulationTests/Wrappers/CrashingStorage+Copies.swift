// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

extension CrashingStorage {
    func notice(_ copy: CopyNotice, at: Date) async throws {
        try await plan.passing { try await inner.notice(copy, at: at) }
    }

    func restoredCopy(of connection: Connection.ID) async throws -> RestoredCopy? {
        try await plan.passing { isBlind ? nil : try await inner.restoredCopy(of: connection) }
    }

    func surveySince(_ connection: Connection.ID) async throws -> Date? {
        try await plan.passing { try await inner.surveySince(connection) }
    }

    func exports(withIDs ids: [Export.ID]) async throws -> [Export] {
        try await plan.passing { try await inner.exports(withIDs: ids) }
    }

    func connections(forCompanyOf connection: Connection.ID) async throws -> Set<Connection.ID> {
        try await plan.passing { try await inner.connections(forCompanyOf: connection) }
    }

    func documents(of ids: [Export.ID], outside connection: Connection.ID) async throws -> [DocumentElsewhere] {
        try await plan.passing { isBlind ? [] : try await inner.documents(of: ids, outside: connection) }
    }

    func storesPosting(to connection: Connection.ID) async throws -> Set<StoreNumber> {
        try await plan.passing { try await inner.storesPosting(to: connection) }
    }

    func keep(
        unknown documents: [MarkedDocument], createdSince: Date, on connection: Connection.ID, at: Date
    ) async throws {
        try await plan.passing {
            try await inner.keep(unknown: documents, createdSince: createdSince, on: connection, at: at)
        }
    }

    func toldDocuments(on connection: Connection.ID) async throws -> Set<String> {
        try await plan.passing { try await inner.toldDocuments(on: connection) }
    }

    func unknownDocuments(on connection: Connection.ID) async throws -> Set<Export.ID> {
        try await plan.passing { isBlind ? [] : try await inner.unknownDocuments(on: connection) }
    }

    func stopPosting(
        _ stop: PostingStop, on connection: Connection.ID, notice: CopyNotice, told documents: [String]
    ) async throws {
        try await plan.passing {
            try await inner.stopPosting(stop, on: connection, notice: notice, told: documents)
        }
    }

    func postingStop(of connection: Connection.ID) async throws -> PostingStop? {
        try await plan.passing { try await inner.postingStop(of: connection) }
    }

    func resumePosting(by actor: Actor, at: Date) async throws {
        try await plan.passing { try await inner.resumePosting(by: actor, at: at) }
    }
}
