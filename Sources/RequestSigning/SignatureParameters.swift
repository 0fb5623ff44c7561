/// One member of a Signature-Input header (RFC 9421 §4.1): what a signature covers, and its parameters.
package struct SignatureParameters: Hashable, Sendable {
    static let maximumLength = 1024
    static let maximumComponents = 16

    package let label: String
    /// The covered components' names, in order. Component parameters (`;sf`, `;req` …) are not supported.
    package let components: [String]
    /// In whole seconds since 1970.
    package private(set) var created: Int64?
    package private(set) var expires: Int64?
    package private(set) var nonce: String?
    package private(set) var keyID: String?
    package private(set) var algorithm: String?
    package private(set) var tag: String?
    /// The value of `@signature-params`: the list of components and the parameters, serialised.
    package let text: String

    /// Parameters for signing; those given are written in this order.
    ///
    /// Strings must be printable ASCII without quotation marks and backslashes, as all that we sign are.
    package init(
        label: String, components: [String], created: Int64? = nil, expires: Int64? = nil, nonce: String? = nil,
        keyID: String? = nil, algorithm: String? = nil, tag: String? = nil
    ) {
        (self.label, self.components, self.created, self.expires) = (label, components, created, expires)
        (self.nonce, self.keyID, self.algorithm, self.tag) = (nonce, keyID, algorithm, tag)
        var text = "(" + components.map { "\"\($0)\"" }.joined(separator: " ") + ")"
        if let created { text += ";created=\(created)" }
        if let expires { text += ";expires=\(expires)" }
        for (name, value) in [("nonce", nonce), ("keyid", keyID), ("alg", algorithm), ("tag", tag)] {
            if let value { text += ";\(name)=\"\(value)\"" }
        }
        self.text = text
    }

    /// Reads a Signature-Input header that has exactly one member, in canonical form.
    ///
    /// Parameters that RFC 9421 §2.3 does not have, and any given twice, are refused.
    package init(parsing value: String) throws(SignatureFailure) {
        guard value.utf8.count <= Self.maximumLength else { throw .malformed(.signatureInput) }
        var reader = StructuredFieldReader(value)
        guard let label = reader.key(), reader.take(UInt8(ascii: "=")) else { throw .malformed(.signatureInput) }
        text = reader.rest(from: reader.position)
        guard let components = Self.components(&reader) else { throw .malformed(.signatureInput) }
        (self.label, self.components) = (label, components)
        while reader.take(UInt8(ascii: ";")) {
            guard let name = reader.key(), reader.take(UInt8(ascii: "=")),
                let parameter = SignatureFailure.Parameter(rawValue: name), set(parameter, from: &reader)
            else { throw .malformed(.signatureInput) }
        }
        guard reader.isAtEnd else { throw .malformed(.signatureInput) }
    }

    /// The header's value.
    package var headerValue: String { "\(label)=\(text)" }

    /// An inner list of strings, each once.
    private static func components(_ reader: inout StructuredFieldReader) -> [String]? {
        guard reader.take(UInt8(ascii: "(")) else { return nil }
        var components: [String] = []
        if reader.take(UInt8(ascii: ")")) { return components }
        repeat {
            guard components.count < maximumComponents, let name = reader.string(), !components.contains(name) else {
                return nil
            }
            components.append(name)
        } while reader.take(UInt8(ascii: " "))
        return reader.take(UInt8(ascii: ")")) ? components : nil
    }

    /// Takes a parameter's value; false where it is malformed or was there before.
    private mutating func set(
        _ parameter: SignatureFailure.Parameter, from reader: inout StructuredFieldReader
    ) -> Bool {
        func fill<Value>(_ field: inout Value?, _ value: Value?) -> Bool {
            guard field == nil, let value else { return false }
            field = value
            return true
        }
        return switch parameter {
        case .created: fill(&created, reader.integer())
        case .expires: fill(&expires, reader.integer())
        case .nonce: fill(&nonce, reader.string())
        case .keyid: fill(&keyID, reader.string())
        case .alg: fill(&algorithm, reader.string())
        case .tag: fill(&tag, reader.string())
        }
    }
}
