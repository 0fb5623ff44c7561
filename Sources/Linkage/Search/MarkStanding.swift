/// What has become of the statement behind a mark, at the instant of the question.
package enum MarkStanding: Hashable, Sendable {
    /// A report that stands: the family of its code and its weight, the heavier the graver.
    case confirmed(family: UInt8, weight: UInt8)
    /// A report that is disputed or not confirmed: it is told, and never confirms.
    case suspended
    /// A marker that protects the subject: risk does not pass through it.
    case protective
    /// Retracted or expired: as if it had never been.
    case gone
}

extension MarkStanding {
    /// Confirmed before suspended, the heavier first, then by family: the order in which reports are told.
    var order: Int {
        switch self {
        case .confirmed(let family, let weight): (255 - Int(weight)) << 8 | Int(family)
        case .suspended: 1 << 16
        case .protective: 2 << 16
        case .gone: 3 << 16
        }
    }

    var isConfirmed: Bool { order < 1 << 16 }
}
