/// What is wrong with bytes that should have been one of our value types. It never carries the bytes themselves.
package enum DecodingFailure: Error, Equatable, Sendable {
    case wrongLength(expected: Int, actual: Int)
    case notHex
    case notBase64
    case notCanonical
    case outOfRange
    case malformed(String)
}
