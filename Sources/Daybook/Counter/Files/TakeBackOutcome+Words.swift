// SPDX-License-Identifier: Apache-2.0

extension TakeBackOutcome {
    /// Why nothing was taken back, and what to do, as sentences; nil when all of it was.
    package func refusal(of file: ReceivedFile) -> String? {
        switch self {
        case .takenBack: nil
        case .sent(let count):
            """
            Nothing was taken back: \(count == 1 ? "1 export" : "\(count) exports") of “\(file.name)” \
            \(count == 1 ? "is" : "are") in QuickBooks or may be there. Exclude what was not sent yet, and correct the rest in \
            QuickBooks.
            """
        case .notTaken:
            switch file.state {
            case .takenBack: "Nothing was taken back: “\(file.name)” was taken back before."
            case .waiting: "Nothing was taken back: “\(file.name)” waits on the page Files; discard it there."
            case .taken, .refused, .discarded:
                "Nothing was taken back: nothing of “\(file.name)” was taken."
            }
        }
    }
}
