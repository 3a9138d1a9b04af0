// SPDX-License-Identifier: Apache-2.0
import Daybook

/// An inbox folder at each of whose operations the process may end.
struct CrashingInbox: InboxFolder {
    let inner: any InboxFolder
    let plan: CrashPlan

    var path: String { inner.path }

    func files() throws -> [InboxFile] { try plan.passingAtOnce { try inner.files() } }

    func isUnchanged(_ file: InboxFile) throws -> Bool { try plan.passingAtOnce { try inner.isUnchanged(file) } }

    func copy(of file: InboxFile) throws -> any InboxContent {
        CrashingContent(inner: try plan.passingAtOnce { try inner.copy(of: file) }, plan: plan)
    }

    func isFree(_ name: String, in end: InboxEnd) throws -> Bool {
        try plan.passingAtOnce { try inner.isFree(name, in: end) }
    }

    func write(report: String, forFileNamed name: String, in end: InboxEnd) throws {
        try plan.passingAtOnce { try inner.write(report: report, forFileNamed: name, in: end) }
    }

    func move(_ file: InboxFile, to end: InboxEnd, as name: String) throws {
        try plan.passingAtOnce { try inner.move(file, to: end, as: name) }
    }
}

private struct CrashingContent: InboxContent {
    let inner: any InboxContent
    let plan: CrashPlan

    func start(limit: Int) throws -> [UInt8] { try plan.passingAtOnce { try inner.start(limit: limit) } }

    func pieces() throws -> () throws -> [UInt8]? {
        let pieces = try plan.passingAtOnce { try inner.pieces() }
        return { try plan.passingAtOnce { try pieces() } }
    }
}
