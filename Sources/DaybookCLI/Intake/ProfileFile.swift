// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A profile in a JSON file.
enum ProfileFile {
    static func text(of profile: IntakeProfile) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(profile), as: UTF8.self)
    }

    /// - Throws: ``CommandFailure`` when it can't be read, is no profile, or leaves out what is needed.
    static func read(_ path: String) throws -> IntakeProfile {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("The profile “\(path)” can't be read. Check its name and your right to read it.")
        }
        let profile: IntakeProfile
        do {
            profile = try JSONDecoder().decode(IntakeProfile.self, from: data)
        } catch let error as DecodingError {
            throw CommandFailure(
                "“\(path)” is not a profile: \(words(error)). Make one with `daybook profiles propose FILE`.")
        }
        if let problem = profile.problem { throw CommandFailure(problem) }
        return profile
    }

    private static func words(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "\(key.stringValue) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "it is not JSON" : "\(context.codingPath.map(\.stringValue).joined(separator: ".")) can't be read"
        @unknown default: "it can't be read"
        }
    }
}
