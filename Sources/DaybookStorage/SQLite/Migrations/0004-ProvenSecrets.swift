// SPDX-License-Identifier: Apache-2.0

/// The fourth schema: whether Intuit has taken an app's secret, and Intuit's trace id of a proposed token.
enum ProvenSecrets {
    static let statements = [
        "ALTER TABLE apps ADD COLUMN secret_worked INTEGER NOT NULL DEFAULT 0 CHECK (secret_worked IN (0, 1))",
        // A grant without the right secret there is not; of two secrets nobody has noted which one it was.
        """
        UPDATE apps SET secret_worked = 1 WHERE retiring_secret IS NULL AND EXISTS (
            SELECT 1 FROM connections c WHERE c.app_id = apps.id AND c.refresh_token IS NOT NULL)
        """,
        "ALTER TABLE proposals ADD COLUMN intuit_tid TEXT",
    ]
}
