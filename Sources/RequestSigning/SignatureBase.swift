/// The text that is signed (RFC 9421 §2.5).
package enum SignatureBase {
    /// A line for each component, then the parameters.
    ///
    /// - Throws: `unavailableComponent` for a component that the request does not have, that is not supported
    ///   (supported: header fields, `@method`, `@authority`, `@path`, `@query`) or that is not printable ASCII: a line
    ///   break in a value could make one request's text another's.
    package static func bytes(
        of request: SignableRequest, covering parameters: SignatureParameters
    ) throws(SignatureFailure) -> [UInt8] {
        var base: [UInt8] = []
        base.reserveCapacity(512)
        for name in parameters.components {
            append(name: name, to: &base)
            let start = base.count
            try append(component: name, of: request, to: &base)
            guard base[start...].allSatisfy({ (32..<127).contains($0) }) else { throw .unavailableComponent }
            base.append(UInt8(ascii: "\n"))
        }
        append(name: "@signature-params", to: &base)
        append(parameters.text, to: &base)
        return base
    }

    private static func append(name: String, to base: inout [UInt8]) {
        base.append(UInt8(ascii: "\""))
        append(name, to: &base)
        base.append(UInt8(ascii: "\""))
        base.append(UInt8(ascii: ":"))
        base.append(UInt8(ascii: " "))
    }

    /// Copies a text's bytes at once: one by one they would be most of the cost of a base.
    private static func append(_ text: String, to base: inout [UInt8]) {
        var text = text
        text.withUTF8 { base.append(contentsOf: $0) }
    }

    private static func append(
        component name: String, of request: SignableRequest, to base: inout [UInt8]
    ) throws(SignatureFailure) {
        switch name {
        case "@method": append(request.method, to: &base)
        case "@authority": append(request.authority, to: &base)
        case "@path": append(request.path, to: &base)
        case "@query":
            base.append(UInt8(ascii: "?"))
            append(request.query, to: &base)
        default: try append(field: name, of: request, to: &base)
        }
    }

    /// A field's values, each without white space around it, joined by a comma and a space (§2.1).
    private static func append(
        field name: String, of request: SignableRequest, to base: inout [UInt8]
    ) throws(SignatureFailure) {
        var isFound = false
        for field in request.fields where field.name == name {
            if isFound { append(", ", to: &base) }
            append(trimmed(field.value), to: &base)
            isFound = true
        }
        guard isFound else { throw .unavailableComponent }
    }

    private static func trimmed(_ value: String) -> String {
        func isSpace(_ byte: UInt8?) -> Bool { byte == 32 || byte == 9 }
        guard isSpace(value.utf8.first) || isSpace(value.utf8.last) else { return value }
        let bytes = Array(value.utf8)
        let end = (bytes.lastIndex { !isSpace($0) } ?? -1) + 1
        return String(decoding: bytes[..<end].drop { isSpace($0) }, as: UTF8.self)
    }
}
