// SPDX-License-Identifier: Apache-2.0

/// What each target may import. Arrows only point down; a target that is not listed may not exist.
enum Floors {
    static let mayImport: [String: Set<String>] = [
        // Ground floor: the core knows Foundation and the standard library, and nothing of ours.
        "Daybook": usual,
        "HTTPTransport": usual.union(system).union([
            "HTTPTypes", "AsyncHTTPClient", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL", "NIOTLS",
        ]),
        "HTTPServing": usual.union([
            "HummingbirdCore", "HTTPTypes", "Logging", "NIOCore", "NIOHTTP1", "NIOHTTPTypes", "NIOHTTPTypesHTTP1",
            "NIOSSL", "Crypto", "CryptoExtras",
        ]),
        "CZlib": [],

        // First floor: libraries that know nothing of Daybook, and two neighbours that know nothing of each other.
        "IntuitOAuth": usual.union(["HTTPTransport", "HTTPTypes"]),
        "QuickBooks": usual.union(["HTTPTransport", "HTTPTypes"]),
        "IntuitSandbox": usual.union(["HTTPTransport", "HTTPTypes", "Crypto", "CryptoExtras"]),
        "DaybookStorage": usual.union(system).union([
            "Daybook", "GRDB", "GRDBSQLite", "Crypto", "CryptoExtras",
        ]),
        "DaybookWeb": usual.union([
            "Daybook", "CZlib", "Hummingbird", "HummingbirdCore", "Mustache", "Crypto", "HTTPTypes", "NIOCore",
        ]),

        // Second floor
        "DaybookQuickBooks": usual.union(["Daybook", "QuickBooks", "IntuitOAuth", "HTTPTransport", "HTTPTypes"]),
        "DaybookNotifiers": usual.union(system).union(["Daybook", "HTTPTransport", "HTTPTypes", "Crypto"]),
        "SandboxCLI": usual.union(system).union([
            "IntuitSandbox", "HTTPServing", "HTTPTransport", "Hummingbird", "HummingbirdCore", "ArgumentParser",
            "HTTPTypes", "ServiceLifecycle", "Logging", "NIOCore", "AsyncHTTPClient",
        ]),

        // Top floor: all of it but the sandbox, which is reached over HTTP like Intuit itself.
        "DaybookCLI": usual.union(system).union([
            "Daybook", "DaybookNotifiers", "DaybookQuickBooks", "DaybookStorage", "DaybookWeb", "IntuitOAuth",
            "QuickBooks", "HTTPServing", "HTTPTransport", "HTTPTypes", "AsyncHTTPClient", "Hummingbird",
            "HummingbirdCore", "ArgumentParser", "Configuration", "ServiceLifecycle", "UnixSignals", "Logging",
            "CoreMetrics", "NIOCore", "NIOHTTPTypes",
        ]),
    ]

    /// Where within its target a module may be imported: a second engine gets a folder beside SQLite's.
    private static let room = [
        "GRDB": "Sources/DaybookStorage/SQLite/",
        "GRDBSQLite": "Sources/DaybookStorage/SQLite/",
    ]

    private static let usual: Set<String> = ["Foundation", "Synchronization"]
    /// Descriptors, locks and queues, for targets that touch files and processes.
    private static let system: Set<String> = ["Dispatch", "Glibc", "Musl", "Darwin"]

    /// The imports of a file that its floor does not allow.
    static func violations(in file: SourceFile) -> [Violation] {
        guard let allowed = mayImport[file.target] else {
            return [Violation(file.path, line: 1, "target \(file.target) has no row in Floors.mayImport")]
        }
        let beyond = file.imports.filter { !allowed.contains($0.module) }.map { line, module in
            Violation(file.path, line: line, "\(file.target) may not import \(module) (Floors.mayImport)")
        }
        let elsewhere = file.imports.filter { allowed.contains($0.module) }.compactMap { line, module in
            room[module].flatMap { folder in
                file.path.hasPrefix(folder)
                    ? nil : Violation(file.path, line: line, "only \(folder) may import \(module) (Floors.room)")
            }
        }
        return beyond + elsewhere
    }
}
