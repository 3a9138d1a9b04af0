// SPDX-License-Identifier: Apache-2.0
import Foundation

/// All secrets of a story, and all that was written in it.
final class Hoard {
    private(set) var canaries: [String: Canary] = [:]
    private(set) var evidence: [Evidence] = []

    /// Makes a secret that is about to be put somewhere.
    func plant(_ kind: Canary.Kind, _ name: String) -> String {
        let canary = Canary.made(kind, name)
        canaries[canary.value] = canary
        return canary.value
    }

    /// Takes down a secret that somebody else made.
    func learn(_ kind: Canary.Kind, _ name: String, _ value: String) {
        guard canaries[value] == nil else { return }
        canaries[value] = Canary(kind: kind, name: name, value: value)
    }

    /// Takes down what a page or a command shows once.
    func learnPeoples(from text: String, _ name: String) {
        for match in text.matches(of: /name="seed" value="([A-Z2-7]{32})"/) { learn(.seed, name, String(match.1)) }
        for match in text.matches(of: /[a-z0-9]{4}(-[a-z0-9]{4}){6}/) { learn(.recoveryCode, name, String(match.0)) }
        for match in text.matches(of: /\/link\/([a-z0-9]{52})/) { learn(.link, name, String(match.1)) }
        for match in text.matches(of: /daybook_[a-z0-9]{52}/) { learn(.apiKey, name, String(match.0)) }
    }

    func keep(_ kind: Evidence.Kind, _ name: String, _ text: String) { keep(kind, name, Array(text.utf8)) }

    func keep(_ kind: Evidence.Kind, _ name: String, _ bytes: [UInt8]) {
        evidence.append(Evidence(kind: kind, name: name, bytes: bytes))
    }

    /// A copy of the data folder as somebody might carry it away: all of it but the key.
    func keepCopy(of folder: URL, _ when: String) throws {
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        for file in files where file.lastPathComponent != "daybook.key" {
            keep(.file, "\(file.lastPathComponent) \(when)", [UInt8](try Data(contentsOf: file)))
        }
    }

    struct Finding: Hashable, CustomStringConvertible {
        let canary: Canary
        let spelling: Spelling
        let kind: Evidence.Kind
        let place: String

        var description: String {
            "\(canary.kind.rawValue) “\(canary.name)” (\(spelling)) in \(kind.rawValue) \(place)"
        }
    }

    /// Everything that was found anywhere, the control and what is rightly there too.
    func findings() -> [(finding: Finding, rightly: Rightly?)] {
        let sieve = Sieve(canaries.values)
        return evidence.flatMap { evidence in
            sieve.catches(in: evidence.bytes).map { caught in
                let finding = Finding(
                    canary: caught.canary, spelling: caught.spelling, kind: evidence.kind, place: evidence.name)
                return (finding, Rightly.allCases.first { $0.allows(caught.canary, in: evidence) })
            }
        }
    }
}
