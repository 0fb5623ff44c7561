/// A live edge's place in the graph; given to another edge once this one is gone.
package struct EdgeNumber: Hashable, Sendable {
    package let rawValue: UInt32

    package init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// Which component a subject is in: equal for two subjects exactly if they are in one. Good for comparison only, and
/// only until the graph's next change.
package struct ComponentLabel: Hashable, Sendable {
    package let rawValue: UInt32

    package init(_ rawValue: UInt32) { self.rawValue = rawValue }
}
