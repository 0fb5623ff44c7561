package import Vocabulary

/// A reason code's name, such as `FRD-ID-FALSE`: 3 to 32 of `A-Z 0-9 -`, from a letter.
package struct CodeName: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) throws(DecodingFailure) {
        let characters = text.utf8
        let isAllowed = characters.allSatisfy { character in
            (65...90).contains(character) || (48...57).contains(character) || character == UInt8(ascii: "-")
        }
        guard (3...32).contains(characters.count), isAllowed, let first = characters.first, first >= 65 else {
            throw .malformed("a reason code is 3 to 32 of A-Z, 0-9 and '-', from a letter")
        }
        self.text = text
    }

    package var description: String { text }
    package static func < (left: CodeName, right: CodeName) -> Bool { left.text < right.text }
}

/// One row of DOMAIN §3, as the policy has it.
package struct ReasonCode: Hashable, Sendable {
    package let name: CodeName
    package let family: CodeFamily
    package let english: String
    package let chinese: String
    /// 0 to 5; absent for what is no matter of severity.
    package let severity: UInt8?
    package let minimumTier: EvidenceTier?
    /// The member must have proof that the person who asks is the subject.
    package let needsIdentityProof: Bool
    package let retention: RetentionRule
    /// A shorter retention where the reporter states that the person was under 21; absent, the statement is refused.
    package let retentionUnderAge21: RetentionRule?
    package let effect: CodeEffect
    package let attachment: CodeAttachment
    /// The product decisions that fit the code; empty, any of them.
    package let productDecisions: [ProductDecision]

    /// Whether it is told by a marker; every other code is told by a report.
    package var isMarker: Bool { effect == .protective }
    /// Whether an answer shows it as a signal at all.
    package var isSignal: Bool { effect != .statistic }
    /// Whether it may weigh in a score.
    package var isScored: Bool { effect == .adverse || effect == .positive }
}

/// The first part of a code's name.
package enum CodeFamily: UInt8, Hashable, Sendable, CaseIterable {
    case fraud = 1
    case credit, court, suspicion, decision, victim, protection

    static let names = NameTable(allCases, name: \.name)

    package var name: String {
        switch self {
        case .fraud: "FRD"
        case .credit: "CRD"
        case .court: "CRT"
        case .suspicion: "SUS"
        case .decision: "DEC"
        case .victim: "VIC"
        case .protection: "PRO"
        }
    }
}

/// What a code does to its subject in an answer.
package enum CodeEffect: UInt8, Hashable, Sendable, CaseIterable {
    case adverse = 1
    case positive, neutral
    /// Shown, but out of the score.
    case informational
    /// Counted, never a signal.
    case statistic
    case protective

    static let names = NameTable(allCases)
    package var name: String { Self.names.name(of: self) }
}

/// What of a report's subjects the code is attached to.
package enum CodeAttachment: UInt8, Hashable, Sendable, CaseIterable {
    case subject = 1
    /// The phone, device, card or e-mail used, never the person whose name was used.
    case instrument
    case intermediary
    case staff

    static let names = NameTable(allCases)
    package var name: String { Self.names.name(of: self) }
}
