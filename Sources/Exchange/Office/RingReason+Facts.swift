internal import Linkage
internal import Records
internal import Vocabulary

// Why a group is a candidate: as a discovery says it, as it is stored, and as it is told.
extension CandidateFacts.Reason {
    init(_ reason: CandidateReason) {
        switch reason {
        case .joined(let persons, let identifiers): self.init(.joined, [persons, identifiers])
        case .kindsShared(let kinds): self.init(.kindsShared, kinds.map { Int($0.rawValue) })
        case .crossLinked(let persons, let all): self.init(.crossLinked, [persons, all])
        case .denseCore(let persons): self.init(.denseCore, [persons])
        case .membersSpanned(let members): self.init(.membersSpanned, [members])
        case .spike(let week, let month, let before): self.init(.spike, [week, month, before])
        case .freshIdentities(let persons, let all): self.init(.freshIdentities, [persons, all])
        case .reportedInside(let persons): self.init(.reportedInside, [persons])
        }
    }

    private init(_ code: ReasonNumber, _ values: [Int]) {
        self.init(code: code.rawValue, values: values.map { UInt32(clamping: $0) })
    }
}

/// A reason's number in stored facts.
private enum ReasonNumber: UInt8 {
    case joined = 1
    case kindsShared, crossLinked, denseCore, membersSpanned, spike, freshIdentities, reportedInside

    var code: String {
        switch self {
        case .joined: "joined"
        case .kindsShared: "kinds-shared"
        case .crossLinked: "cross-linked"
        case .denseCore: "dense-core"
        case .membersSpanned: "members-spanned"
        case .spike: "spike"
        case .freshIdentities: "fresh-identities"
        case .reportedInside: "reported-inside"
        }
    }

    /// What the values are called, in their order.
    var names: [String] {
        switch self {
        case .joined: ["persons", "identifiers"]
        case .kindsShared: []
        case .crossLinked, .freshIdentities: ["persons", "of"]
        case .denseCore, .reportedInside: ["persons"]
        case .membersSpanned: ["members"]
        case .spike: ["within7Days", "within30Days", "before"]
        }
    }

    func sentence(_ values: [Int]) -> String {
        switch self {
        case .joined: "\(values[0]) persons are joined by \(values[1]) identifiers."
        case .kindsShared: ""
        case .crossLinked: "\(values[0]) of \(values[1]) persons share two or more kinds of things with others of them."
        case .denseCore: "\(values[0]) persons make up a core that is denser than the rest."
        case .membersSpanned: "What they share was furnished by \(values[0]) members."
        case .spike: "\(values[0]) links are new within 7 days, \(values[1]) within 30; \(values[2]) are older."
        case .freshIdentities: "\(values[0]) of \(values[1]) persons were first seen lately."
        case .reportedInside: "\(values[0]) of them are reported already."
        }
    }
}

extension RingReason {
    /// `nil` for a reason of a later version of this program.
    init?(_ reason: CandidateFacts.Reason) {
        guard let number = ReasonNumber(rawValue: reason.code), let code = try? ListedName(number.code) else {
            return nil
        }
        let values = reason.values.map { Int($0) }
        if number == .kindsShared {
            let kinds = values.compactMap { UInt8(exactly: $0).flatMap(IdentifierKind.init(rawValue:)) }
            self.init(
                code: code, values: kinds.compactMap { Self.value($0.name, 1) },
                sentence: "They share things of these kinds: \(kinds.map(\.name).joined(separator: ", ")).")
            return
        }
        guard values.count >= number.names.count else { return nil }
        self.init(
            code: code, values: zip(number.names, values).compactMap { Self.value($0, $1) },
            sentence: number.sentence(values))
    }

    private static func value(_ name: String, _ number: Int) -> Value? {
        (try? ListedName(name)).map { Value($0, number) }
    }
}
