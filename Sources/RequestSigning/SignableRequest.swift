/// What of an HTTP request can be covered by a signature, whatever HTTP library it came from.
package struct SignableRequest: Hashable, Sendable {
    /// A header's name, in lower case, and its value.
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            (self.name, self.value) = (name, value)
        }
    }

    package let method: String
    /// Host and, unless it is the scheme's own, port; in lower case (RFC 9421 §2.2.3).
    package let authority: String
    /// Never empty: `/` stands for no path (RFC 9421 §2.2.6).
    package let path: String
    /// Without its question mark; absent and empty are signed alike (RFC 9421 §2.2.7).
    package let query: String
    package let fields: [Field]

    /// - Parameter target: the path and, after a question mark, the query, as they stand in the request line.
    package init(method: String, authority: String, target: String, fields: [Field]) {
        let parts = target.utf8.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts.first.map { String(Substring($0)) } ?? ""
        let query = parts.count > 1 ? String(Substring(parts[1])) : ""
        self.init(method: method, authority: authority, path: path, query: query, fields: fields)
    }

    package init(method: String, authority: String, path: String, query: String = "", fields: [Field]) {
        self.method = method
        let isLower = !authority.utf8.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        self.authority = isLower ? authority : authority.lowercased()
        self.path = path.isEmpty ? "/" : path
        self.query = query
        self.fields = fields
    }

    /// The one value of a header. - Throws: `missing` where it is absent, `malformed` where it comes more than once.
    func onlyValue(of header: SignatureFailure.Header) throws(SignatureFailure) -> String {
        var found: String?
        for field in fields where field.name == header.rawValue {
            guard found == nil else { throw .malformed(header) }
            found = field.value
        }
        guard let found else { throw .missing(header) }
        return found
    }
}
