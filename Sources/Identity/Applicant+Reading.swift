package import Vocabulary

extension Applicant {
    /// Elements in any one list, and people around the applicant.
    package static let maximumElements = 8
    private static let maximumText = 512

    /// Reads the document of `schemas/gateway/applicant.schema.json`; unknown fields are refused.
    ///
    /// - Parameter path: where the applicant stands in a larger document, the start of every path in a refusal.
    package init(_ json: JSON, path: String = "") throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        self.init()
        claims = try Self.claims(&reader, role: .own)
        claims += try reader.texts("employers").map {
            IdentifierClaim(.employer($0.text), role: .workplace, path: $0.path)
        }
        names = try reader.elements("names") { json, path throws(FieldFailure) in try Self.name(json, path: path) }
        birthDate = try reader.optionalString("birthDate", maximumLength: 32)
        addresses = try reader.elements("addresses") { json, path throws(FieldFailure) in
            try Self.address(json, path: path)
        }
        let related = try reader.elements("related") { json, path throws(FieldFailure) in
            try Self.related(json, path: path)
        }
        claims += related.flatMap { $0 }
        try reader.finish()
    }

    private static func claims(
        _ reader: inout ObjectReader, role: IdentifierRole
    ) throws(FieldFailure) -> [IdentifierClaim] {
        var claims = try reader.elements("nationalIDs") { json, path throws(FieldFailure) in
            let (scheme, value) = try pair(json, path: path, first: "scheme")
            return IdentifierClaim(.nationalID(scheme: scheme, value: value), role: role, path: path)
        }
        claims += try reader.texts("phones").map { IdentifierClaim(.phone($0.text), role: role, path: $0.path) }
        claims += try reader.texts("cards").map { IdentifierClaim(.card($0.text), role: role, path: $0.path) }
        claims += try reader.texts("emails").map { IdentifierClaim(.email($0.text), role: role, path: $0.path) }
        claims += try reader.elements("devices") { json, path throws(FieldFailure) in
            let (type, value) = try pair(json, path: path, first: "type")
            return IdentifierClaim(.device(type: type, value: value), role: role, path: path)
        }
        return claims
    }

    private static func pair(
        _ json: JSON, path: String, first: String
    ) throws(FieldFailure) -> (first: String, value: String) {
        var reader = try ObjectReader(json, path: path)
        let pair = (try reader.string(first, maximumLength: 32), try reader.string("value", maximumLength: maximumText))
        try reader.finish()
        return pair
    }

    private static func name(_ json: JSON, path: String) throws(FieldFailure) -> PersonName {
        var reader = try ObjectReader(json, path: path)
        let full = try reader.optionalString("full", maximumLength: maximumText)
        let given = try reader.optionalString("given", maximumLength: maximumText)
        let family = try reader.optionalString("family", maximumLength: maximumText)
        try reader.finish()
        if let full {
            guard given == nil, family == nil else {
                throw reader.failure("full", .malformed("stands beside the name's parts"))
            }
            return .full(full)
        }
        guard given != nil || family != nil else { throw reader.failure("full", .missing) }
        return .parts(given: given, family: family)
    }

    private static func address(_ json: JSON, path: String) throws(FieldFailure) -> PostalAddress {
        var reader = try ObjectReader(json, path: path)
        let line = try reader.optionalString("line", maximumLength: maximumText)
        var parts = PostalAddress.Parts()
        parts.number = try reader.optionalString("number", maximumLength: maximumText)
        parts.street = try reader.optionalString("street", maximumLength: maximumText)
        parts.extra = try reader.optionalString("extra", maximumLength: maximumText)
        parts.locality = try reader.optionalString("locality", maximumLength: maximumText)
        parts.postcode = try reader.optionalString("postcode", maximumLength: maximumText)
        parts.region = try reader.optionalString("region", maximumLength: maximumText)
        try reader.finish()
        guard let line else {
            guard parts != PostalAddress.Parts() else { throw reader.failure("line", .missing) }
            return .parts(parts)
        }
        guard parts == PostalAddress.Parts() else {
            throw reader.failure("line", .malformed("stands beside the address's parts"))
        }
        return .line(line)
    }

    private static func related(_ json: JSON, path: String) throws(FieldFailure) -> [IdentifierClaim] {
        var reader = try ObjectReader(json, path: path)
        let expected = "contact, guarantor, coBorrower, spouse, workplace, agent, staff"
        let role = try reader.choice("role", expected: expected, IdentifierRole.init(name:))
        guard role != .own else { throw reader.failure("role", .malformed("not one of \(expected)")) }
        let claims = try claims(&reader, role: role)
        try reader.finish()
        guard !claims.isEmpty else { throw FieldFailure(path: path, rule: .tooFew(minimum: 1)) }
        return claims
    }
}

extension ObjectReader {
    /// The elements of an optional list, each read with its own path.
    fileprivate mutating func elements<Element>(
        _ name: String, read: (JSON, String) throws(FieldFailure) -> Element
    ) throws(FieldFailure) -> [Element] {
        guard let list = optional(name) else { return [] }
        guard case .array(let elements) = list else { throw failure(name, .wrongType(expected: "a list")) }
        guard elements.count <= Applicant.maximumElements else {
            throw failure(name, .tooMany(limit: Applicant.maximumElements))
        }
        var result: [Element] = []
        for (index, element) in elements.enumerated() {
            result.append(try read(element, "\(path(of: name))[\(index)]"))
        }
        return result
    }

    fileprivate mutating func texts(_ name: String) throws(FieldFailure) -> [(text: String, path: String)] {
        try elements(name) { json, path throws(FieldFailure) in
            guard case .string(let text) = json else {
                throw FieldFailure(path: path, rule: .wrongType(expected: "a string"))
            }
            guard text.utf8.count <= 512 else {
                throw FieldFailure(path: path, rule: .malformed("longer than 512 bytes"))
            }
            return (text, path)
        }
    }
}
