// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Logging

/// How the first person signs up: as long as nobody has, each start makes a link, and only this machine is served.
struct FirstAdministrator {
    private let assembly: Assembly

    init(_ assembly: Assembly) { self.assembly = assembly }

    private var hasSignedUp: Bool { assembly.desk.people?.signIn.isRequired == true }

    /// - Throws: ``ConfigurationMistakes`` when others could reach a Daybook to which nobody has signed up.
    func requireThisMachineAlone() throws {
        let listen = assembly.configuration.listen
        guard hasSignedUp || listen.isLoopback else { throw ConfigurationMistakes(list: [.tooOpen(listen)]) }
    }

    /// The line that says how to sign up; nil once somebody has.
    ///
    /// Posting does not wait for people: where the link can't be made, the log says so and the start goes on.
    func line() async -> String? {
        do {
            guard let link = try await makeLink() else {
                try assembly.folder.folder.removeFirstLink()
                return nil
            }
            let place = keep(link)
            return """
                To let others use this Daybook, make the first administrator at \(link.reveal()) (good for 3 \
                days\(place))
                """
        } catch {
            report(error)
            return nil
        }
    }

    /// Writes the link to its file.
    ///
    /// - Returns: Where it is then, as the end of a sentence; empty when the disk refuses it.
    private func keep(_ link: Secret) -> String {
        do {
            try assembly.folder.folder.keep(firstLink: link)
            return "; also in \(assembly.folder.folder.firstLinkPath)"
        } catch {
            report(error)
            return ""
        }
    }

    private func report(_ error: any Error) {
        assembly.logEvents.emitStorageTrouble(error)
        assembly.logger.warning(
            "first administrator's link not made, kept or removed", metadata: ["reason": "\(error)"])
    }

    private func makeLink() async throws -> Secret? {
        try await assembly.desk.people?.signIn.makeFirstLink().map(assembly.configuration.link)
    }
}

/// Removes the file with the first administrator's link at a sign-in: then there is an administrator.
struct FirstLinkRemoval: LogEventSink {
    let folder: DataFolder
    let next: any LogEventSink

    func emit(_ event: Daybook.LogEvent) {
        if case .signedIn = event {
            // The link is used up; a file that stays is removed at the next start.
            try? folder.removeFirstLink()
        }
        next.emit(event)
    }
}

extension DaybookConfiguration {
    /// The address that a person opens to choose a password.
    func link(_ secret: Secret) -> Secret { Secret("\(publicURL.absoluteString)/link/\(secret.reveal())") }
}
