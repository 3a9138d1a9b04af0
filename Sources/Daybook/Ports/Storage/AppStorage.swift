// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Apps at Intuit with their keys.
///
/// Its verbs are like ``Storage``'s: each is atomic, durable when it returns, and has no outside effect.
package protocol AppStorage: Sendable {
    /// All apps, by environment and Client ID.
    func apps() async throws -> [App]

    /// The app of a connection; where it has none yet, the only app there is.
    func app(of connection: Connection.ID) async throws -> App?

    /// Keeps an app's keys under its environment and Client ID; the connection, if one is named, is that
    /// app's from then on.
    func saveApp(_ app: App, for connection: Connection.ID?, by actor: Actor, at: Date) async throws

    /// Remembers that Intuit accepted one of an app's two secrets, which comes first from then on.
    ///
    /// One that is not the app's (any more) changes nothing: a person may have entered another meanwhile.
    func secretWorked(_ secret: Secret, of app: App.Key, by actor: Actor, at: Date) async throws

    /// Names the environment of apps that were stored before apps had one.
    func nameEnvironment(_ environment: Environment.Name) async throws
}
