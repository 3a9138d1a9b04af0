// SPDX-License-Identifier: Apache-2.0

/// The fourth schema: whether Intuit has accepted an app's secret, and Intuit's trace id of a proposed token.
enum ProvenSecrets {
    static let statements = [
        "ALTER TABLE apps ADD COLUMN secret_worked INTEGER NOT NULL DEFAULT 0 CHECK (secret_worked IN (0, 1))",
        // A stored grant proves that the secret works; of two secrets it is not known which one does.
        """
        UPDATE apps SET secret_worked = 1 WHERE retiring_secret IS NULL AND EXISTS (
            SELECT 1 FROM connections c WHERE c.app_id = apps.id AND c.refresh_token IS NOT NULL)
        """,
        "ALTER TABLE proposals ADD COLUMN intuit_tid TEXT",
    ]
}
