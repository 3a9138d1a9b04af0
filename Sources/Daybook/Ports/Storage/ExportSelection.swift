// SPDX-License-Identifier: Apache-2.0

package enum ExportSelection: Sendable, Equatable {
    case serials([Int64])
    /// All of one company that are in Error because of a problem, such as a missing account number or a closed period.
    case blocked(Connection.ID)
    /// All of one company that are in Error because of this problem.
    case blockedBy(Problem, Connection.ID)
    case inState(ExportState.Name)
    /// All of one company that are in Error.
    case inError(Connection.ID)
}

package struct ChangeOutcome: Sendable, Equatable {
    package enum Result: Sendable, Equatable {
        case changed(ExportState.Name)
        case refused(ExportEventRefused)
        case notThere
    }

    package let serial: Int64
    package let result: Result

    package init(serial: Int64, result: Result) {
        self.serial = serial
        self.result = result
    }
}
