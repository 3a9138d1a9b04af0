// SPDX-License-Identifier: Apache-2.0

/// The seventh schema: an environment's company has one connection.
///
/// The environment is the app's. It is written beside the company, because an index can't look it up.
enum OneConnectionPerCompany {
    static let statements =
        [
            "ALTER TABLE connections ADD COLUMN environment TEXT",
            "UPDATE connections SET environment = (SELECT environment FROM apps WHERE id = app_id)",
        ] + second
        + [
            """
            CREATE UNIQUE INDEX connections_by_company ON connections (environment, realm_id)
            WHERE environment IS NOT NULL AND realm_id IS NOT NULL
            """
        ]

    /// Where a company has two connections, the one with the newer grant stays; of two without one, the older.
    ///
    /// The other is detached: it keeps what was sent over it, its history and its company's name. Its stores and what
    /// was never sent go to the one that stays. Its grant is erased, unless something it has sent is still to be looked
    /// up, which takes a token.
    private static let second = [
        """
        CREATE TEMPORARY TABLE detached AS
        SELECT id, stays, at FROM (
            SELECT id,
                first_value(id) OVER company AS stays,
                (SELECT COALESCE(max(at), 0) FROM connection_notes) AS at
            FROM connections
            WHERE environment IS NOT NULL AND realm_id IS NOT NULL
            WINDOW company AS (PARTITION BY environment, realm_id
                ORDER BY refresh_token IS NULL, refreshed_at DESC, id)
        ) WHERE id <> stays
        """,
        """
        UPDATE stores SET connection_id = (SELECT stays FROM detached WHERE id = connection_id)
        WHERE connection_id IN (SELECT id FROM detached)
        """,
        """
        INSERT INTO export_notes (export_serial, at, text, actor)
        SELECT e.serial, d.at, 'Goes to connection ' || d.stays || ', which is for the same company.', 'update'
        FROM exports e JOIN detached d ON d.id = e.connection_id
        WHERE \(neverSent)
        """,
        """
        UPDATE exports AS e SET connection_id = (SELECT stays FROM detached d WHERE d.id = e.connection_id)
        WHERE connection_id IN (SELECT id FROM detached) AND \(neverSent)
        """,
        """
        INSERT INTO connection_notes (connection_id, at, text, actor, kind)
        SELECT id, at, 'Detached: connection ' || stays || ' is for the same company and has the newer token.', 'update',
            'disconnected'
        FROM detached
        """,
        "DELETE FROM proposals WHERE connection_id IN (SELECT id FROM detached)",
        """
        UPDATE connections SET environment = NULL, app_id = NULL, access_token = NULL, access_expires_at = NULL,
            refresh_token = NULL, previous_token_1 = NULL, previous_token_2 = NULL, refresh_token_since = NULL,
            idle_expires_at = NULL, hard_expires_at = NULL, refreshed_at = NULL, trouble_cause = NULL,
            trouble_since = NULL, trouble_tid = NULL
        WHERE id IN (SELECT id FROM detached) AND NOT EXISTS (
            SELECT 1 FROM exports e WHERE e.connection_id = connections.id AND e.state <> 'exported')
        """,
        "UPDATE connections SET environment = NULL WHERE id IN (SELECT id FROM detached)",
        "DROP TABLE detached",
    ]

    private static let neverSent = """
        e.state <> 'exported' AND NOT EXISTS (SELECT 1 FROM envelope_items i WHERE i.export_serial = e.serial)
            AND NOT EXISTS (SELECT 1 FROM exports o JOIN detached x ON x.stays = o.connection_id
                WHERE x.id = e.connection_id AND o.document_number = e.document_number)
        """
}
