import OPRF
import Sodium
import Testing
import Vocabulary

@Suite("Published tokens")
struct TokenVectorTests {
    private static let file = VectorFile(name: "tokens.json", make: TokenVectors.file)

    @Test("the file is what its seed makes")
    func reproducible() throws {
        let texts = try Self.file.texts()
        #expect(texts.published == texts.made, "seed \(TokenVectors.seed)")
    }

    @Test("our own blinding, evaluation, proof and combination give the tokens published, by any two custodians")
    func tokens() throws {
        let file = try Self.file.published()
        let cases = try file.list("cases")
        let blinds = try cases.map { try Scalar(Bytes32(hex: $0.text("blind"))) }
        var next = blinds.makeIterator()
        let inputs = try cases.map { try Hex.decode($0.text("input")) }
        let batch = try BlindedBatch(inputs: inputs) { next.next() ?? .one }
        let blinded = try cases.map { try $0.text("blinded") }
        #expect(batch.elements.elements.map(\.value.hex) == blinded)
        let shares = try file.list("shares").enumerated().map { place, share in
            KeyShare(
                index: try ShareIndex(place + 1),
                secret: try SecretScalar(Scalar(Bytes32(hex: #require(share.string)))))
        }
        let publicShares = try file.list("publicShares").compactMap(\.string)
        #expect(shares.map(\.publicShare.value.hex) == publicShares)
        for quorum in [[0, 1], [0, 2], [2, 1]] {
            let evaluations = try quorum.map { place in
                let evaluation = Evaluator(share: shares[place]).evaluate(batch.elements)
                if let name = ["1", nil, "3"][place] {
                    let published = cases.map { $0["evaluated"]?[name]?.string }
                    #expect(evaluation.elements.elements.map(\.value.hex) == published)
                }
                return try batch.verify(evaluation, publicShare: shares[place].publicShare)
            }
            let tokens = try batch.combine(evaluations, threshold: 2).map(\.value.hex)
            let published = try cases.map { try $0.text("token") }
            #expect(tokens == published)
        }
    }
}
