/// What a listener bears from its callers (DESIGN §10). Every listener has all of them.
package struct ListenerLimits: Sendable {
    /// Connections open at once; one more is closed as soon as it is accepted.
    package var connections = 1024
    /// From a connection's start to the end of its first request's head, the TLS handshake included.
    package var headerDeadline: Duration = .seconds(10)
    /// From the end of one response to the end of the next request's head.
    package var idleTimeout: Duration = .seconds(60)
    /// From a request's head to the end of its body.
    package var bodyDeadline: Duration = .seconds(30)
    /// From a response's first byte to its last, which a caller that does not read cannot put off.
    package var responseDeadline: Duration = .seconds(30)
    /// Streamed responses at once; a further one is refused as `overloaded`.
    package var streams = 256
    /// From a streamed response's first byte to its end, which the listener then makes.
    package var streamDuration: Duration = .seconds(600)
    /// How long a streamed response is silent before a comment says that it goes on.
    package var streamKeepAlive: Duration = .seconds(15)
    /// How long one chunk of a streamed response may take to go out: a caller that does not read is cut off.
    package var streamChunkDeadline: Duration = .seconds(30)
    /// What a connection may still send, and how long, after it was refused and before it is closed.
    package var lingering: Duration = .seconds(2)
    /// How long a graceful shutdown waits for requests that are being answered.
    package var drainDeadline: Duration = .seconds(20)
    /// Of request bodies, read in part or being answered, over all connections; what would be more is refused as
    /// `overloaded`.
    package var bodyBytesInFlight = 256 << 20
    package var headerFieldBytes = 8192
    package var headerBytes = 16_384
    package var headerFieldCount = 64

    package init() {}
}
