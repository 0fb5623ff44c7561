import Vocabulary

extension LinkageRules {
    /// Equal for equal rules, on every machine.
    var fingerprint: UInt64 {
        var sum = SnapshotSum()
        func add(_ value: UInt64) {
            for shift in stride(from: UInt64(0), to: 64, by: 8) { sum.add(UInt8(truncatingIfNeeded: value >> shift)) }
        }
        for kind in IdentifierKind.allCases {
            let rule = self[kind]
            add(rule.weight.bitPattern)
            add(UInt64(bitPattern: Int64(rule.cap)))
            add((rule.union ? 1 : 0) | (rule.forward ? 2 : 0) | (rule.corroborates ? 4 : 0))
            add(rule.days.map { UInt64(bitPattern: Int64($0)) } ?? .max)
        }
        for role in IdentifierRole.allCases {
            let rule = self[role]
            add(rule.weight.bitPattern)
            add((rule.union ? 1 : 0) | (rule.forward ? 2 : 0))
        }
        add(needsCorroboration ? 1 : 0)
        add(UInt64(bitPattern: Int64(minimumRingSubjects)))
        return sum.value
    }
}
