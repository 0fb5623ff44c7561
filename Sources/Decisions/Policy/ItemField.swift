internal import Vocabulary

/// The lists in an answer whose elements a policy asks about.
enum ItemList: String, Hashable, Sendable, CaseIterable {
    case signal, finding, linkage, connection, ring, duplicate

    /// Its name in the plural.
    var plural: String { self == .linkage ? "linkage" : rawValue + "s" }

    /// Its elements in an answer; `nil` where the answer does not say.
    func elements(in answer: JSON) -> [JSON]? {
        switch self {
        case .signal, .finding, .linkage, .duplicate: answer[plural]?.array
        case .connection: answer["network"]?["reports"]?.array
        // There is one or none: a list is what a policy can ask about.
        case .ring: answer["network"]?["ring"].map { $0 == .null ? [] : [$0] }
        }
    }

    /// The member that names an element.
    var namingMember: String {
        switch self {
        case .signal, .finding, .duplicate: "code"
        case .linkage: "kind"
        case .connection: "family"
        case .ring: "status"
        }
    }

    /// By its name in the singular or in the plural.
    init?(word: String) {
        guard let list = Self.allCases.first(where: { $0.rawValue == word || $0.plural == word }) else { return nil }
        self = list
    }

    static let named = "signal, finding, linkage, connection, ring or duplicate"

    func field(named name: String) -> ItemField? { fields.first { $0.name == name } }

    var fields: [ItemField] {
        switch self {
        case .signal: ItemField.ofSignals
        case .finding: ItemField.ofFindings
        case .linkage: ItemField.ofLinkage
        case .connection: ItemField.ofConnections
        case .ring: ItemField.ofRings
        case .duplicate: ItemField.ofDuplicates
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

    private static let families = ["FRD", "CRD", "CRT", "SUS"]

    fileprivate static let ofConnections = [
        ItemField("family", .name(families)),
        ItemField("hops", .number(.exact(0...4))),
        ItemField("subjects", .number(.count)),
        ItemField("confirmed", .flag),
    ]

    fileprivate static let ofRings = [
        ItemField("status", .name(["group", "candidate", "confirmed", "reported"])),
        ItemField("subjects", .number(.count)),
        ItemField("members", .number(.count)),
        ItemField("since", .number(.days)),
    ]

    fileprivate static let ofDuplicates = [
        ItemField(
            "code",
            .name([
                "IDN-PROTECTED", "IDN-TWO-IDS", "IDN-SEVERAL-PERSONS", "IDN-SYNTHETIC", "IDN-DEVICE-MANY",
                "IDN-CARD-MANY", "IDN-CONTACT-MANY", "IDN-CONTACT-GIVEN", "IDN-AGENT-DEFAULTS", "IDN-STAFF-DEFAULTS",
            ])),
        ItemField("kind", .name(kinds), member: "kinds"),
        ItemField("otherSubjects", .number(.count)),
        ItemField("members", .number(.count)),
        ItemField("since", .number(.days), mayLack: true),
    ]
}
