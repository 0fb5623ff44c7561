import Exchange
import Records
import Vocabulary

/// The shape of a ring as an indented tree: breadth first from the reported person with most links, else from what most
/// share, and never through what links nobody; links that close a circle are named at the end of the line.
struct RingTree {
    private static let lines = 400
    /// Deeper nodes stand no further to the right.
    private static let deepest = 16
    private let picture: RingPicture
    private let neighbours: [PictureNode: [PictureNode]]
    private let names: [PictureNode: String]
    private let demoted: Set<PictureNode>

    init(_ picture: RingPicture) {
        self.picture = picture
        var neighbours: [PictureNode: Set<PictureNode>] = [:]
        for edge in picture.edges {
            neighbours[edge.subject, default: []].insert(edge.identifier)
            neighbours[edge.identifier, default: []].insert(edge.subject)
        }
        self.neighbours = neighbours.mapValues { $0.sorted() }
        var names: [PictureNode: String] = [:]
        for subject in picture.subjects { names[subject.node] = Self.name(of: subject) }
        for identifier in picture.identifiers { names[identifier.node] = Self.name(of: identifier) }
        self.names = names
        demoted = Set(picture.identifiers.filter(\.isDemoted).map(\.node))
    }

    var text: String {
        let order = roots
        var (parents, children) = ([PictureNode: PictureNode](), [PictureNode: [PictureNode]]())
        var (seen, starts) = (Set<PictureNode>(), [PictureNode]())
        for root in order where seen.insert(root).inserted {
            starts.append(root)
            var queue = [root]
            var next = 0
            while next < queue.count {
                let node = queue[next]
                next += 1
                if demoted.contains(node) { continue }
                for neighbour in neighbours[node] ?? [] where seen.insert(neighbour).inserted {
                    parents[neighbour] = node
                    children[node, default: []].append(neighbour)
                    queue.append(neighbour)
                }
            }
        }
        return Self.written(lines(from: starts, parents, children))
    }

    private func lines(
        from starts: [PictureNode], _ parents: [PictureNode: PictureNode],
        _ children: [PictureNode: [PictureNode]]
    ) -> [String] {
        var lines: [String] = []
        var stack = starts.reversed().map { (node: $0, depth: 0) }
        while let (node, depth) = stack.popLast() {
            let below = children[node] ?? []
            let others = (neighbours[node] ?? []).filter { $0 != parents[node] && !below.contains($0) }
            let also =
                others.isEmpty
                ? "" : " (also \(RingText.list(others.map(\.description), limit: 4)))"
            let indent = String(repeating: "  ", count: min(depth, Self.deepest))
            lines.append("\(indent)\(depth == 0 ? "" : "└ ")\(names[node] ?? node.description)\(also)")
            stack += below.reversed().map { ($0, depth + 1) }
        }
        return lines
    }

    private static func written(_ lines: [String]) -> String {
        let left = lines.count - Self.lines
        let shown = lines.prefix(Self.lines).map { "\($0)\n" }.joined()
        return left > 0 ? shown + "… and \(left) more\n" : shown
    }

    /// Everything, in the order in which it may begin a tree.
    private var roots: [PictureNode] {
        let links = { (node: PictureNode) in neighbours[node]?.count ?? 0 }
        let (linking, others) = (picture.identifiers.bySharing, demoted)
        let reported = picture.subjects.filter { !$0.reports.isEmpty }.map(\.node).sorted { left, right in
            (links(right), left) < (links(left), right)
        }
        let subjects = picture.subjects.map(\.node).sorted { (links($1), $0) < (links($0), $1) }
        return reported + linking.map(\.node).filter { !others.contains($0) } + subjects + others.sorted()
    }

    private static func name(of subject: RingPicture.Subject) -> String {
        let code = subject.reports.ranked.first.map { "  ! \($0.code) \($0.tier?.name ?? "")" } ?? ""
        return "\(subject.node) person\(code)\(subject.isProtected ? "  protected" : "")"
    }

    private static func name(of identifier: RingPicture.Identifier) -> String {
        let kind = NodeShape(identifier.kind).name(of: identifier.kind)
        return "\(identifier.node) \(kind) of \(identifier.degree)\(identifier.isDemoted ? ", too widely shared" : "")"
    }
}
