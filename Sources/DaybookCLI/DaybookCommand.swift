// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// `daybook`, with its subcommands.
@main
struct DaybookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daybook",
        abstract: "The accounting desk between a rental counter and QuickBooks Online.",
        discussion: """
            Settings come from flags, then from environment variables (DAYBOOK_…), then from a JSON file \
            (DAYBOOK_CONFIG), whose members have the flags' names in camel case, such as {"publicUrl": "…"}. \
            `daybook serve --help` lists them. Each command that works on a data folder takes them as well.
            """,
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, ImportCommand.self, ProfilesCommand.self, FilesCommand.self, ExportsCommand.self,
            ConnectionCommand.self,
            AccountNumbersCommand.self, AccountsCommand.self, AccountNamesCommand.self, StoresCommand.self,
            NotifyCommand.self, CustomersCommand.self,
            PeopleCommand.self,
            KeysCommand.self, AuditCommand.self, BackupCommand.self,
            RestoreCommand.self, DoctorCommand.self,
        ] + samples)

    /// Package.swift leaves their folders out of what is installed.
    private static var samples: [any ParsableCommand.Type] {
        #if INSTALLED
            []
        #else
            [SampleCommand.self, DemoCommand.self]
        #endif
    }
}
