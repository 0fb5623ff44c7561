internal import Records
package import Vocabulary

// A picture is read strictly, also by its readers: what is not known here is refused, so that nothing else is drawn,
// saved or passed on with it.
extension RingPicture {
    package init(parsing bytes: [UInt8]) throws(Problem) {
        let json: JSON
        do throws(JSONFailure) { json = try JSON(parsing: bytes) } catch { throw Problem(error) }
        do throws(FieldFailure) { try self.init(json) } catch { throw Problem(error) }
    }

    package init(_ json: JSON) throws(FieldFailure) {
        var fields = try ObjectReader(json)
        let ring = try fields.ringName("ring")
        let aliases = try Self.aliases(&fields)
        let status = try fields.choice("status", expected: "a ring's statuses", RingStatus.init(rawValue:))
        let asOf = try fields.time("asOf")
        let subjects = try fields.each("subjects", maximum: RingLimits.nodes, Subject.init(reading:))
        let identifiers = try fields.each("identifiers", maximum: RingLimits.nodes, Identifier.init(reading:))
        let edges = try fields.each("edges", maximum: RingLimits.edges, Edge.init(reading:))
        let isTruncated = try fields.flag("truncated")
        try fields.finish()
        try self.init(
            ring: ring, aliases: aliases, status: status, asOf: asOf, subjects: subjects, identifiers: identifiers,
            edges: edges, isTruncated: isTruncated)
    }

    private static func aliases(_ fields: inout ObjectReader) throws(FieldFailure) -> [RingName] {
        var aliases: [RingName] = []
        for (index, element) in try fields.array("aliases", maximum: RingLimits.aliases).enumerated() {
            guard let text = element.string, let name = try? RingName(text) else {
                throw FieldFailure(path: "aliases[\(index)]", rule: .malformed("a ring is named R-12"))
            }
            aliases.append(name)
        }
        return aliases
    }

    package var json: JSON {
        .object([
            "ring": .string(ring.description), "aliases": .strings(aliases.map(\.description)),
            "status": .string(status.rawValue), "asOf": .string(asOf.description),
            "subjects": .array(subjects.map(\.json)), "identifiers": .array(identifiers.map(\.json)),
            "edges": .array(edges.map(\.json)), "truncated": .bool(isTruncated),
        ])
    }

    /// What no field can say by itself.
    func validate() throws(FieldFailure) {
        guard subjects.count + identifiers.count <= RingLimits.nodes else {
            throw FieldFailure(path: "identifiers", rule: .tooMany(limit: RingLimits.nodes - subjects.count))
        }
        guard edges.count <= RingLimits.edges else {
            throw FieldFailure(path: "edges", rule: .tooMany(limit: RingLimits.edges))
        }
        var known: Set<PictureNode> = []
        for (index, subject) in subjects.enumerated() {
            try Self.accept(subject.node, .subject, into: &known, path: "subjects[\(index)]")
        }
        for (index, identifier) in identifiers.enumerated() {
            try Self.accept(identifier.node, .identifier, into: &known, path: "identifiers[\(index)]")
        }
        try validateEdges(between: known)
    }

    private static func accept(
        _ node: PictureNode, _ side: PictureNode.Side, into known: inout Set<PictureNode>, path: String
    ) throws(FieldFailure) {
        guard node.side == side, known.insert(node).inserted else {
            throw FieldFailure(path: "\(path).node", rule: .malformed("of the other side, or used twice"))
        }
    }

    private func validateEdges(between known: Set<PictureNode>) throws(FieldFailure) {
        struct Ends: Hashable { let subject, identifier: PictureNode, role: IdentifierRole }
        var drawn: Set<Ends> = []
        for (index, edge) in edges.enumerated() {
            let sides: [(String, PictureNode, PictureNode.Side)] = [
                ("subject", edge.subject, .subject), ("identifier", edge.identifier, .identifier),
            ]
            for (name, node, side) in sides where node.side != side || !known.contains(node) {
                throw FieldFailure(path: "edges[\(index)].\(name)", rule: .malformed("no such node in this picture"))
            }
            let edge = Ends(subject: edge.subject, identifier: edge.identifier, role: edge.role)
            guard drawn.insert(edge).inserted else {
                throw FieldFailure(path: "edges[\(index)]", rule: .malformed("the same edge stands twice"))
            }
        }
    }
}

extension RingPicture.Subject {
    init(reading fields: consuming ObjectReader) throws(FieldFailure) {
        node = try fields.node("node")
        (firstSeen, lastSeen) = try fields.span()
        reports = try fields.each("reports", maximum: RingLimits.reportsPerSubject, RingPicture.Report.init(reading:))
        isProtected = try fields.flag("protected")
        newSince = try fields.optionalDay("newSince")
        try fields.finish()
    }

    var json: JSON {
        .object([
            "node": .string(node.description), "firstSeen": .string(firstSeen.description),
            "lastSeen": .string(lastSeen.description), "reports": .array(reports.map(\.json)),
            "protected": .bool(isProtected), "newSince": .optional(newSince?.description),
        ])
    }
}

extension RingPicture.Report {
    init(reading fields: consuming ObjectReader) throws(FieldFailure) {
        code = try fields.parsed("code") { text throws(DecodingFailure) in try CodeName(text) }
        tier = try fields.optionalParsed("tier") { text throws(DecodingFailure) in
            guard let tier = EvidenceTier.allCases.first(where: { $0.name == text }) else {
                throw .malformed("not one of the tiers of evidence")
            }
            return tier
        }
        age = try fields.choice("age", expected: "the bands of age", AgeBand.init(name:))
        reporters = try fields.optionalParsed("reporters") { text throws(DecodingFailure) in try ShownBand(text) }
        standing = try fields.choice("standing", expected: "a report's standings", Standing.init(rawValue:))
        try fields.finish()
    }

    var json: JSON {
        .object([
            "code": .string(code.text), "tier": .optional(tier?.name), "age": .string(age.description),
            "reporters": .optional(reporters?.text), "standing": .string(standing.rawValue),
        ])
    }
}

extension RingPicture.Identifier {
    init(reading fields: consuming ObjectReader) throws(FieldFailure) {
        node = try fields.node("node")
        kind = try fields.choice("kind", expected: "the kinds of identifiers", IdentifierKind.init(name:))
        degree = try fields.count("degree")
        members = try fields.count("members")
        isDemoted = try fields.flag("demoted")
        (firstSeen, lastSeen) = try fields.span()
        try fields.finish()
    }

    var json: JSON {
        .object([
            "node": .string(node.description), "kind": .string(kind.name), "degree": .number(degree),
            "members": .number(members), "demoted": .bool(isDemoted), "firstSeen": .string(firstSeen.description),
            "lastSeen": .string(lastSeen.description),
        ])
    }
}

extension RingPicture.Edge {
    init(reading fields: consuming ObjectReader) throws(FieldFailure) {
        subject = try fields.node("subject")
        identifier = try fields.node("identifier")
        role = try fields.choice("role", expected: "the roles of identifiers", IdentifierRole.init(name:))
        members = try fields.count("members", from: 1)
        (firstSeen, lastSeen) = try fields.span()
        try fields.finish()
    }

    var json: JSON {
        .object([
            "subject": .string(subject.description), "identifier": .string(identifier.description),
            "role": .string(role.name), "members": .number(members), "firstSeen": .string(firstSeen.description),
            "lastSeen": .string(lastSeen.description),
        ])
    }
}

extension ObjectReader {
    fileprivate mutating func node(_ name: String) throws(FieldFailure) -> PictureNode {
        try parsed(name) { text throws(DecodingFailure) in try PictureNode(text) }
    }

    /// When first and when last.
    fileprivate mutating func span() throws(FieldFailure) -> (CalendarDate, CalendarDate) {
        let (first, last) = (try day("firstSeen"), try day("lastSeen"))
        guard first <= last else { throw failure("lastSeen", .malformed("before the first")) }
        return (first, last)
    }
}
