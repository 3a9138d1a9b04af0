// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// The profile by which a file of an import is read: the one that was named, or a kept one that knows its titles.
struct KnownProfiles {
    /// A kept profile's name or a file's path.
    private let wanted: String?
    private let destination: any IntakeDestination

    init(_ wanted: String?, _ destination: any IntakeDestination) {
        self.wanted = wanted
        self.destination = destination
    }

    /// - Throws: ``CommandFailure`` when there is no such profile.
    func named() async throws -> IntakeProfile? {
        guard let wanted else { return nil }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: wanted, isDirectory: &isFolder), !isFolder.boolValue {
            return try ProfileFile.read(wanted)
        }
        let kept = try await destination.profiles()
        guard let profile = kept.first(where: { $0.name == wanted }) else {
            let names = kept.isEmpty ? "None is kept" : "Kept are \(kept.map(\.name).joined(separator: ", "))"
            throw CommandFailure("There is neither a file nor a kept profile “\(wanted)”. \(names).")
        }
        return profile
    }

    /// - Throws: ``CommandFailure`` when several kept profiles know the file's titles.
    func profile(for file: ImportFile.Opened) async throws -> IntakeProfile? {
        if let named = try await named() { return named }
        guard !["json", "ndjson", "jsonl"].contains(file.pathExtension) else { return nil }
        switch FileReading(try file.start(), name: file.name, profiles: try await destination.profiles()) {
        case .profile(let profile): return profile
        case .own, .draft, .unknown: return nil
        case .several(let profiles):
            throw CommandFailure(
                """
                Several profiles are for files like “\(file.name)”: \(profiles.map(\.name).joined(separator: ", ")). Say \
                which one with --profile.
                """)
        }
    }
}
