// SPDX-License-Identifier: Apache-2.0

/// How a file that somebody dropped is read.
package enum FileReading: Sendable {
    /// In one of Daybook's own formats.
    case own(IntakeFile.Format)
    case profile(IntakeProfile)
    /// Several kept profiles are for files of its titles.
    case several([IntakeProfile])
    /// No kept profile is for it; what its titles and rows tell, and what has to be asked.
    case draft(ProfileDraft)
    /// No row of it has titles that Daybook knows.
    case unknown

    /// What a person has said of how a file is read.
    package enum Wish: Sendable {
        /// By the kept profile of this name, where several are for files of its titles.
        case profile(String)
        /// In another way than before, or in one that is not kept yet.
        case answers(ProfileDraft.Answers)
    }

    /// - Parameters:
    ///   - content: All of it, or its first ``ProfileRecognition/lookedAt`` bytes.
    ///   - profiles: The kept ones.
    package init(_ content: [UInt8], name: String, profiles: [IntakeProfile], wish: Wish? = nil) {
        let start = content.prefix(ProfileRecognition.lookedAt)
        var found = ProfileRecognition.profiles(for: start, among: profiles)
        var answers = ProfileDraft.Answers()
        switch wish {
        case .profile(let name): if let named = found.first(where: { $0.name == name }) { found = [named] }
        case .answers(let said):
            answers = said
            found = []
        case nil: break
        }
        if let format = Self.ownFormat(start, name: name) {
            self = .own(format)
        } else if found.count > 1 {
            self = .several(found)
        } else if var profile = found.first {
            // A file of plain letters tells nothing of the letters in the next one.
            profile.encoding = TableSample.encoding(of: content[...], usually: profile.encoding)
            self = .profile(profile)
        } else if let draft = ProfileDraft(start, name: Self.profileName(name), answers: answers) {
            self = .draft(draft)
        } else {
            self = .unknown
        }
    }

    /// A file's content tells more than its name: JSON begins with a brace or a bracket.
    private static func ownFormat(_ start: ArraySlice<UInt8>, name: String) -> IntakeFile.Format? {
        let first = start.drop { [0xEF, 0xBB, 0xBF, 9, 10, 13, 32].contains($0) }.first
        if first == UInt8(ascii: "[") { return .json }
        if first == UInt8(ascii: "{") {
            let lines = start.split(whereSeparator: { $0 == 10 || $0 == 13 }).prefix(2)
            return lines.count == 2 && lines.allSatisfy({ $0.first == UInt8(ascii: "{") }) ? .ndjson : .json
        }
        return TableSample(start).isOwnForm ? .csv : nil
    }

    /// A daily file's name without what changes every day: `PR261116.iif` is of the profile `PR`.
    private static func profileName(_ file: String) -> String {
        let base = file.split(separator: ".").first.map(String.init) ?? file
        let name = base.split { $0.isNumber || $0 == "-" || $0 == "_" }.joined(separator: " ")
        return String((name.isEmpty ? base : name).prefix(60))
    }
}

extension TableSample {
    /// Whether its first row has the titles of Daybook's own CSV.
    fileprivate var isOwnForm: Bool {
        guard let titles = rows.first?.map({ $0.lowercased() }) else { return false }
        return CSVColumn.required.allSatisfy { titles.contains($0.name) }
            && titles.allSatisfy { title in CSVColumn.allCases.contains { $0.name == title } }
    }
}
