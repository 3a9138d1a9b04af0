// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Configuration

/// Where the data folder is, where its data key comes from, and where else settings are.
struct DataFolderOptions: ParsableArguments {
    @Option(help: "Where Daybook keeps its data (DAYBOOK_DATA_DIR; default ~/.local/share/daybook).")
    var dataDir: String?

    @Option(help: "A JSON file with settings (DAYBOOK_CONFIG); `daybook serve --help` lists them all.")
    var config: String?

    @Option(
        help: """
            The file with the data key, as a whole path (DAYBOOK_KEY_FILE; default: systemd's credential daybook.key where it \
            gives one, otherwise daybook.key in the data folder).
            """)
    var keyFile: String?

    @Option(
        help: """
            A command that prints the data key, run without a shell: the program's whole path, then its arguments \
            (DAYBOOK_KEY_COMMAND; default: none).
            """)
    var keyCommand: String?

    /// What was given, by the settings' names.
    var given: [(AbsoluteConfigKey, String?)] {
        [("dataDir", dataDir), ("keyFile", keyFile), ("keyCommand", keyCommand)]
    }
}
