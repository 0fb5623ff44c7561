/// The lists in an answer whose elements a policy asks about.
enum ItemList: String, Hashable, Sendable, CaseIterable {
    case signal, finding, linkage

    /// The member of the answer.
    var member: String {
        switch self {
        case .signal: "signals"
        case .finding: "findings"
        case .linkage: "linkage"
        }
    }

    /// By its name in the singular or in the plural.
    init?(word: String) {
        guard let list = Self.allCases.first(where: { $0.rawValue == word || $0.member == word }) else { return nil }
        self = list
    }

    func field(named name: String) -> ItemField? { fields.first { $0.name == name } }

    var fields: [ItemField] {
        switch self {
        case .signal: ItemField.ofSignals
        case .finding: ItemField.ofFindings
        case .linkage: ItemField.ofLinkage
        }
    }
}

/// Something a policy may ask of a signal, a finding or a line of linkage.
struct ItemField: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case number(Scale)
        /// One of a rising list.
        case level([String])
        /// One or several of a closed list.
        case name([String])
        case code(CodeList)
        /// The part of the reason code before its first hyphen.
        case family
        /// A JSON flag.
        case flag
        /// True where the member has this text.
        case state(String)
    }

    enum CodeList: Hashable, Sendable { case reasons, findings }

    let name: String
    /// The member of the JSON object.
    let member: String
    let kind: Kind
    /// Whether the member is left out where there is nothing to say, so that every comparison with it is false; what is
    /// otherwise missing or null was not told, and unknown.
    let mayLack: Bool

    init(_ name: String, _ kind: Kind, member: String? = nil, mayLack: Bool = false) {
        (self.name, self.kind, self.member, self.mayLack) = (name, kind, member ?? name, mayLack)
    }

    static let levels = ["low", "medium", "high"]
    private static let effects = ["adverse", "positive", "neutral", "informational", "statistic", "protective"]
    private static let kinds = [
        "nationalID", "phone", "card", "device", "email", "address", "employer", "staff", "nameBirthDate",
        "phoneticNameBirthDate", "localityBirthDate", "streetBirthDate", "nameStreet", "nameLocality",
        "givenNameHouse", "nationalIDLocality", "nationalIDBirthDate", "namePhone",
    ]

    fileprivate static let ofSignals = [
        ItemField("code", .code(.reasons)),
        ItemField("family", .family, member: "code"),
        ItemField("effect", .name(effects)),
        ItemField("severity", .number(.exact(0...5)), mayLack: true),
        ItemField("evidence", .level(["E1", "E2", "E3", "E4"]), mayLack: true),
        ItemField("age", .number(.days)),
        ItemField("reporters", .number(.count)),
        ItemField("own", .flag),
        ItemField("disputed", .state("disputed"), member: "dispute"),
        ItemField("dispute", .name(["none", "disputed", "rejected"])),
        ItemField("reliability", .level(levels)),
        ItemField("match", .name(["exact", "possible"])),
        ItemField("role", .name(["borrower", "perpetrator", "associate", "victim"])),
        ItemField("kind", .name(kinds), member: "kinds"),
        ItemField("newerThanCheckpoint", .flag),
    ]

    static let findingCode = ItemField("code", .code(.findings))

    fileprivate static let ofFindings = [
        findingCode,
        ItemField("effect", .name(effects)),
    ]

    fileprivate static let ofLinkage = [
        ItemField("kind", .name(kinds)),
        ItemField("otherSubjects", .number(.count)),
        ItemField("members", .number(.count)),
        ItemField("since", .number(.days)),
        ItemField("demoted", .flag),
    ]
}
