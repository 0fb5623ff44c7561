import Exchange
import Records
import Vocabulary

/// A person or an identifier as it is drawn: its shape, what stands below it, and the room that it takes.
struct DrawnNode {
    let node: PictureNode
    let shape: NodeShape
    let firstSeen: CalendarDate
    let content: Content
    /// Below the shape.
    let captions: [Caption]
    /// The shape with its rings and captions.
    let size: (width: Double, height: Double)

    enum Content {
        case subject(RingPicture.Subject)
        case identifier(RingPicture.Identifier)
    }

    struct Caption {
        let text: String
        let style: Style

        enum Style: String {
            /// Stated and confirmed; stated but not confirmed; merely said.
            case confirmed, doubtful, plain
        }

        var width: Double { Double(text.count) * 6.1 + 10 }
    }

    static let captionHeight = 14.0
    private static let reportsShown = 2

    init(_ subject: RingPicture.Subject) {
        let ranked = subject.reports.ranked
        var captions = ranked.prefix(Self.reportsShown).map { report in
            Caption(text: report.code.text, style: report.standing == .confirmed ? .confirmed : .doubtful)
        }
        if ranked.count > Self.reportsShown {
            captions.append(Caption(text: "+\(ranked.count - Self.reportsShown) more", style: .plain))
        }
        self.init(
            subject.node, .person, firstSeen: subject.firstSeen, .subject(subject), captions,
            margin: subject.isProtected ? 7 : subject.reports.isEmpty ? 1 : 5)
    }

    /// - Parameter shown: how many persons of the picture it belongs to.
    init(_ identifier: RingPicture.Identifier, shown: Int) {
        let captions =
            identifier.degree > shown ? [Caption(text: "of \(identifier.degree) persons", style: .plain)] : []
        self.init(
            identifier.node, NodeShape(identifier.kind), firstSeen: identifier.firstSeen, .identifier(identifier),
            captions, margin: 1)
    }

    private init(
        _ node: PictureNode, _ shape: NodeShape, firstSeen: CalendarDate, _ content: Content, _ captions: [Caption],
        margin: Double
    ) {
        (self.node, self.shape, self.firstSeen, self.content) = (node, shape, firstSeen, content)
        self.captions = captions
        let widest = captions.reduce(shape.size.width + 2 * margin) { max($0, $1.width) }
        size = (widest, shape.size.height + 2 * margin + Double(captions.count) * Self.captionHeight)
    }

    /// The shape's middle, from the middle of all of it.
    var offset: Point { Point(x: 0, y: -Double(captions.count) * Self.captionHeight / 2) }

    var shades: [String] {
        switch content {
        case .subject: TimeShades.subjects
        case .identifier: TimeShades.identifiers
        }
    }

    var isDemoted: Bool { if case .identifier(let identifier) = content { identifier.isDemoted } else { false } }

    /// What a reader is told who points at it.
    var title: String {
        switch content {
        case .subject(let subject):
            let reports = subject.reports.ranked.map { ", \($0.words)" }.joined()
            return "\(node): person, seen \(subject.firstSeen) to \(subject.lastSeen)"
                + (subject.isProtected ? ", protected" : "") + (subject.newSince.map { ", new since \($0)" } ?? "")
                + reports
        case .identifier(let identifier):
            return "\(node): \(shape.words) of \(identifier.degree) persons, from \(identifier.members) members, "
                + "seen \(identifier.firstSeen) to \(identifier.lastSeen)"
                + (identifier.isDemoted ? ", too widely shared to link anybody" : "")
        }
    }
}

extension [RingPicture.Report] {
    /// What weighs most comes first.
    var ranked: [RingPicture.Report] {
        sorted { left, right in
            let (one, other) = (left.standing == .confirmed, right.standing == .confirmed)
            if one != other { return one }
            let tiers = (left.tier?.rawValue ?? 0, right.tier?.rawValue ?? 0)
            if tiers.0 != tiers.1 { return tiers.0 > tiers.1 }
            return (left.code, left.age) < (right.code, right.age)
        }
    }
}

extension RingPicture.Report {
    /// `FRD-FIRST-PARTY E3 (confirmed), 30-90d ago, 2 reporters`
    var words: String {
        let tier = tier.map { " \($0.name)" } ?? ""
        let count = reporters.map { ", \($0) \($0.text == "1" ? "reporter" : "reporters")" } ?? ""
        return "\(code)\(tier) (\(standing.rawValue)), \(age) ago\(count)"
    }
}
