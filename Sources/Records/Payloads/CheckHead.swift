internal import Vocabulary

/// What all checks of a batch have in common, written once; a single check has it among its own fields.
struct CheckHead {
    let consortium: String
    let member: MemberID
    let madeAt: Instant
    let purpose: Purpose
    let mode: CheckMode
    let profile: String?

    init(
        consortium: String, member: MemberID, madeAt: Instant, purpose: Purpose, mode: CheckMode, profile: String?
    ) {
        (self.consortium, self.member, self.madeAt) = (consortium, member, madeAt)
        (self.purpose, self.mode, self.profile) = (purpose, mode, profile)
    }

    init(reading reader: inout ObjectReader) throws(FieldFailure) {
        consortium = try reader.string("consortium", maximumLength: 64)
        member = try reader.parsed("member", as: MemberID.init)
        madeAt = try reader.parsed("madeAt", as: Instant.init)
        purpose = try reader.choice("purpose", purposes)
        mode = try reader.choice("mode", CheckMode.names)
        profile = try reader.optionalChoice("profile", profiles)
    }
}

/// The purposes a check may have: all but `furnish`, which is for custodians alone.
private let purposes = NameTable(Purpose.allCases.filter { $0 != .furnish }, name: \.rawValue)

/// The lists of statistics that a check may ask for, from short to long.
private let profiles = NameTable(["summary", "standard", "full"], name: \.self)
