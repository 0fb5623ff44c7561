import Exchange
import Vocabulary

/// How parts of a drawing look.
enum RingStyle {
    static let sheet = """

        text { font-family: 'DejaVu Sans', Verdana, Arial, sans-serif; font-size: 11px; fill: #1c2733 }
        .page { fill: #ffffff } .panel { fill: #fafbfc; stroke: #d5dbe1 }
        .headline { font-size: 19px; font-weight: bold } .heading { font-weight: bold; font-size: 12px }
        .small { font-size: 11.5px; fill: #45525f } .label { font-size: 10.5px; font-weight: bold }
        .edge { fill: none; stroke-linecap: round }
        .shape { stroke: #33424f; stroke-width: 1.3 } .demoted { stroke-dasharray: 4 2.6; stroke-width: 1.8 }
        .ornament { fill: none; stroke: #33424f; stroke-width: 1.1 }
        .reported { fill: #ffffff; stroke: #c4161c; stroke-width: 3.4 } .doubt { stroke-dasharray: 5 3 }
        .protected { fill: #ffffff; stroke: #14794a; stroke-width: 2.2 }
        .shield { fill: #14794a; stroke: #ffffff; stroke-width: 1 }
        .new { fill: #7a2e8e; stroke: #ffffff; stroke-width: 1 }
        .badge { font-size: 8.5px; font-weight: bold; fill: #ffffff }
        .pill { stroke-width: 1 } .pill.confirmed { fill: #c4161c; stroke: #c4161c }
        .pill.doubtful { fill: #ffffff; stroke: #c4161c; stroke-dasharray: 4 2 }
        .pill.plain { fill: #ffffff; fill-opacity: .85; stroke: none }
        .caption { font-size: 9px } .caption.confirmed { fill: #ffffff; font-weight: bold }
        .caption.doubtful { fill: #a30f14; font-weight: bold } .caption.plain { fill: #45525f }
        .role { font-size: 9px; font-style: italic; stroke: #ffffff; stroke-width: 3; paint-order: stroke }

        """
}

extension RingStatus {
    var words: String {
        switch self {
        case .group: "linked persons, none reported"
        case .reported: "reported"
        case .candidate: "candidate, not decided"
        case .confirmed: "confirmed by an analyst"
        case .dismissed: "dismissed by an analyst"
        }
    }
}

extension IdentifierRole {
    var words: String {
        switch self {
        case .own: "own"
        case .contact: "contact"
        case .guarantor: "guarantor"
        case .coBorrower: "co-borrower"
        case .spouse: "spouse"
        case .workplace: "workplace"
        case .agent: "agent"
        case .staff: "staff"
        }
    }
}
