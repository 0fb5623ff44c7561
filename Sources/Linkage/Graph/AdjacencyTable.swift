/// One node's list of edges: a single entry lies in the row itself, more in a block of the arena.
struct AdjacencyRow: Sendable {
    /// Without a block the single entry's neighbour, else where the block starts.
    var first: UInt32 = 0
    /// Without a block the single entry's edge and role.
    var second: UInt32 = 0
    /// How many entries are own edges; they stand first.
    var own: UInt32 = 0
    var others: UInt32 = 0
    /// An identifier's kind, by raw value.
    var kind: UInt8 = 0
    var flags: UInt8 = 0
    /// The block holds two to this power; 0 for none.
    var blockClass: UInt8 = 0

    @inline(__always)
    var count: Int { Int(own) + Int(others) }

    /// The subject's edges stand in the dictionary of heavy subjects too.
    static let isHeavy: UInt8 = 1
    /// The subject has marks.
    static let isMarked: UInt8 = 2
    /// The identifier is demoted whatever its degree.
    static let isSeeded: UInt8 = 4
    /// The identifier has counters on the side.
    static let isHub: UInt8 = 8
}

/// The adjacency of one side: rows, and their blocks of powers of two in one arena, with a list of free ones a size.
struct AdjacencyTable: Sendable {
    private static let none = UInt32.max

    var rows: [AdjacencyRow] = []
    private(set) var arena: [AdjacencyEntry] = []
    /// By block class; a free block's first entry names the next one.
    private var free = [UInt32](repeating: AdjacencyTable.none, count: 32)

    mutating func reserve(rows: Int, entries: Int) {
        self.rows.reserveCapacity(rows)
        arena.reserveCapacity(entries)
    }

    @inline(__always)
    subscript(row: Int, position: Int) -> AdjacencyEntry {
        rows[row].blockClass == 0
            ? AdjacencyEntry(neighbour: rows[row].first, packed: rows[row].second)
            : arena[Int(rows[row].first) &+ position]
    }

    func entries(of row: Int) -> AdjacencyEntries {
        let it = rows[row]
        return AdjacencyEntries(
            arena: arena, inline: AdjacencyEntry(neighbour: it.first, packed: it.second),
            start: it.blockClass == 0 ? -1 : Int(it.first), count: it.count, ownCount: Int(it.own))
    }

    /// Where an edge to a neighbour in a role stands, by looking through the row.
    @inline(__always)
    func position(of neighbour: UInt32, roleBits: UInt32, in row: Int) -> Int? {
        let it = rows[row]
        let range = roleBits == 0 ? 0..<Int(it.own) : Int(it.own)..<it.count
        if it.blockClass == 0 {
            return !range.isEmpty && it.first == neighbour && it.second & 7 == roleBits ? 0 : nil
        }
        let start = Int(it.first)
        for position in range {
            let entry = arena[start &+ position]
            if entry.neighbour == neighbour, entry.packed & 7 == roleBits { return position }
        }
        return nil
    }

    /// - Returns: the entry's position, and the edge that made room for it, which now stands last.
    mutating func insert(_ entry: AdjacencyEntry, into row: Int) -> (position: UInt32, moved: UInt32?) {
        let count = rows[row].count
        if count == 0 && rows[row].blockClass == 0 {
            (rows[row].first, rows[row].second) = (entry.neighbour, entry.packed)
            if entry.isOwn { rows[row].own = 1 } else { rows[row].others = 1 }
            return (0, nil)
        }
        let blockClass = rows[row].blockClass
        if blockClass == 0 || count == 1 << Int(blockClass) { resize(row, to: blockClass + 1) }
        let start = Int(rows[row].first)
        guard entry.isOwn else {
            arena[start + count] = entry
            rows[row].others += 1
            return (UInt32(count), nil)
        }
        let place = Int(rows[row].own)
        rows[row].own += 1
        guard place < count else {
            arena[start + place] = entry
            return (UInt32(place), nil)
        }
        let moved = arena[start + place]
        arena[start + count] = moved
        arena[start + place] = entry
        return (UInt32(place), moved.edge)
    }

    /// Edges whose position is another after a removal.
    struct Moves {
        var first: (edge: UInt32, position: UInt32)?
        var second: (edge: UInt32, position: UInt32)?
    }

    mutating func remove(at position: Int, from row: Int) -> Moves {
        var moves = Moves()
        let (own, count) = (Int(rows[row].own), rows[row].count)
        let isOwn = position < own
        if rows[row].blockClass > 0 {
            let start = Int(rows[row].first)
            var hole = position
            if isOwn, hole != own - 1 {
                arena[start + hole] = arena[start + own - 1]
                moves.first = (arena[start + hole].edge, UInt32(hole))
                hole = own - 1
            }
            if hole != count - 1 {
                arena[start + hole] = arena[start + count - 1]
                moves.second = (arena[start + hole].edge, UInt32(hole))
            }
        }
        if isOwn { rows[row].own -= 1 } else { rows[row].others -= 1 }
        shrink(row, to: count - 1)
        return moves
    }

    /// A quarter full is small enough, so that nobody can make a large block be copied again and again.
    private mutating func shrink(_ row: Int, to count: Int) {
        let blockClass = rows[row].blockClass
        guard blockClass > 0, count <= (1 << Int(blockClass)) / 4 else { return }
        resize(row, to: blockClass == 2 || count == 0 ? 0 : blockClass - 1)
    }

    /// Moves a row's entries into a block of another size; class 0 holds one entry at most.
    private mutating func resize(_ row: Int, to blockClass: UInt8) {
        let old = rows[row]
        let count = old.count
        if blockClass == 0 {
            let entry = arena[Int(old.first)]
            (rows[row].first, rows[row].second) = (entry.neighbour, entry.packed)
        } else {
            let start = allocate(blockClass)
            if old.blockClass == 0 {
                arena[Int(start)] = AdjacencyEntry(neighbour: old.first, packed: old.second)
            } else {
                for index in 0..<count { arena[Int(start) + index] = arena[Int(old.first) + index] }
            }
            (rows[row].first, rows[row].second) = (start, 0)
        }
        rows[row].blockClass = blockClass
        guard old.blockClass > 0 else { return }
        arena[Int(old.first)].neighbour = free[Int(old.blockClass)]
        free[Int(old.blockClass)] = old.first
    }

    private mutating func allocate(_ blockClass: UInt8) -> UInt32 {
        let start = free[Int(blockClass)]
        guard start == Self.none else {
            free[Int(blockClass)] = arena[Int(start)].neighbour
            return start
        }
        let end = arena.count
        let empty = AdjacencyEntry(neighbour: 0, packed: 0)
        for _ in 0..<1 << Int(blockClass) { arena.append(empty) }
        return UInt32(end)
    }
}
