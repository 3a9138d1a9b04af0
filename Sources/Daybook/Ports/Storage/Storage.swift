// SPDX-License-Identifier: Apache-2.0

/// All that the core asks of a database: atomic verbs, each named for its purpose, with a port for each client.
///
/// A verb runs as one serializable transaction (BEGIN IMMEDIATE on SQLite), is durable when it
/// returns, and has no outside effect; closures passed in may run more than once.
package protocol Storage: IntakeStorage, ExporterStorage, CopyStorage, QueueStorage, BooksStorage, ChartStorage,
    ConnectionStorage, AppStorage, ConsentStorage, AuditStorage, CustomerStorage, FileStorage
{}
