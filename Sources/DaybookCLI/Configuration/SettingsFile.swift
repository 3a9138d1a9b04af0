// SPDX-License-Identifier: Apache-2.0
import Configuration
import Foundation

/// The settings of a JSON file: an object whose members are texts, numbers, or true or false.
///
/// A member whose name begins with // is a note for people.
struct SettingsFile: Sendable {
    /// By the settings' names, without those that are null.
    let texts: [String: String]
    private let path: String

    /// - Throws: ``ConfigurationMistakes``.
    init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Self.refused(path, "this file can't be read")
        }
        try self.init(data, path: path)
    }

    /// - Parameter path: For the words of what is wrong.
    /// - Throws: ``ConfigurationMistakes``.
    init(_ data: Data, path: String) throws {
        self.path = path
        let members: [String: Member]
        do {
            members = try JSONDecoder().decode([String: Member].self, from: data)
        } catch {
            throw Self.refused(path, "this file can't be read as JSON, or is no object of settings")
        }
        // If a list were left out in silence, its setting would have the default: another data folder, for example.
        let wrong = members.filter { $1 == .structure }.keys.sorted()
        guard wrong.isEmpty else {
            let mistakes = wrong.map {
                Self.mistake(path, $0, "is a list or an object; write a text, with commas between")
            }
            throw ConfigurationMistakes(list: mistakes)
        }
        texts = members.compactMapValues(\.text)
    }

    /// The members that are no settings: if a misspelled one were left out in silence, its setting would have the
    /// default.
    func mistakes(besides known: Set<String>) -> [ConfigurationMistakes.Mistake] {
        let meant = Dictionary(known.map { (Self.plain($0), $0) }) { first, _ in first }
        return texts.keys.filter { !known.contains($0) && !$0.hasPrefix("//") }.sorted().map { name in
            let remedy =
                meant[Self.plain(name)].map { "write “\($0)”" }
                ?? "`daybook serve --help` lists them, and here --public-url is “publicUrl”"
            return Self.mistake(path, name, "is no setting; \(remedy)")
        }
    }

    /// The same for `publicUrl`, `public-url`, `--PublicURL` and `DAYBOOK_PUBLIC_URL`.
    private static func plain(_ name: String) -> String {
        let letters = name.lowercased().filter(\.isLetter)
        return letters.hasPrefix("daybook") ? String(letters.dropFirst("daybook".count)) : letters
    }

    private static func mistake(_ path: String, _ member: String, _ what: String) -> ConfigurationMistakes.Mistake {
        let shown = member.unicodeScalars.filter { $0.value > 31 && $0.value != 127 }.prefix(40)
        return .init(
            name: "DAYBOOK_CONFIG", value: path, remedy: "its member “\(String(shown))” \(what)",
            example: "/etc/daybook.json")
    }

    var provider: InMemoryProvider {
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (name, text) in texts {
            values[AbsoluteConfigKey([name])] = ConfigValue(.string(text), isSecret: false)
        }
        return InMemoryProvider(name: "file", values: values)
    }

    private static func refused(_ path: String, _ remedy: String) -> ConfigurationMistakes {
        ConfigurationMistakes(list: [
            .init(name: "DAYBOOK_CONFIG", value: path, remedy: remedy, example: "/etc/daybook.json")
        ])
    }

    private enum Member: Decodable, Equatable {
        case nothing, structure
        case scalar(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .nothing
            } else if let text = try? container.decode(String.self) {
                self = .scalar(text)
            } else if let truth = try? container.decode(Bool.self) {
                self = .scalar("\(truth)")
            } else if let whole = try? container.decode(Int.self) {
                self = .scalar("\(whole)")
            } else if let number = try? container.decode(Double.self) {
                self = .scalar("\(number)")
            } else {
                self = .structure
            }
        }

        var text: String? { if case .scalar(let text) = self { text } else { nil } }
    }
}
