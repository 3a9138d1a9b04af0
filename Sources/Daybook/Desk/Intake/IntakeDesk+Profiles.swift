// SPDX-License-Identifier: Apache-2.0

// How files are read that are not in Daybook's own formats.
extension IntakeDesk {
    /// The kept profiles, by name.
    package func profiles() async throws -> [IntakeProfile] { try await storage.profiles() }

    /// Keeps a profile under its name, in the place of one that has it.
    ///
    /// - Throws: ``Desk/Refused`` for one by which no file can be read.
    package func keep(_ profile: IntakeProfile, by actor: Actor) async throws {
        try await act(.saveBooks, by: actor) {
            if let problem = profile.problem { throw Desk.Refused(problem) }
            try await storage.keep(profile, by: actor, at: clock.now)
        }
    }

    /// - Throws: ``Desk/Refused`` when there is none of that name.
    package func removeProfile(named name: String, by actor: Actor) async throws {
        try await act(.saveBooks, by: actor) {
            guard try await storage.removeProfile(named: name, by: actor, at: clock.now) else {
                throw Desk.Refused("There is no profile “\(name)”; `daybook profiles list` shows those there are.")
            }
        }
    }
}
