package import Vocabulary

/// The policy's list of reason codes: what a member may say of a subject.
package struct ReasonCodes: Hashable, Sendable {
    package static let maximumCount = 256
    package let all: [ReasonCode]
    private let positions: [CodeName: Int]

    package subscript(name: CodeName) -> ReasonCode? { positions[name].map { all[$0] } }

    /// Reads the list as `schemas/policy/reason-codes.json` has it.
    package init(_ json: JSON, path: String = "reasonCodes") throws(FieldFailure) {
        guard case .array(let elements) = json else {
            throw FieldFailure(path: path, rule: .wrongType(expected: "a list"))
        }
        guard elements.count <= Self.maximumCount else {
            throw FieldFailure(path: path, rule: .tooMany(limit: Self.maximumCount))
        }
        var codes: [ReasonCode] = []
        var positions: [CodeName: Int] = [:]
        for (index, element) in elements.enumerated() {
            let code = try ReasonCode(element, path: "\(path)[\(index)]")
            guard positions.updateValue(index, forKey: code.name) == nil else {
                throw FieldFailure(path: "\(path)[\(index)].code", rule: .malformed("it stands twice in the list"))
            }
            codes.append(code)
        }
        (all, self.positions) = (codes, positions)
    }

    package var json: JSON { .array(all.map(\.json)) }
}

extension ReasonCode {
    init(_ json: JSON, path: String) throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        name = try reader.parsed("code", as: CodeName.init)
        family = try reader.choice("family", CodeFamily.names)
        var labels = try reader.object("labels")
        english = try labels.string("en")
        chinese = try labels.string("zh")
        try labels.finish()
        severity = try reader.optionalInteger("severity", in: 0...5).map { UInt8($0) }
        minimumTier = try reader.optionalChoice("minimumTier", EvidenceTier.names)
        needsIdentityProof = try reader.optionalFlag("needsIdentityProof")
        retention = try RetentionRule(try reader.required("retention"), path: reader.path(of: "retention"))
        let underAge = reader.optional("retentionUnderAge21")
        retentionUnderAge21 = try underAge.map { json throws(FieldFailure) in
            try RetentionRule(json, path: "\(path).retentionUnderAge21")
        }
        effect = try reader.choice("effect", CodeEffect.names)
        attachment = try reader.choice("attachment", CodeAttachment.names)
        productDecisions = try reader.parsedList("productDecisions", maximum: ProductDecision.allCases.count) {
            (text: String) throws(DecodingFailure) in
            guard let decision = ProductDecision.names.value(named: text) else {
                throw .malformed("not one of \(ProductDecision.names.list)")
            }
            return decision
        }
        try reader.finish()
        guard name.text.hasPrefix(family.name + "-") else {
            throw reader.failure("family", .malformed("not the code's first part"))
        }
    }

    var json: JSON {
        .object([
            "code": .string(name.text),
            "family": .string(family.name),
            "labels": .object(["en": .string(english), "zh": .string(chinese)]),
            "severity": severity.map { .number($0) },
            "minimumTier": .optional(minimumTier?.name),
            "needsIdentityProof": .flag(needsIdentityProof),
            "retention": retention.json,
            "retentionUnderAge21": retentionUnderAge21?.json,
            "effect": .string(effect.name),
            "attachment": .string(attachment.name),
            "productDecisions": .list(productDecisions.map(\.name)),
        ])
    }
}
