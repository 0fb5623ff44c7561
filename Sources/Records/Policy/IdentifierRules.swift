package import Vocabulary

/// What a kind of identifier may do, apart from standing in a record (DESIGN §2).
package struct IdentifierRule: Hashable, Sendable {
    package let kind: IdentifierKind
    package let match: MatchPermission
    /// Whether sharing it joins subjects into a ring.
    package let union: Bool
    /// Whether a search of the graph goes on through it.
    package let forward: Bool
    /// With more distinct subjects than this the identifier is demoted: it keeps its counters and links nobody.
    package let cap: Int
    /// May be the second kind that corroborates a link, even where it may not union itself.
    package let corroborates: Bool
    /// How much sharing one says, in thousandths.
    package let weightPerMille: Int
    /// A link not seen for so many days has expired; `nil` for never. Phone numbers are given to others.
    package let linkDays: Int?
}

/// Whether one equal token of a kind shows a finding about a person.
package enum MatchPermission: UInt8, Hashable, Sendable, CaseIterable {
    case alone = 1
    /// Only with a second, different kind equal on the same subject.
    case corroborated
    case never

    static let names = NameTable(allCases)
    package var name: String { Self.names.name(of: self) }
}

/// The policy's list of identifier kinds; a kind that is not in it is not admitted.
package struct IdentifierRules: Hashable, Sendable {
    package let all: [IdentifierRule]
    /// Positions in `all` by the kind's number, so that a look-up per identifier hashes nothing.
    private let positions: [UInt8]
    private static let absent = UInt8.max

    package subscript(kind: IdentifierKind) -> IdentifierRule? {
        let position = positions[Int(kind.rawValue)]
        return position == Self.absent ? nil : all[Int(position)]
    }

    package func contains(_ kind: IdentifierKind) -> Bool { positions[Int(kind.rawValue)] != Self.absent }

    /// Reads the list as `schemas/policy/identifier-kinds.json` has it.
    package init(_ json: JSON, path: String = "identifierKinds") throws(FieldFailure) {
        guard case .array(let elements) = json else {
            throw FieldFailure(path: path, rule: .wrongType(expected: "a list"))
        }
        guard elements.count < Int(Self.absent) else {
            throw FieldFailure(path: path, rule: .tooMany(limit: Int(Self.absent) - 1))
        }
        var positions = [UInt8](repeating: Self.absent, count: 256)
        var rules: [IdentifierRule] = []
        for (index, element) in elements.enumerated() {
            let rule = try IdentifierRule(element, path: "\(path)[\(index)]")
            guard positions[Int(rule.kind.rawValue)] == Self.absent else {
                throw FieldFailure(path: "\(path)[\(index)].kind", rule: .malformed("it stands twice in the list"))
            }
            positions[Int(rule.kind.rawValue)] = UInt8(index)
            rules.append(rule)
        }
        (all, self.positions) = (rules, positions)
    }

    package var json: JSON { .array(all.map(\.json)) }
}

extension IdentifierRule {
    init(_ json: JSON, path: String) throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        kind = try reader.choice("kind", CommittedIdentifier.kinds)
        guard try reader.integer("number", in: 1...255) == Int64(kind.rawValue) else {
            throw reader.failure("number", .malformed("not the number of this kind"))
        }
        guard try reader.string("keyClass") == kind.keyClass.rawValue else {
            throw reader.failure("keyClass", .malformed("not the key class of this kind"))
        }
        match = try reader.choice("match", MatchPermission.names)
        guard let union = try reader.optionalBool("union") else { throw reader.failure("union", .missing) }
        guard let forward = try reader.optionalBool("forward") else { throw reader.failure("forward", .missing) }
        (self.union, self.forward) = (union, forward)
        cap = try reader.count("cap", atMost: 1 << 31)
        // Policies of before linkage do not have these three.
        corroborates = try reader.optionalBool("corroborates") ?? union
        weightPerMille = Int(try reader.optionalInteger("weightPerMille", in: 0...1000) ?? (union ? 1000 : 0))
        linkDays = try reader.optionalInteger("linkDays", in: 1...36_525).map { Int($0) }
        try reader.finish()
    }

    var json: JSON {
        .object([
            "kind": .string(CommittedIdentifier.kinds.name(of: kind)),
            "number": .number(kind.rawValue),
            "keyClass": .string(kind.keyClass.rawValue),
            "match": .string(match.name),
            "union": .bool(union),
            "forward": .bool(forward),
            "cap": .number(cap),
            "corroborates": .bool(corroborates),
            "weightPerMille": .number(weightPerMille),
            "linkDays": linkDays.map { .number($0) },
        ])
    }
}
