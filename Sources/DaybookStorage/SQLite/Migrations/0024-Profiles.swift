// SPDX-License-Identifier: Apache-2.0

/// The twenty-fourth schema: how files are read that are not in Daybook's own formats.
enum Profiles {
    static let statements = [
        """
        CREATE TABLE profiles (
            name TEXT NOT NULL PRIMARY KEY,
            content TEXT NOT NULL,
            kept_at INTEGER NOT NULL,
            kept_by TEXT NOT NULL
        )
        """
    ]
}
