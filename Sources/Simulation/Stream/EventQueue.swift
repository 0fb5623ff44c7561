/// What is going to happen, the earliest first; of two at one instant, the one planned first.
///
/// A binary heap. It holds what every person, running loan and report is about to do next, never a whole year.
struct EventQueue<Action> {
    struct Item {
        /// Milliseconds since 1970 (UTC).
        let time: Int64
        let order: UInt64
        let action: Action

        func isBefore(_ other: Item) -> Bool { time == other.time ? order < other.order : time < other.time }
    }

    private var items: [Item] = []
    private var planned: UInt64 = 0

    var count: Int { items.count }

    mutating func push(_ action: Action, at time: Int64) {
        planned += 1
        items.append(Item(time: time, order: planned, action: action))
        var child = items.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard items[child].isBefore(items[parent]) else { return }
            items.swapAt(child, parent)
            child = parent
        }
    }

    mutating func pop() -> Item? {
        guard let first = items.first, let last = items.popLast() else { return nil }
        guard !items.isEmpty else { return first }
        items[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < items.count {
                if items[child].isBefore(items[least]) { least = child }
            }
            guard least != parent else { return first }
            items.swapAt(least, parent)
            parent = least
        }
    }
}
