// SPDX-License-Identifier: Apache-2.0

extension SandboxState {
    /// Who sits before the browser that makes this call; nil if nobody has signed in.
    func signedInUser(_ call: IncomingCall) -> SandboxUser? { people.all.first }
}
