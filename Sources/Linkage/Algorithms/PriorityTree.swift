/// The smallest of a fixed number of priorities, which may change: a tournament in a flat array.
///
/// Of equal priorities the smallest index wins, so that whoever takes from it is deterministic.
struct PriorityTree {
    private let leaves: Int
    private var priorities: [Double]
    /// Heap-ordered: node `i` holds the winner of `2i` and `2i + 1`.
    private var winners: [UInt32]

    init(_ priorities: [Double]) {
        var leaves = 1
        while leaves < priorities.count { leaves *= 2 }
        self.leaves = leaves
        self.priorities = priorities + Array(repeating: .infinity, count: leaves - priorities.count)
        winners = Array(repeating: 0, count: 2 * leaves)
        for leaf in 0..<leaves { winners[leaves + leaf] = UInt32(leaf) }
        for node in stride(from: leaves - 1, through: 1, by: -1) { settle(node) }
    }

    /// The index of the smallest priority; it is infinite when everything was removed.
    var smallest: (index: Int, priority: Double) {
        let index = Int(winners[1])
        return (index, priorities[index])
    }

    subscript(index: Int) -> Double {
        get { priorities[index] }
        set {
            priorities[index] = newValue
            var node = (leaves + index) / 2
            while node >= 1 {
                settle(node)
                node /= 2
            }
        }
    }

    mutating func remove(_ index: Int) { self[index] = .infinity }

    private mutating func settle(_ node: Int) {
        let (left, right) = (winners[2 * node], winners[2 * node + 1])
        winners[node] = priorities[Int(right)] < priorities[Int(left)] ? right : left
    }
}
