// SPDX-License-Identifier: Apache-2.0

/// How long a client may take, and how many connections it may have.
struct ConnectionLimits: Sendable, Equatable {
    /// For a request's head, for each pause in its body, and for the next request of a connection that is kept open.
    var longestSilence = Duration.seconds(30)
    /// From a request's head to the last byte of its body, so that a body that comes byte by byte does not hold a
    /// connection for ever.
    ///
    /// The largest body that is taken has 32 MiB.
    var longestRequest = Duration.seconds(300)
    /// How many connections one address may have.
    ///
    /// A browser and a program each need a few; behind a proxy all come from the proxy's address.
    var perAddress = 480
    var total = 512
}
