/// Why a proof cannot be made or a tree not be restored.
package enum TreeFailure: Error, Equatable, Sendable {
    /// No leaf of that index, or no earlier tree of that size, in the tree asked about.
    case beyondTree
    /// Proofs from the tree without leaves say nothing and are not made.
    case emptyTree
    /// The leaves after the last full tile are more or fewer than the size says.
    case wrongTrailingCount
    /// The reader gave another tile than the one asked for, or too narrow a one.
    case wrongTile(TileAddress)
}
