internal import OPRF
internal import Sodium
internal import Vocabulary

/// A custodian's work on one core: blinded elements as they arrive, in; evaluated elements and their proof, out.
package enum CustodianBench {
    private static let batchSizes = [8, 100, 1024]

    package static func figures(_ primitives: Primitives, seconds: Double) -> [Figure] {
        // One is an index that a share may have.
        let share = KeyShare(index: try! ShareIndex(1), secret: .random())
        let evaluator = Evaluator(share: share)
        return batchSizes.map { size in
            let request = elements(size)
            let perToken = Stopwatch.secondsPerCall(for: seconds) { _ in
                // The bytes were made from elements just now, so they decode.
                let batch = try! ElementBatch(bytes: request)
                keep(evaluator.evaluate(batch).elements.bytes)
            } / Double(size)
            return Figure(
                "custodian", "evaluated tokens, batch of \(size)", 1 / perToken, "tokens/s a core",
                ratio: 3 * primitives.multiply / perToken, bound: size == 1024 ? .atLeast(0.9) : nil,
                note: size == 1024
                    ? "decoding, evaluation, batched proof, encoding; floor: three variable-base multiplications"
                    : nil)
        }
    }

    static func elements(_ count: Int) -> [UInt8] {
        let inputs = (0..<count).map { Array("element \($0)".utf8) }
        // No input of ours is too long, and none is known to map to the identity.
        return try! BlindedBatch(inputs: inputs).elements.bytes
    }
}
