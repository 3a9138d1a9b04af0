// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation

/// `daybook doctor`: what is wrong with an installation, and what to do about it.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the installation, one line for each thing, with the remedy.",
        discussion: """
            Settings, disk, data key, database, port, mail, Intuit's addresses, clock, account numbers, queue, connections, \
            backups, the list of refused passwords and the certificate; each is ok, a warning or a problem. It writes nothing, and works beside a running `daybook serve` or \
            without one: give it the same settings and the same user. Exits with 1 when there is a problem.
            Example: daybook doctor --json
            """)

    @OptionGroup var form: AnswerForm

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let findings = DoctorJudgement(facts: await facts()).findings
        let isWell = !findings.contains { $0.grade == .problem }
        try form.say(Answer(isWell: isWell, findings: findings), findings.map(\.line))
        if !isWell { throw ExitCode.failure }
    }

    private func facts() async -> DoctorFacts {
        do {
            return await DoctorRound(settings: try options.read()).facts()
        } catch {
            return DoctorFacts(configuration: .mistaken("\(error)"))
        }
    }

    private struct Answer: Encodable {
        let isWell: Bool
        let findings: [DoctorFinding]
    }
}
