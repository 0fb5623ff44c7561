/// A subject's identifiers, its own ones first; the order is otherwise without meaning. Holds the graph's storage:
/// let go of it before changing the graph, or the change copies.
package struct AdjacentIdentifiers: RandomAccessCollection, Sendable {
    let entries: AdjacencyEntries
    package var startIndex: Int { 0 }
    package var endIndex: Int { entries.count }
    /// How many of them, at the front, are the subject's own.
    package var ownCount: Int { entries.ownCount }

    package subscript(position: Int) -> AdjacentIdentifier {
        let entry = entries[position]
        return AdjacentIdentifier(
            identifier: IdentifierNumber(entry.neighbour), role: entry.role, edge: EdgeNumber(entry.edge))
    }
}

/// An identifier's subjects, those first whose own it is; the order is otherwise without meaning. Holds the graph's
/// storage: let go of it before changing the graph, or the change copies.
package struct AdjacentSubjects: RandomAccessCollection, Sendable {
    let entries: AdjacencyEntries
    package var startIndex: Int { 0 }
    package var endIndex: Int { entries.count }
    /// How many of them, at the front, have the identifier as their own: its degree.
    package var ownCount: Int { entries.ownCount }

    package subscript(position: Int) -> AdjacentSubject {
        let entry = entries[position]
        return AdjacentSubject(subject: SubjectNumber(entry.neighbour), role: entry.role, edge: EdgeNumber(entry.edge))
    }
}

/// One row's entries, wherever they lie.
struct AdjacencyEntries: Sendable {
    let arena: [AdjacencyEntry]
    /// A single entry lies in its row itself.
    let inline: AdjacencyEntry
    let start: Int
    let count: Int
    let ownCount: Int

    @inline(__always)
    subscript(position: Int) -> AdjacencyEntry {
        precondition(position >= 0 && position < count, "A position beyond the neighbours.")
        return count == 1 && start < 0 ? inline : arena[start + position]
    }
}
