package import Vocabulary

extension Policy {
    /// Reads the registry's policy object; unknown fields are refused, so that no rule is silently left out.
    package init(_ json: JSON, path: String = "policy") throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        version = UInt32(try reader.integer("version", in: 1...Int64(UInt32.max)))
        currency = try reader.parsed("currency", as: currencyCode)
        timeZone = try PolicyTimeZone(reading: try reader.object("timeZone"))
        reasonCodes = try ReasonCodes(try reader.required("reasonCodes"), path: reader.path(of: "reasonCodes"))
        identifierKinds = try IdentifierRules(
            try reader.required("identifierKinds"), path: reader.path(of: "identifierKinds"))
        evidence = try EvidenceRules(reading: try reader.object("evidence"))
        products = try reader.parsedList("products", maximum: 64, as: ListedName.init)
        memberClasses = try reader.list("memberClasses", maximum: 32, each: MemberClass.init(_:path:))
        windows = try reader.list("windows", maximum: 32, each: Window.init(_:path:))
        countBands = try reader.countBands("countBands")
        disclosure = try DisclosureRules(reading: try reader.object("disclosure"))
        eventTime = try EventTimeRules(reading: try reader.object("eventTime"))
        var limits = try reader.object("limits")
        self.limits = try PayloadLimits(reading: &limits)
        try limits.finish()
        retention = try RecordRetention(reading: try reader.object("retention"))
        disputeDays = try reader.count("disputeDays", atMost: 365)
        liveApplicationDays = try reader.count("liveApplicationDays", atMost: 365)
        checkpointBeatMilliseconds = try reader.count("checkpointBeatMilliseconds", atMost: 60_000)
        budgets = try TokenBudgets(try reader.required("budgets"), path: reader.path(of: "budgets"))
        lending = try LendingPolicy(reading: try reader.object("lending"), bands: countBands)
        scorecard = try Scorecard(
            try reader.required("scorecard"), bands: countBands, path: reader.path(of: "scorecard"))
        reservation = try ReservationRules(reading: try reader.object("reservation"))
        notices = try NoticeRules(reading: try reader.object("notices"))
        reciprocity = try ReciprocityRules(reading: try reader.object("reciprocity"))
        quotas = try CheckQuotas(reading: try reader.object("quotas"))
        if let linkage = try reader.optionalObject("linkage") {
            self.linkage = try LinkagePolicy(reading: linkage)
        } else {
            linkage = .initial
        }
        try reader.finish()
    }

    /// The policy in one canonical order of members, as the registry's payload carries it.
    package var json: JSON {
        .object([
            "version": .number(version),
            "currency": .string(currency),
            "timeZone": timeZone.json,
            "reasonCodes": reasonCodes.json,
            "identifierKinds": identifierKinds.json,
            "evidence": evidence.json,
            "products": .strings(products.map(\.text)),
            "memberClasses": .array(memberClasses.map(\.json)),
            "windows": .array(windows.map(\.json)),
            "countBands": .array(countBands.lowerBounds.map { .number($0) }),
            "disclosure": disclosure.json,
            "eventTime": eventTime.json,
            "limits": limits.json,
            "retention": retention.json,
            "disputeDays": .number(disputeDays),
            "liveApplicationDays": .number(liveApplicationDays),
            "checkpointBeatMilliseconds": .number(checkpointBeatMilliseconds),
            "budgets": budgets.json,
            "lending": lending.json,
            "scorecard": scorecard.json,
            "reservation": reservation.json,
            "notices": notices.json,
            "reciprocity": reciprocity.json,
            "quotas": quotas.json,
            "linkage": linkage.json,
        ])
    }
}

private func currencyCode(_ text: String) throws(DecodingFailure) -> String {
    guard text.utf8.count == 3, text.utf8.allSatisfy({ (65...90).contains($0) }) else {
        throw .malformed("a currency is three capital letters (ISO 4217)")
    }
    return text
}

extension ObjectReader {
    fileprivate mutating func list<Value>(
        _ name: String, maximum: Int, each read: (JSON, String) throws(FieldFailure) -> Value
    ) throws(FieldFailure) -> [Value] {
        var values: [Value] = []
        for (index, element) in try array(name, maximum: maximum).enumerated() {
            values.append(try read(element, "\(path(of: name))[\(index)]"))
        }
        return values
    }

    fileprivate mutating func countBands(_ name: String) throws(FieldFailure) -> CountBands {
        var bounds: [Int] = []
        for element in try array(name, maximum: 32, minimum: 1) {
            guard case .integer(let number) = element, let bound = Int(exactly: number) else {
                throw failure(name, .wrongType(expected: "a list of whole numbers"))
            }
            bounds.append(bound)
        }
        guard let bands = CountBands(lowerBounds: bounds) else {
            throw failure(name, .malformed("lower bounds rise from 0"))
        }
        return bands
    }
}
