internal import Vocabulary

/// What makes a signed request unlike every other: 16 to 64 letters, digits or `-._~+/=`, used once.
package struct RequestNonce: Hashable, Sendable, CustomStringConvertible {
    package static let lengths = 16...64
    package let text: String

    package init(_ text: String) throws(SignatureFailure) {
        guard Self.lengths.contains(text.utf8.count), text.utf8.allSatisfy({ Self.isAllowed[Int($0)] }) else {
            throw .malformedNonce
        }
        self.text = text
    }

    /// A nonce of 16 random bytes, in hexadecimal.
    package init(random bytes: some Collection<UInt8>) {
        precondition(bytes.count == 16, "A nonce takes sixteen random bytes.")
        text = Hex.encode(bytes)
    }

    package var description: String { text }

    private static let isAllowed: [Bool] = {
        var table = [Bool](repeating: false, count: 256)
        let allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/="
        for byte in allowed.utf8 { table[Int(byte)] = true }
        return table
    }()
}
