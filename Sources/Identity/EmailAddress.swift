/// An e-mail address as one mailbox writes it.
///
/// Both parts in lower case: RFC 5321 lets a host tell cases apart in the local part, but none of weight does. A
/// `+tag` is cut off for every domain, and the dots of a Gmail name are taken out, since they reach the same mailbox
/// and are how one person appears as many. Quoted local parts and non-ASCII addresses are refused.
struct EmailAddress: Hashable, Sendable {
    let text: String

    init(_ text: String) throws(NormalisationRule) {
        let compact = TextFolding.plain(text)
        guard !compact.isEmpty else { throw .empty }
        guard compact.utf8.count <= 254 else { throw .tooLong }
        guard compact.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { throw .characters }
        if StopList.isWord(TextFolding.compact(compact)) { throw .placeholder }
        let parts = compact.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .syntax }
        guard Self.isLocalPart(parts[0]), Self.isDomain(parts[1]) else { throw .syntax }
        let domain = parts[1] == "googlemail.com" ? "gmail.com" : String(parts[1])
        var local = String(parts[0].prefix { $0 != "+" })
        if domain == "gmail.com" { local.removeAll { $0 == "." } }
        guard !local.isEmpty else { throw .syntax }
        if StopList.containsEmail(local: local.filter { !"._-".contains($0) }, domain: domain) { throw .placeholder }
        self.text = "\(local)@\(domain)"
    }

    /// A dot-atom of RFC 5321 §4.1.2, at most 64 bytes.
    private static func isLocalPart(_ text: Substring) -> Bool {
        guard (1...64).contains(text.utf8.count), !text.hasPrefix("."), !text.hasSuffix("."), !text.contains("..")
        else { return false }
        return text.allSatisfy { $0.isLetter || $0.isNumber || ".!#$%&'*+/=?^_`{|}~-".contains($0) }
    }

    /// At least two labels of letters, digits and inner hyphens, at most 63 bytes each (RFC 1035 §2.3.1).
    private static func isDomain(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, last.count >= 2, !last.allSatisfy(\.isNumber) else {
            return false
        }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
        }
    }
}
