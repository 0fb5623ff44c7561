/// The three-valued truth of a condition (Kleene): `unknown` is what an answer told in bands, or not at all, leaves
/// open.
enum Truth: Hashable, Sendable, CaseIterable {
    case isFalse, unknown, isTrue

    init(_ flag: Bool) { self = flag ? .isTrue : .isFalse }

    var negated: Truth {
        switch self {
        case .isFalse: .isTrue
        case .unknown: .unknown
        case .isTrue: .isFalse
        }
    }

    /// True where all are, false where one is; nothing at all is true.
    static func all(_ truths: some Sequence<Truth>) -> Truth {
        var isOpen = false
        for truth in truths {
            if truth == .isFalse { return .isFalse }
            if truth == .unknown { isOpen = true }
        }
        return isOpen ? .unknown : .isTrue
    }

    /// True where one is, false where all are; nothing at all is false.
    static func any(_ truths: some Sequence<Truth>) -> Truth {
        var isOpen = false
        for truth in truths {
            if truth == .isTrue { return .isTrue }
            if truth == .unknown { isOpen = true }
        }
        return isOpen ? .unknown : .isFalse
    }

    /// Whether at least `count` are true.
    static func atLeast(_ count: Int, of truths: some Sequence<Truth>) -> Truth {
        var (certain, open) = (0, 0)
        for truth in truths {
            if truth == .isTrue { certain += 1 }
            if certain >= count { return .isTrue }
            if truth == .unknown { open += 1 }
        }
        return certain + open < count ? .isFalse : .unknown
    }
}
