package import Records

/// The points of a scorecard for one person, with a reason for every point that counts.
package struct Score: Hashable, Sendable {
    /// How much data the points rest on.
    package enum Confidence: String, Hashable, Sendable, CaseIterable {
        case low, medium, high

        /// - Parameters:
        ///   - events: the asker's own, and others' as the least number in their band.
        ///   - spanDays: from the earliest event to the latest of the asker's, or of others' by the age band's least.
        init(events: Int, spanDays: Int) {
            switch min(50, 10 * events) + min(50, spanDays / 4) {
            case ..<34: self = .low
            case 34..<67: self = .medium
            default: self = .high
            }
        }
    }

    package struct Reason: Hashable, Sendable {
        package let code: CodeName
        package let points: Int
        package let cell: String
        package let labels: Labels
    }

    package let name: String
    package let version: UInt32
    package let points: Int
    package let confidence: Confidence
    /// From the one that weighs most to the one that weighs least; what gave no points is not among them.
    package let reasons: [Reason]
}
