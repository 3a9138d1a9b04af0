// SPDX-License-Identifier: Apache-2.0
import Daybook
import Synchronization

/// Keeps what the core tells, for tests that ask.
final class NoticeLog: NoticeSink {
    private let kept = Mutex<[Notice]>([])

    func emit(_ notice: Notice) { kept.withLock { $0.append(notice) } }

    var notices: [Notice] { kept.withLock { $0 } }
}
