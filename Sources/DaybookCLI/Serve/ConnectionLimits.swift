// SPDX-License-Identifier: Apache-2.0

/// How long a client may take, and how many connections it may have.
struct ConnectionLimits: Sendable, Equatable {
    /// For a request's head, for each pause in its body, and for the next request of a connection that is kept open.
    var longestSilence = Duration.seconds(30)
    /// From a request's head to the last byte of its body: one that trickles in is not silent, and holds a connection.
    ///
    /// The largest file that is taken has 32 MiB.
    var longestRequest = Duration.seconds(300)
    /// Connections of one address.
    ///
    /// A browser and a program each need a few; behind a proxy all come from one.
    var perAddress = 480
    var total = 512
}
