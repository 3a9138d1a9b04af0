// SPDX-License-Identifier: Apache-2.0
import Configuration
import Foundation

/// The settings of a JSON file: an object whose members are texts, numbers, or true or false.
struct SettingsFile: Sendable {
    /// By the settings' names, without those that are null.
    let texts: [String: String]

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
        let members: [String: Member]
        do {
            members = try JSONDecoder().decode([String: Member].self, from: data)
        } catch {
            throw Self.refused(path, "this file can't be read as JSON, or is no object of settings")
        }
        // Left out in silence, a list would leave its setting at the default: another data folder, for example.
        let wrong = members.filter { $1 == .structure }.keys.sorted()
        guard wrong.isEmpty else {
            let mistakes = wrong.map { name in
                let shown = name.unicodeScalars.filter { $0.value > 31 && $0.value != 127 }.prefix(40)
                return ConfigurationMistakes.Mistake(
                    name: "DAYBOOK_CONFIG", value: path,
                    remedy: "its member “\(String(shown))” is a list or an object; write a text, with commas between",
                    example: "/etc/daybook.json")
            }
            throw ConfigurationMistakes(list: mistakes)
        }
        texts = members.compactMapValues(\.text)
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
