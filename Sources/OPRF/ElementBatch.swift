package import Sodium
import Vocabulary

/// The elements of one evaluation as they travel: 1 to 1,024 canonical, non-identity encodings, one after another.
package struct ElementBatch: Equatable, Sendable {
    package static let maximumCount = 1024
    package let elements: [GroupElement]

    /// - Throws: `wrongBatchSize`.
    package init(_ elements: [GroupElement]) throws(OPRFFailure) {
        guard (1...Self.maximumCount).contains(elements.count) else {
            throw .wrongBatchSize(actual: elements.count)
        }
        self.elements = elements
    }

    /// - Throws: `wrongLength`, `wrongBatchSize`, or the position of the first element that is not to be used.
    package init(bytes: [UInt8]) throws(OPRFFailure) {
        let (count, rest) = bytes.count.quotientAndRemainder(dividingBy: GroupElement.byteCount)
        guard rest == 0 else {
            throw .wrongLength(expected: count * GroupElement.byteCount, actual: bytes.count)
        }
        guard (1...Self.maximumCount).contains(count) else { throw .wrongBatchSize(actual: count) }
        var elements: [GroupElement] = []
        elements.reserveCapacity(count)
        for position in 0..<count {
            let start = position * GroupElement.byteCount
            let value = Bytes32 { $0.copyBytes(from: bytes[start..<start + GroupElement.byteCount]) }
            do throws(SodiumFailure) { elements.append(try GroupElement(value)) } catch {
                throw error == .identityElement
                    ? .elementIsIdentity(position: position) : .elementNotCanonical(position: position)
            }
        }
        self.elements = elements
    }

    package var count: Int { elements.count }

    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * GroupElement.byteCount)
        for element in elements { element.value.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        return bytes
    }
}
