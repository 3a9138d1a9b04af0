// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook

// Profiles that are kept, and by which files are recognized.
extension ProfilesCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the kept profiles.")

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let profiles = try await place.withProfiles { try await $0.profiles() }
            try form.say(profiles, profiles.isEmpty ? ["No profile is kept."] : profiles.map(\.line))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a kept profile as JSON, as `daybook profiles keep` takes it.")

        @Argument(help: "The profile's name.")
        var name: String

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let kept = try await place.withProfiles { try await $0.profiles() }
            guard let profile = kept.first(where: { $0.name == name }) else {
                throw CommandFailure("There is no profile “\(name)”; `daybook profiles list` shows those there are.")
            }
            print(try ProfileFile.text(of: profile))
        }
    }

    struct Keep: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a profile from a file, in the place of one with its name.",
            discussion: """
                From then on, `daybook import` knows a file by its titles.
                Example: daybook profiles keep counter.json
                """)

        @Argument(help: "A file as `daybook profiles propose` and `daybook profiles show` print it.")
        var file: String

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let profile = try ProfileFile.read(file)
            try await place.withProfiles { try await $0.keep(profile) }
            try form.say(profile, ["The profile “\(profile.name)” is kept."])
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a kept profile; what was read by it stays.")

        @Argument(help: "The profile's name.")
        var name: String

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            try await place.withProfiles { try await $0.remove(named: name) }
            try form.say(["removed": name], ["The profile “\(name)” is removed."])
        }
    }
}

extension IntakeProfile {
    fileprivate var line: String {
        let fields = constants.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }
        return ([name, shape.rawValue] + fields).joined(separator: "  ")
    }
}
