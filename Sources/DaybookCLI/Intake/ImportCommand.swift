// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import Foundation

/// `daybook import`: files of transactions into the desk.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take transactions from files (JSON, NDJSON or CSV; - is standard input).",
        discussion: """
            All or nothing: one mistake or conflict, and nothing is taken; every mistake is listed with line, field, \
            value and remedy. --partial takes the good rows all the same. Importing a file twice changes nothing.
            When a `daybook serve` works in the data folder, the files go through it.
            Example: daybook import monday.csv --dry-run
            """)

    @Argument(help: "Files to take.")
    var files: [String]

    @Flag(help: "Only say what would happen.")
    var dryRun = false

    @Flag(help: "Take the good rows although others have mistakes.")
    var partial = false

    @Option(help: "json, ndjson or csv; otherwise the file's name says so.")
    var format: Format?

    @Flag(name: .customLong("start-empty"), help: ConfigurationOptions.startEmptyHelp)
    var startsEmpty = false

    @OptionGroup var place: PlaceOptions
