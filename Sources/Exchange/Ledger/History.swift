/// A value that changes as the log grows: what it is now, and what it was at any earlier size.
package struct History<Value: Hashable & Sendable>: Hashable, Sendable {
    private struct Step: Hashable, Sendable {
        /// The log index of the entry that set the value.
        let logIndex: UInt32
        var value: Value
    }

    private var steps: [Step]

    package init(_ value: Value, at logIndex: UInt32) { steps = [Step(logIndex: logIndex, value: value)] }

    package var current: Value { steps[steps.count - 1].value }

    /// The value when the log held `size` entries; `nil` before it was first set.
    package func value(at size: UInt32) -> Value? { steps.last { $0.logIndex < size }?.value }

    package mutating func change(at logIndex: UInt32, _ body: (inout Value) -> Void) {
        var value = current
        body(&value)
        if steps[steps.count - 1].logIndex == logIndex {
            steps[steps.count - 1].value = value
        } else {
            steps.append(Step(logIndex: logIndex, value: value))
        }
    }
}
