// SPDX-License-Identifier: Apache-2.0

/// One line of what `daybook doctor` says.
struct DoctorFinding: Equatable, Encodable {
    enum Grade: String, Encodable, Comparable {
        case ok, warning, problem

        static func < (one: Grade, other: Grade) -> Bool { one.rank < other.rank }

        private var rank: Int {
            switch self {
            case .ok: 0
            case .warning: 1
            case .problem: 2
            }
        }
    }

    enum Check: String, Encodable, CaseIterable {
        case configuration, disk, key, database, port, mail, intuit, clock, accounts, queue, connections, backups,
            passwords, certificate
    }

    let check: Check
    let grade: Grade
    let text: String
    /// What to do; nil where nothing is.
    let remedy: String?

    static func ok(_ check: Check, _ text: String) -> DoctorFinding {
        DoctorFinding(check: check, grade: .ok, text: text, remedy: nil)
    }

    static func warning(_ check: Check, _ text: String, _ remedy: String?) -> DoctorFinding {
        DoctorFinding(check: check, grade: .warning, text: text, remedy: remedy)
    }

    static func problem(_ check: Check, _ text: String, _ remedy: String?) -> DoctorFinding {
        DoctorFinding(check: check, grade: .problem, text: text, remedy: remedy)
    }

    var line: String {
        let columns = [grade.rawValue, check.rawValue].map { $0.padding(to: 14) }.joined()
        return columns + ([text] + [remedy].compactMap(\.self)).joined(separator: " ")
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
