// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Testing

@testable import DaybookStorage

@Suite("The epoch file")
struct EpochFileTests {
    private static let here = MachineIdentity(id: "0123456789abcdef", boot: "aaaaaaaa-1")

    private static func reading(_ path: String, _ machine: MachineIdentity = here) throws -> EpochFile.Reading {
        try EpochFile(path: path, machine: machine).reading
    }

    @Test("keeps the largest epoch, in place, whatever the order in which they come")
    func largest() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.epoch"
            let file = try EpochFile(path: path, machine: Self.here)
            #expect(file.reading == .missing)
            for epoch in [0, 3, 7, 5] as [Int64] { try await file.keep(epoch) }
            #expect(try Self.reading(path) == .kept(7))
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("survives a torn write: the epoch before it is kept")
    func torn() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.epoch"
            let file = try EpochFile(path: path, machine: Self.here)
            for epoch in [6, 7] as [Int64] { try await file.keep(epoch) }
            let handle = try #require(FileHandle(forUpdatingAtPath: path))
            try handle.seek(toOffset: UInt64(EpochFile.slotSize + 20))
            try handle.write(contentsOf: Data("torn".utf8))
            try handle.close()
            #expect(try Self.reading(path) == .kept(6))
            try Data("nothing of ours".utf8).write(to: URL(fileURLWithPath: path))
            #expect(try Self.reading(path) == .missing)
        }
    }

    @Test("knows a copy of itself, another machine, and itself after the machine was started again")
    func copies() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.epoch"
            try await EpochFile(path: path, machine: Self.here).keep(4)
            #expect(try Self.reading(path, MachineIdentity(id: "0123456789abcdef", boot: "bbbbbbbb-2")) == .kept(4))
            #expect(try Self.reading(path, MachineIdentity(id: nil, boot: nil)) == .kept(4))
            #expect(try Self.reading(path, MachineIdentity(id: "fedcba9876543210", boot: nil)) == .copied(4))
            let content = try #require(FileManager.default.contents(atPath: path))
            // Beside it, and in its place, where the file system may give the same inode number out again.
            try content.write(to: URL(fileURLWithPath: path + ".copy"))
            #expect(try Self.reading(path + ".copy") == .copied(4))
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: path + ".copy", toPath: path)
            #expect(try Self.reading(path) == .copied(4))
        }
    }

    @Test("a copy becomes the file of its own place with the next epoch, also when it held a larger one")
    func adopted() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.epoch"
            try await EpochFile(path: path, machine: Self.here).keep(9)
            let other = MachineIdentity(id: "fedcba9876543210", boot: nil)
            try await EpochFile(path: path, machine: other).keep(3)
            #expect(try Self.reading(path, other) == .kept(9))
        }
    }

    @Test("a device's number counts while the machine runs, and an inode's generation always")
    func places() {
        func place(device: UInt64 = 1, inode: UInt64 = 2, generation: UInt64? = 3, boot: String = "b") -> EpochPlace {
            EpochPlace(
                device: device, inode: inode, generation: generation, machine: MachineIdentity(id: "m", boot: boot))
        }
        #expect(place().isSame(as: place()))
        #expect(!place().isSame(as: place(device: 9)))
        #expect(place().isSame(as: place(device: 9, boot: "c")))
        #expect(!place().isSame(as: place(inode: 9, boot: "c")))
        #expect(!place().isSame(as: place(generation: 9, boot: "c")))
        #expect(place().isSame(as: place(generation: nil)))
    }

    @Test(
        "is a witness against the database beside it, but not at the first start of this version",
        arguments: [
            (0, .missing, nil, nil), (5, .missing, .withoutEpochFile, nil), (5, .kept(5), nil, nil),
            (6, .kept(5), nil, nil), (5, .kept(8), .olderThanEpochFile, 3), (5, .copied(5), .copied, nil),
            (5, .copied(8), .copied, 3), (0, .copied(0), nil, nil), (0, .copied(2), .copied, 2),
        ] as [(Int64, EpochFile.Reading, RestoredCopy.Sign?, Int64?)])
    func witness(database: Int64, file: EpochFile.Reading, sign: RestoredCopy.Sign?, missing: Int64?) {
        let notice = CopyWitness.notice(databaseEpoch: database, file: file)
        #expect(notice?.sign == sign && notice?.missingEnvelopes == missing)
    }
}
