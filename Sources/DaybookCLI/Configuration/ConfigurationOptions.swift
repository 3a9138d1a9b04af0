// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Configuration
import DaybookStorage
import Foundation

/// The settings as flags: those of the data folder and those of the server.
///
/// Each flag has an environment variable, and a member in the configuration file.
protocol ConfigurationFlags: Sendable {
    var folder: DataFolderOptions { get }
    var settings: ServerOptions { get }
}

/// The flags of a command that works on a data folder.
///
/// It takes the server's settings too, but its help is about what matters to it: `daybook serve --help` lists the
/// others.
struct ConfigurationOptions: ParsableArguments, ConfigurationFlags {
    /// The help of `--start-empty`, which two commands have.
    static let startEmptyHelp: ArgumentHelp = """
        Begin with an empty database although this folder was in use before and its database is gone; every document \
        is looked up in QuickBooks before it is sent, for 30 days.
        """

    @OptionGroup var folder: DataFolderOptions
    @OptionGroup(visibility: .hidden) var settings: ServerOptions
}

/// The flags of `daybook serve`, all of them in its help.
struct ServeOptions: ParsableArguments, ConfigurationFlags {
    @OptionGroup var folder: DataFolderOptions
    @OptionGroup(title: "Settings of the server") var settings: ServerOptions
}

extension ConfigurationFlags {
    /// Flags first, then the environment, then the file.
    ///
    /// - Throws: ``ConfigurationMistakes`` with all of them.
    func read(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> DaybookConfiguration {
        let variables = EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "daybook")
        var providers: [any ConfigProvider] = [flags, variables]
        var mistakes: [ConfigurationMistakes.Mistake] = []
        if let path = folder.config ?? environment["DAYBOOK_CONFIG"].flatMap({ $0.isEmpty ? nil : $0 }) {
            let file = try SettingsFile(path: path)
            providers.append(file.provider)
            mistakes = file.mistakes(besides: names)
        }
        let reader = ConfigReader(providers: providers)
        return try ConfigurationReading(
            reader: reader, home: environment["HOME"], dataHome: environment["XDG_DATA_HOME"],
            credentials: environment["CREDENTIALS_DIRECTORY"], mistakes: mistakes
        ) {
            // What keeps the folder from being read is said when it is opened.
            try? DataFolder(path: $0).hasPeople()
        }
        .configuration()
    }

    /// The names of all settings in a file.
    private var names: Set<String> {
        Set((folder.given + settings.given).flatMap(\.0.components)).union(ConfigurationReading.withoutFlag)
    }

    private var flags: InMemoryProvider {
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (key, text) in folder.given + settings.given {
            values[key] = text.map { ConfigValue(.string($0), isSecret: false) }
        }
        return InMemoryProvider(name: "flags", values: values)
    }
}
