package import Vocabulary

/// The name of a statistic's cell, as a policy refers to it: of the form that the catalogue's names have.
///
/// `<stage>.<split>.<kind>.<segment>.<window>.<statistic>`, `exposure.<split>.<measure>`, `stacking.<split>.<measure>`
/// or `identity.<measure>`. Whether the catalogue has such a cell, the room of the statistics knows.
package struct CellReference: Hashable, Sendable, CustomStringConvertible {
    package static let maximumBytes = 96

    package let text: String
    /// Whether the cell tells of other members, so that it is told in bands.
    package let isAboutOthers: Bool
    private let form: Form

    package init(_ text: String) throws(DecodingFailure) {
        let wrong = DecodingFailure.malformed("not the name of a cell such as exposure.others.openLenders")
        guard text.utf8.count <= Self.maximumBytes else { throw wrong }
        let words = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let first = words.first, let last = words.last, words.allSatisfy(Self.isWord) else { throw wrong }
        switch (first, words.count) {
        case ("identity", 2): isAboutOthers = true
        case ("exposure", 3), ("stacking", 3): isAboutOthers = words[1] == "others"
        case ("identity", _), ("exposure", _), ("stacking", _): throw wrong
        case (_, 6): isAboutOthers = words[1] == "others"
        default: throw wrong
        }
        guard isAboutOthers || words[1] == "own" else { throw wrong }
        form = words.count == 6 && words[2] == "disagree" ? .open : Form(of: last)
        self.text = text
    }

    package var description: String { text }

    /// Whether a rule may part the cell's values at `edge`, those below it from those at or above it, without telling
    /// more than the answer's own bands do. Cells about the asker itself are told exactly.
    ///
    /// - Parameter edge: in the cell's unit (hundredths for means, a band's number for amounts).
    package func mayPart(at edge: Int, under bands: CountBands) -> Bool {
        guard isAboutOthers else { return true }
        switch form {
        case .open: return true
        case .count: return bands.lowerBounds.contains(edge)
        case .hundredths: return edge.isMultiple(of: 100) && bands.lowerBounds.contains(edge / 100)
        case .share: return [0, 1, 25, 50, 75, 100].contains(edge)
        case .sign: return [0, 1].contains(edge)
        case .days: return edge == 0 || edge > 0 && AgeBand(days: edge) != AgeBand(days: edge - 1)
        }
    }

    private static func isWord(_ word: Substring) -> Bool {
        !word.isEmpty
            && word.utf8.allSatisfy { byte in
                (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
    }
}

extension CellReference {
    /// In what a value about others is told.
    private enum Form: Hashable, Sendable {
        case count, hundredths, days, share, sign
        /// Told as it is: what it counts is a band already, or a flag.
        case open

        init(of statistic: Substring) {
            switch statistic {
            case "amount", "maxAmount", "outstanding", "dueIn30Days", "worstBucket": self = .open
            case "meanPerActiveMonth": self = .hundredths
            case "maxGapDays", "minGapDays", "runDays": self = .days
            case "rise": self = .sign
            case _ where statistic.hasPrefix("daysSince"): self = .days
            case _ where statistic.hasPrefix("shareOf"): self = .share
            default: self = .count
            }
        }
    }
}

extension AgeBand {
    fileprivate init(days: Int) {
        let start = Instant(milliseconds: 0)
        self.init(from: start, to: start.adding(days: days))
    }
}
