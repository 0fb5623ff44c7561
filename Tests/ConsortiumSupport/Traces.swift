internal import Foundation
internal import Vocabulary

/// Looks for something secret in bytes that anybody may get hold of: as it is, in base64, and in hexadecimal of
/// either case.
package struct Traces {
    private var needles: [(what: String, bytes: [UInt8])] = []

    package init() {}

    package mutating func add(_ what: String, _ secret: [UInt8]) {
        needles.append((what, secret))
        needles.append((what + " in hexadecimal", Array(Hex.encode(secret).utf8)))
        needles.append((what + " in upper hexadecimal", Array(Hex.encode(secret).uppercased().utf8)))
        // Base64 of something inside something longer depends on where it starts: three alignments, ends left out.
        for offset in 0..<3 where secret.count > 8 {
            let text = Base64.encode([UInt8](repeating: 0, count: offset) + secret)
            let whole = text.utf8.dropFirst(offset == 0 ? 0 : 4).prefix { $0 != UInt8(ascii: "=") }
            needles.append((what + " in base64", Array(whole.dropLast(2))))
        }
    }

    package mutating func add(_ what: String, _ text: String) { add(what, Array(text.utf8)) }

    package mutating func add(_ person: Person) {
        for identifier in person.identifiers {
            add("the text of a \(identifier.kind.name)", identifier.text)
            add("the token of a \(identifier.kind.name)", identifier.token.bytes)
        }
    }

    /// What was found, in words.
    package func found(in bytes: [UInt8]) -> [String] {
        let data = Data(bytes)
        return needles.filter { data.range(of: Data($0.bytes)) != nil }.map(\.what)
    }

    package func found(in text: String) -> [String] { found(in: Array(text.utf8)) }
}
