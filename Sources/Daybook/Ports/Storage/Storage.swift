// SPDX-License-Identifier: Apache-2.0

/// All the core asks of a database: verbs, each one atomic, each named for what it is for, in one port for each client.
///
/// A verb runs as one serializable transaction (BEGIN IMMEDIATE on SQLite), is durable when it
/// returns, and has no outside effect; closures passed in may run more than once.
package protocol Storage: IntakeStorage, ExporterStorage, CopyStorage, QueueStorage, BooksStorage, ConnectionStorage,
    AppStorage, ConsentStorage
{}
