/// Why a snapshot of the graph is not used; the graph is then rebuilt from the records.
package enum SnapshotFailure: Error, Hashable, Sendable {
    /// It ends before what it announces, or goes on after it.
    case wrongLength
    /// It was written by another version of this program.
    case otherFormat
    /// Its bytes are not the ones that were written, or contradict each other.
    case damaged
}
