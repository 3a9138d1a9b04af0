// swift-tools-version:6.2
import PackageDescription

// Every target is compiled the same way. Warnings become errors only under DAYBOOK_STRICT=1
// (`make lint`, `make test`), so that a newer compiler never breaks a newcomer's first build.
var settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]
if Context.environment["DAYBOOK_STRICT"] == "1" {
    settings.append(.treatAllWarnings(as: .error))
}

// What is installed has neither samples nor a demo: scripts/dist and the Dockerfile set DAYBOOK_INSTALLED=1, and the
// folders are not compiled then.
let isInstalled = Context.environment["DAYBOOK_INSTALLED"] == "1"
let samplesOfCounter = isInstalled ? ["Counter/Sample"] : []
let samplesOfCommands = isInstalled ? ["Demo", "Sample"] : []

// `make sanitize` names a sanitizer here, with which our own modules are built; ordinary builds have nothing of it.
// `make fuzz` names libFuzzer: our modules are then built with AddressSanitizer and count what an input reaches in
// them, by which libFuzzer chooses the next input.
let fuzzer = Context.environment["DAYBOOK_FUZZ"]
let sanitizer = fuzzer == nil ? Context.environment["DAYBOOK_SANITIZER"] : "address"
let sanitized = sanitizer.map { [LinkerSetting.unsafeFlags(["-sanitize=\($0)"])] } ?? []
let fuzzing = fuzzer.map { [LinkerSetting.unsafeFlags([$0, "-lstdc++"])] } ?? []
if let sanitizer { settings.append(.unsafeFlags(["-sanitize=\(sanitizer)"])) }
if fuzzer != nil {
    settings += [
        .define("DAYBOOK_FUZZ"),
        .unsafeFlags(["-sanitize-coverage=edge,trace-cmp,inline-8bit-counters,pc-table"]),
    ]
}

// For the modules in which tests spend their time, reading and writing JSON and rows: `make lint` and `make test`
// optimize them. Other debug builds do not, so that they are quick to make.
let optimized =
    Context.environment["DAYBOOK_STRICT"] == "1"
    ? settings + [.unsafeFlags(["-O"], .when(configuration: .debug))] : settings

let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1 = Target.Dependency.product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let logsInMemory = Target.Dependency.product(name: "InMemoryLogging", package: "swift-log")
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")

let package = Package(
    name: "daybook",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "daybook", targets: ["DaybookCLI"]),
        .executable(name: "intuit-sandbox", targets: ["SandboxCLI"]),
        .library(name: "IntuitOAuth", targets: ["IntuitOAuth", "HTTPTransport"]),
        .library(name: "QuickBooks", targets: ["QuickBooks", "HTTPTransport"]),
        .library(name: "IntuitSandbox", targets: ["IntuitSandbox", "HTTPTransport"]),
    ],
    dependencies: [
        // HTTP message types that client, server and sandbox share.
        .package(url: "https://github.com/apple/swift-http-types.git", .upToNextMinor(from: "1.8.0")),
        // The real HTTPTransport.
        .package(url: "https://github.com/swift-server/async-http-client.git", .upToNextMinor(from: "1.37.0")),
        // Byte buffers and deadlines at the edge of AsyncHTTPClient, and the moment when a handshake is over.
        .package(url: "https://github.com/apple/swift-nio.git", .upToNextMinor(from: "2.101.2")),
        // Where a request begins and ends, for the deadline of its connection; Hummingbird brings it along.
        .package(url: "https://github.com/apple/swift-nio-extras.git", .upToNextMinor(from: "1.35.2")),
        // TLS of the server; in the client, to tell a failed handshake from a cut answer.
        .package(url: "https://github.com/apple/swift-nio-ssl.git", .upToNextMinor(from: "2.37.6")),
        // SHA-256, AES-GCM sealing, HMAC, scrypt for passwords; whether a certificate and a key belong together; in the
        // sandbox RSA, for id_tokens.
        .package(url: "https://github.com/apple/swift-crypto.git", .upToNextMinor(from: "4.5.2")),
        // The web server of daybook and of intuit-sandbox.
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", .upToNextMinor(from: "2.28.1")),
        // Pages without a front-end tool chain.
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", .upToNextMinor(from: "2.1.1")),
        // SQLite, its migrations and its WAL readers. GRDBSQLite is the C library's module: values of rows and
        // parameters are passed directly, because GRDB's own row and argument types took a tenth of what posting a
        // document costs.
        .package(url: "https://github.com/groue/GRDB.swift.git", .upToNextMinor(from: "7.10.0")),
        // Commands, --help and the errors of a mistyped flag.
        .package(url: "https://github.com/apple/swift-argument-parser.git", .upToNextMinor(from: "1.8.2")),
        // Environment, file and flags as one configuration.
        .package(url: "https://github.com/apple/swift-configuration.git", .upToNextMinor(from: "1.4.0")),
        // Signals and an orderly stop of serve.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", .upToNextMinor(from: "2.13.0")),
        // Logging.
        .package(url: "https://github.com/apple/swift-log.git", .upToNextMinor(from: "1.16.2")),
        // The usual interface for counters and gauges; the backend is Daybook's own.
        .package(url: "https://github.com/apple/swift-metrics.git", .upToNextMinor(from: "2.13.0")),
    ],
    targets: [
        // Ground floor
        .target(
            name: "HTTPTransport",
            dependencies: [httpTypes, asyncHTTPClient, nioCore, nioHTTP1, nioPosix, nioSSL, nioTLS],
            swiftSettings: settings, linkerSettings: sanitized),
        .target(
            name: "HTTPServing",
            dependencies: [
                hummingbirdCore, httpTypes, logging, nioCore, nioHTTP1, nioHTTPTypes, nioHTTPTypesHTTP1, nioSSL, crypto,
                cryptoExtras,
            ],
            swiftSettings: settings),
        // Bodies packed with gzip. swift-nio-extras unpacks them too, but tears the connection down where a body is
        // damaged or too large, instead of answering, and knows neither two limits at once nor a file of several parts.
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "Daybook", exclude: samplesOfCounter, swiftSettings: optimized, linkerSettings: sanitized),

        // First floor
        .target(name: "IntuitOAuth", dependencies: ["HTTPTransport", httpTypes], swiftSettings: optimized),
        .target(name: "QuickBooks", dependencies: ["HTTPTransport", httpTypes], swiftSettings: optimized),
        .target(
            name: "IntuitSandbox", dependencies: ["HTTPTransport", httpTypes, crypto, cryptoExtras],
            swiftSettings: optimized),
        // CryptoExtras for scrypt, by which passwords are hashed: Crypto has no slow hash.
        .target(
            name: "DaybookStorage", dependencies: ["Daybook", grdb, sqlite, crypto, cryptoExtras],
            swiftSettings: optimized),
        .target(
            name: "DaybookWeb", dependencies: ["Daybook", "CZlib", hummingbird, mustache, httpTypes, crypto, nioCore],
            resources: [.embedInCode("Templates"), .embedInCode("Assets")],
            swiftSettings: settings),

        // Second floor
        .target(
            name: "DaybookQuickBooks",
            dependencies: ["Daybook", "QuickBooks", "IntuitOAuth", "HTTPTransport", httpTypes],
            swiftSettings: optimized),
        .target(
            name: "DaybookNotifiers", dependencies: ["Daybook", "HTTPTransport", httpTypes, crypto],
            swiftSettings: settings),
        .executableTarget(
            name: "SandboxCLI",
            dependencies: [
                "IntuitSandbox", "HTTPServing", "HTTPTransport", hummingbird, arguments, asyncHTTPClient, httpTypes,
                lifecycle, logging, nioCore,
            ],
            swiftSettings: settings),

        // Top floor
        .executableTarget(
            name: "DaybookCLI",
            dependencies: [
                "Daybook", "DaybookNotifiers", "DaybookQuickBooks", "DaybookStorage", "DaybookWeb", "IntuitOAuth",
                "QuickBooks", "HTTPServing", "HTTPTransport", arguments, asyncHTTPClient, configuration, hummingbird,
                httpTypes, lifecycle, logging, metrics, nioCore, nioHTTPTypes, signals,
            ],
            exclude: samplesOfCommands,
            swiftSettings: settings + (isInstalled ? [.define("INSTALLED")] : [])),

        // `make simulate`, and what it shares with the tests
        .target(
            name: "ConnectionYears",
            dependencies: [
                "Daybook", "DaybookQuickBooks", "DaybookStorage", "IntuitSandbox", "HTTPTransport", httpTypes,
            ],
            path: "Tests/ConnectionYears", swiftSettings: settings),
        .executableTarget(
            name: "simulate", dependencies: ["ConnectionYears"], path: "Tests/Simulate", swiftSettings: settings),
        // The queue alone, for `make bench ARGS=queue`
        .executableTarget(
            name: "queue-cycle", dependencies: ["Daybook", "DaybookStorage"], path: "bench/QueueCycle",
            swiftSettings: settings),
        // A program with many calls at once, for the tests of single flight over processes
        .executableTarget(
            name: "callers", dependencies: ["HTTPTransport", asyncHTTPClient, httpTypes], path: "Tests/Callers",
            swiftSettings: settings),

        // Tests mirror Sources
        .testTarget(
            name: "HTTPTransportTests",
            dependencies: ["HTTPTransport", httpTypes, asyncHTTPClient, crypto, nioCore, nioPosix, nioSSL],
            swiftSettings: settings),
        .testTarget(
            name: "HTTPServingTests",
            dependencies: [
                "HTTPServing", hummingbirdCore, httpTypes, lifecycle, logging, nioCore, nioEmbedded, nioPosix,
            ],
            swiftSettings: settings),
        .testTarget(name: "DaybookTests", dependencies: ["Daybook"], swiftSettings: settings),
        .testTarget(
            name: "IntuitOAuthTests", dependencies: ["IntuitOAuth", "IntuitSandbox", "HTTPTransport", httpTypes],
            swiftSettings: settings),
        .testTarget(
            name: "QuickBooksTests", dependencies: ["QuickBooks", "IntuitSandbox", "HTTPTransport", httpTypes],
            swiftSettings: settings),
        .testTarget(
            name: "IntuitSandboxTests",
            dependencies: ["IntuitSandbox", "HTTPTransport", httpTypes, crypto, cryptoExtras],
            swiftSettings: settings),
        .testTarget(
            name: "DaybookStorageTests", dependencies: ["DaybookStorage", "Daybook", grdb, crypto],
            swiftSettings: settings),
        .testTarget(
            name: "DaybookQuickBooksTests",
            dependencies: ["DaybookQuickBooks", "Daybook", "QuickBooks", "IntuitSandbox", "HTTPTransport", httpTypes],
            swiftSettings: settings),
        .testTarget(
            name: "DaybookNotifiersTests",
            dependencies: [
                "DaybookNotifiers", "Daybook", "DaybookStorage", "HTTPServing", "HTTPTransport", asyncHTTPClient,
                hummingbird, httpTypes, nioCore,
            ],
            exclude: ["Support/sendmail"],
            swiftSettings: settings),
        .testTarget(
            name: "DaybookWebTests",
            dependencies: [
                "DaybookWeb", "CZlib", "Daybook", "DaybookNotifiers", "DaybookStorage", "DaybookQuickBooks",
                "IntuitOAuth",
                "QuickBooks", "IntuitSandbox", "HTTPTransport", hummingbird, hummingbirdTesting, httpTypes, nioCore,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "DaybookCLITests",
            dependencies: [
                "DaybookCLI", "callers", "Daybook", "DaybookNotifiers", "DaybookStorage", "DaybookWeb", "HTTPServing",
                "HTTPTransport",
                "IntuitOAuth", "QuickBooks", arguments, asyncHTTPClient, httpTypes, hummingbird, logging, logsInMemory,
                metrics, nioCore, nioSSL,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "Daybook", "DaybookQuickBooks", "DaybookStorage", "IntuitOAuth", "QuickBooks", "IntuitSandbox",
                "HTTPTransport", httpTypes,
            ],
            swiftSettings: settings),
        // What parsers promise of any input; `make fuzz` drives the same targets. It is a target of its own because it
        // reaches into parsers of several floors.
        .testTarget(
            name: "FuzzTests",
            dependencies: [
                "Daybook", "DaybookCLI", "DaybookNotifiers", "DaybookStorage", "DaybookWeb", "CZlib", "IntuitOAuth",
                "QuickBooks", "HTTPTransport", configuration, crypto, httpTypes, hummingbird, nioCore,
            ],
            exclude: ["Corpus"], swiftSettings: settings, linkerSettings: fuzzing),
        .testTarget(name: "ClientsTests", swiftSettings: settings),
        .testTarget(
            name: "BrowserTests",
            dependencies: ["HTTPTransport", "QuickBooks", "Daybook", "DaybookStorage", asyncHTTPClient, httpTypes],
            swiftSettings: settings),
        .testTarget(name: "LayeringTests", swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

// `make fuzz` needs one test target and what it reaches into.
if fuzzer != nil {
    let others = ["IntuitSandbox", "SandboxCLI", "ConnectionYears", "simulate", "queue-cycle", "callers"]
    package.targets.removeAll { $0.type == .test && $0.name != "FuzzTests" || others.contains($0.name) }
    package.products.removeAll()
}

// The long runs of `make simulate` need one test target, optimized; building the others too would take longer than a
// run.
if Context.environment["DAYBOOK_LONG_RUNS"] == "1" {
    package.targets.removeAll { $0.type == .test && $0.name != "SimulationTests" }
}
