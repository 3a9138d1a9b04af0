// SPDX-License-Identifier: Apache-2.0

/// The third schema: notifiers, announcements about connections, and their deliveries.
enum Warnings {
    static let statements = notifiers + announcements + deliveries + rules

    private static let notifiers = [
        // Of a removed one, address and secret are erased; the log still says where a delivery went.
        """
        CREATE TABLE notifiers (
            id INTEGER NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('email', 'webhook')),
            shown TEXT NOT NULL,
            address BLOB,
            secret BLOB,
            added_at INTEGER NOT NULL,
            added_by TEXT NOT NULL,
            removed_at INTEGER,
            CHECK ((address IS NULL) = (removed_at IS NOT NULL)),
            CHECK (secret IS NULL OR (kind = 'webhook' AND address IS NOT NULL)),
            CHECK (kind <> 'webhook' OR address IS NULL OR secret IS NOT NULL)
        )
        """
    ]

    private static let announcements = [
        """
        CREATE TABLE connection_warnings (
            connection_id INTEGER NOT NULL PRIMARY KEY REFERENCES connections (id),
            told TEXT NOT NULL
        )
        """,
        """
        CREATE TABLE announcements (
            id TEXT NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('warning', 'all-clear', 'test')),
            connection_id INTEGER REFERENCES connections (id),
            realm_id TEXT,
            company_name TEXT,
            subject TEXT,
            days INTEGER,
            cause TEXT,
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            at INTEGER NOT NULL,
            CHECK ((realm_id IS NULL) = (company_name IS NULL)),
            CHECK ((kind = 'test') = (connection_id IS NULL)),
            CHECK ((kind = 'test') = (subject IS NULL))
        )
        """,
    ]

    private static let deliveries = [
        """
        CREATE TABLE deliveries (
            serial INTEGER NOT NULL PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            announcement_id TEXT NOT NULL REFERENCES announcements (id),
            notifier_id INTEGER NOT NULL REFERENCES notifiers (id),
            state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'given-up', 'withdrawn')),
            next_at INTEGER,
            CHECK ((state = 'waiting') = (next_at IS NOT NULL)),
            UNIQUE (announcement_id, notifier_id)
        )
        """,
        "CREATE INDEX deliveries_due ON deliveries (next_at) WHERE state = 'waiting'",
        """
        CREATE TABLE delivery_attempts (
            delivery_serial INTEGER NOT NULL REFERENCES deliveries (serial),
            number INTEGER NOT NULL CHECK (number > 0),
            at INTEGER NOT NULL,
            failure TEXT,
            words TEXT,
            PRIMARY KEY (delivery_serial, number),
            CHECK (words IS NULL OR failure IS NOT NULL)
        )
        """,
    ]

    private static let rules =
        ["announcements", "delivery_attempts"].flatMap { [neverChanged($0), neverDeleted($0)] }
        + ["notifiers", "deliveries"].map(neverDeleted) + [
            """
            CREATE TRIGGER finished_delivery_stays_finished BEFORE UPDATE OF state ON deliveries
            WHEN OLD.state <> 'waiting' AND NEW.state <> OLD.state
            BEGIN SELECT RAISE(ABORT, 'a delivery that is over is not begun again'); END
            """
        ]

    private static func neverChanged(_ table: String) -> String {
        """
        CREATE TRIGGER \(table)_never_change BEFORE UPDATE ON \(table)
        BEGIN SELECT RAISE(ABORT, 'what happened stays as it was written'); END
        """
    }

    private static func neverDeleted(_ table: String) -> String {
        """
        CREATE TRIGGER \(table)_never_vanish BEFORE DELETE ON \(table)
        BEGIN SELECT RAISE(ABORT, 'what happened stays written'); END
        """
    }
}
