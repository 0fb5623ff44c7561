internal import NIOCore

/// One deadline of one connection, moved on with every step of a request at the price of a stored number.
///
/// The timer behind it is armed again only when it fires or when a deadline comes earlier than it. It belongs to the
/// connection's event loop and is used there alone.
struct ConnectionDeadline {
    private let eventLoop: any EventLoop
    private var due: NIODeadline?
    private var armed: (at: NIODeadline, timer: Scheduled<Void>)?

    init(on eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    /// - Parameter fire: called on the loop when the timer runs out; it must then ask `hasPassed(rearming:)`.
    mutating func set(_ duration: Duration, fire: @escaping @Sendable () -> Void) {
        set(at: .now() + TimeAmount(duration), fire: fire)
    }

    mutating func set(at due: NIODeadline, fire: @escaping @Sendable () -> Void) {
        self.due = due
        if let armed, armed.at <= due { return }
        arm(at: due, fire: fire)
    }

    /// Takes the deadline away; the timer may still fire once, for nothing.
    mutating func clear() { due = nil }

    /// Takes the timer away too: the connection is over.
    mutating func cancel() {
        due = nil
        armed?.timer.cancel()
        armed = nil
    }

    /// Whether the deadline has passed; if there is a later one, the timer waits for it.
    mutating func hasPassed(rearming fire: @escaping @Sendable () -> Void) -> Bool {
        armed = nil
        guard let due else { return false }
        if due <= .now() { return true }
        arm(at: due, fire: fire)
        return false
    }

    private mutating func arm(at deadline: NIODeadline, fire: @escaping @Sendable () -> Void) {
        armed?.timer.cancel()
        armed = (deadline, eventLoop.scheduleTask(deadline: deadline, fire))
    }
}
