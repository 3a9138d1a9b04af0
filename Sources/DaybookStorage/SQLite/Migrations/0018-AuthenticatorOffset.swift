// SPDX-License-Identifier: Apache-2.0
/// The eighteenth schema: by how many steps of half a minute the clock of a person's authenticator app is ahead of this
/// machine's.
enum AuthenticatorOffset {
    static let statement = "ALTER TABLE people ADD COLUMN authenticator_offset INTEGER NOT NULL DEFAULT 0"
}
