// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage
import Foundation
import Testing

@Suite("Where the data key comes from")
struct KeyFileTests {
    private let key = DataKey(Array(1...32))

    private func write(_ bytes: [UInt8], _ path: String, mode: Int) throws {
        try? FileManager.default.removeItem(atPath: path)  // there is none the first time
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test("a file elsewhere is made at a first start, is used with mode 0400 and 0600, and is rotated in its place")
    func elsewhere() async throws {
        try await withFolder { parent in
            let file = KeyFile(path: parent + "/my.key", kind: .configured)
            let sealed = try await SealedFolder.make(at: parent + "/data", key: .file(file))
            #expect(!FileManager.default.fileExists(atPath: sealed.folder.keyPath))
            let (before, former) = (try await sealed.secrets(key: .file(file)), try file.read().current)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
            _ = try await sealed.use(key: .file(file)) { try await $0.rotation.rotate() }
            #expect(try file.read().current != former && file.read().former.isEmpty)
            #expect(try await sealed.secrets(key: .file(file)) == before)
            let refused = #expect(throws: KeyRefused.self) {
                try DataFolder.open(
                    at: sealed.folder.path, key: .file(KeyFile(path: parent + "/other.key", kind: .configured)))
            }
            #expect(refused == KeyRefused(.missing, at: .file(parent + "/other.key")))
            #expect(refused?.description.hasPrefix("The key file \(parent)/other.key is not there") == true)
            let nowhere = KeyFile(path: parent + "/nowhere/my.key", kind: .configured)
            #expect(throws: KeyRefused(.missing, at: .file(nowhere.path))) {
                try DataFolder.open(at: parent + "/fresh", key: .file(nowhere))
            }
        }
    }

    @Test("a file that others can read, that is no key or has a wrong length is refused, each in its own words")
    func refusals() async throws {
        try await withFolder { folder in
            let path = folder + "/my.key"
            let (file, whole) = (KeyFile(path: path, kind: .configured), KeyText.bytes(DataKeys(key)))
            func refused(_ bytes: [UInt8], mode: Int = 0o400) throws -> KeyRefused? {
                try write(bytes, path, mode: mode)
                return #expect(throws: KeyRefused.self) { try file.read() }
            }
            for mode in [0o440, 0o404, 0o644, 0o620] {
                let open = try refused(whole, mode: mode)
                #expect(open?.cause == .openToOthers)
                #expect(open?.description.contains("“chmod 400 \(path)”") == true)
            }
            let short = try refused(whole.dropLast(9))
            #expect(short?.cause == .wrongLength(digits: 56))
            #expect(
                short?.description.hasPrefix("The key file \(path) has a key of 56 hex digits; a Daybook key") == true)
            let heading = Array("Daybook key 1\n".utf8)
            let damaged: [[UInt8]] = [
                [], heading, Array("Daybook key 2\n".utf8) + whole.dropFirst(heading.count), [255],
            ]
            for bytes in damaged { #expect(try refused(bytes)?.cause == .unreadable) }
            #expect(try refused(whole + Array("xyz\n".utf8))?.cause == .unreadable)
            #expect(try refused(Array(repeating: 0x61, count: 2_000))?.cause == .unreadable)
            for mode in [0o400, 0o600] {
                try write(whole, path, mode: mode)
                #expect(try file.read() == DataKeys(key))
            }
        }
    }

    @Test("of a credential the group's rights are those of systemd's list; others may not read it")
    func credential() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.key"
            let file = KeyFile(path: path, kind: .credential)
            try write(KeyText.bytes(DataKeys(key)), path, mode: 0o440)
            #expect(try file.read() == DataKeys(key))
            try write(KeyText.bytes(DataKeys(key)), path, mode: 0o444)
            #expect(throws: KeyRefused(.openToOthers, at: .credential(path))) { try file.read() }
        }
    }

    @Test("the keys before the current one are read back with it, and the text of a key tells nothing of its bytes")
    func text() throws {
        let keys = DataKeys(key, former: [DataKey(Array(2...33)), key])
        #expect(try KeyText.keys(in: KeyText.bytes(keys)) == keys && keys.former.count == 1)
        var text = "\(key) "
        dump(keys, to: &text)
        #expect(!text.contains(key.bytes.hex) && !text.contains("SymmetricKey"))
    }
}
