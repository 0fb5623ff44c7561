/// For every link of a group how many of its persons would, without one identifier of it, still be linked to anybody
/// of another household.
///
/// One depth-first search over persons and links tells it of all links at once: a link that is taken away parts from
/// the rest just those subtrees below it from which nothing leads above it. Linear in the group's pairs.
struct LinkSupport {
    /// By link.
    private(set) var counts: [Int]

    /// - Parameter homes: each person's household.
    init(of group: PersonGroup, homes: [UInt32]) {
        let search = DepthFirstSearch(group, homes: homes)
        counts = group.links.indices.map { search.supported(group.links[$0], node: group.persons.count + $0) }
    }
}

/// The households from the least to the greatest: of several as soon as they differ.
private struct HomeSpan {
    var least = UInt32.max
    var greatest = UInt32.min

    var isMixed: Bool { least < greatest }

    mutating func join(_ other: HomeSpan) {
        least = min(least, other.least)
        greatest = max(greatest, other.greatest)
    }
}

/// A node is a person, or a link counted on from the persons.
private struct DepthFirstSearch {
    private let group: PersonGroup
    private let rows: Adjacency
    /// By node: its place in the order of the search, the first place that its subtree leads to, where its subtree
    /// ends, from where it was found, and the households in its subtree.
    private var place: [Int]
    private var low: [Int]
    private var end: [Int]
    private var parent: [Int]
    private var spans: [HomeSpan]
    private var order: [Int] = []
    /// By place: the households of its component before it, and from it on.
    private var before: [HomeSpan] = []
    private var after: [HomeSpan] = []

    init(_ group: PersonGroup, homes: [UInt32]) {
        (self.group, rows) = (group, group.rows)
        let count = group.persons.count + group.links.count
        place = Array(repeating: -1, count: count)
        (low, end, parent) = (place, place, place)
        spans = homes.map { HomeSpan(least: $0, greatest: $0) }
        spans += repeatElement(HomeSpan(), count: group.links.count)
        let own = spans
        for root in homes.indices where place[root] < 0 {
            let start = order.count
            search(from: root)
            sumUp(own, from: start)
        }
    }

    private func neighbours(of node: Int) -> ArraySlice<UInt32> {
        let persons = group.persons.count
        return node < persons ? rows.neighbours(of: node) : group.links[node - persons].persons[...]
    }

    private mutating func search(from root: Int) {
        var stack: [(node: Int, rest: ArraySlice<UInt32>)] = []
        func found(_ node: Int, _ search: inout DepthFirstSearch) {
            search.place[node] = search.order.count
            search.low[node] = search.order.count
            search.order.append(node)
            stack.append((node, search.neighbours(of: node)))
        }
        found(root, &self)
        while let (node, rest) = stack.last {
            if let neighbour = rest.first {
                stack[stack.count - 1].rest.removeFirst()
                let next = Int(neighbour) + (node < group.persons.count ? group.persons.count : 0)
                if place[next] < 0 {
                    parent[next] = node
                    found(next, &self)
                } else if next != parent[node] {
                    low[node] = min(low[node], place[next])
                }
            } else {
                stack.removeLast()
                end[node] = order.count
                guard parent[node] >= 0 else { continue }
                low[parent[node]] = min(low[parent[node]], low[node])
                spans[parent[node]].join(spans[node])
            }
        }
    }

    /// - Parameter own: each node's own household.
    private mutating func sumUp(_ own: [HomeSpan], from start: Int) {
        var span = HomeSpan()
        for place in start..<order.count {
            before.append(span)
            span.join(own[order[place]])
        }
        span = HomeSpan()
        after += repeatElement(span, count: order.count - start)
        for place in (start..<order.count).reversed() {
            span.join(own[order[place]])
            after[place] = span
        }
    }

    func supported(_ link: PersonGroup.Link, node: Int) -> Int {
        var above = before[place[node]]
        // Behind its subtree the component goes on, or the next one begins.
        if end[node] < order.count, parent[order[end[node]]] >= 0 { above.join(after[end[node]]) }
        guard link.places.count == 1 else {
            above.join(spans[node])
            return above.isMixed ? link.persons.count : 0
        }
        var (count, aboveCount, child) = (0, 0, -1)
        // The first of a subtree's persons is the child itself: it comes before all that it leads to.
        for person in link.persons.map(Int.init).sorted(by: { place[$0] < place[$1] }) {
            if parent[person] == node {
                child = person
                if low[child] < place[node] { above.join(spans[child]) }
            }
            if child < 0 || low[child] < place[node] {
                aboveCount += 1
            } else if spans[child].isMixed {
                count += 1
            }
        }
        return count + (above.isMixed ? aboveCount : 0)
    }
}
