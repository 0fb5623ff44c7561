import Exchange
import Vocabulary

/// A picture with a place for everything. It depends on the picture's content alone: not on the order in which the node
/// wrote it, and on no clock and no chance.
struct RingDrawing {
    let picture: RingPicture
    let nodes: [DrawnNode]
    /// The middle of each node's shape.
    let anchors: [Point]
    /// All of each node.
    let boxes: [Box]
    let edges: [DrawnEdge]
    let shades: TimeShades
    let width: Double
    let height: Double

    init(_ picture: RingPicture) {
        self.picture = picture
        let sorted = Self.sorted(picture.edges)
        let nodes = Self.nodes(of: picture, sorted)
        let places = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.node, $0) })
        // Every edge's ends are nodes of the picture, or it would not have been read.
        let ends = sorted.map { (places[$0.subject] ?? 0, places[$0.identifier] ?? 0) }
        let layout = RingLayout(LayoutGraph(sizes: nodes.map(\.size), links: Self.links(ends)))
        let boxes = nodes.indices.map { index in
            Box(center: layout.places[index], width: nodes[index].size.width, height: nodes[index].size.height)
        }
        let anchors = nodes.indices.map { layout.places[$0] + nodes[$0].offset }
        edges = Self.edges(sorted, ends, anchors, boxes)
        (self.nodes, self.boxes, self.anchors) = (nodes, boxes, anchors)
        shades = TimeShades(RingPictureDays(nodes.map(\.firstSeen)))
        (width, height) = (layout.width, layout.height)
    }

    private static func sorted(_ edges: [RingPicture.Edge]) -> [RingPicture.Edge] {
        edges.sorted { left, right in
            (left.subject, left.identifier, left.role.rawValue) < (right.subject, right.identifier, right.role.rawValue)
        }
    }

    private static func nodes(of picture: RingPicture, _ edges: [RingPicture.Edge]) -> [DrawnNode] {
        var owners: [PictureNode: Int] = [:]
        for edge in edges where edge.role == .own { owners[edge.identifier, default: 0] += 1 }
        let subjects = picture.subjects.map { DrawnNode($0) }
        let identifiers = picture.identifiers.map { DrawnNode($0, shown: owners[$0.node] ?? 0) }
        return (subjects + identifiers).sorted { $0.node < $1.node }
    }

    /// Each pair once, whatever the roles between them.
    private static func links(_ ends: [(Int, Int)]) -> [(Int, Int)] {
        var links: [(Int, Int)] = []
        for pair in ends {
            if let last = links.last, last == pair { continue }
            links.append(pair)
        }
        return links
    }

    private static func edges(
        _ edges: [RingPicture.Edge], _ ends: [(Int, Int)], _ anchors: [Point], _ boxes: [Box]
    ) -> [DrawnEdge] {
        // What would be looked at for each edge of the largest pictures is more than it is worth.
        let isDense = edges.count * boxes.count > 4_000_000
        var lane = 0
        return edges.indices.map { index in
            let (one, other) = ends[index]
            lane = index > 0 && ends[index - 1] == ends[index] ? lane + 1 : 0
            let obstacles = isDense ? [] : boxes.indices.filter { $0 != one && $0 != other }.map { boxes[$0] }
            return DrawnEdge(edges[index], from: anchors[one], to: anchors[other], lane: lane, around: obstacles)
        }
    }
}
