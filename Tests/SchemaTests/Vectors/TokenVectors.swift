import OPRF
import Sodium
import TestSupport
import Vocabulary

/// From an OPRF input to its token, step by step: what a gateway in another language computes between
/// `identity/oprf-inputs.json` and `commitments.json`.
struct TokenVectors {
    static let seed: UInt64 = 0x70_6B_65_6E

    static func file() throws -> JSON {
        var generator = SeededGenerator(seed: seed)
        func scalar() -> Scalar { Scalar.reducing(generator.bytes(64)) }
        let secret = scalar(), slope = scalar()
        let shares = try (1...3).map { number in
            KeyShare(
                index: try ShareIndex(number),
                secret: try SecretScalar(secret + slope * Scalar(UInt32(number))))
        }
        let inputs = try JSON(parsing: Checkout.bytes("schemas/vectors/identity/oprf-inputs.json")).list("cases")
        let cases = try inputs.map { input in
            try vector(Hex.decode(input.text("input")), blind: scalar(), secret: secret, shares: shares)
        }
        return .object([
            "about": """
            RFC 9497 VOPRF(ristretto255, SHA-512), 2 of 3 custodians, all in hexadecimal: \
            element = HashToGroup(input), \
            blinded = blind · element, evaluated = share · blinded for custodians 1 and 3, \
            token = 3/2 · evaluated[1] / blind − 1/2 · evaluated[3] / blind = key · element
            """,
            "contextString": .string(Hex.encode(Ciphersuite.verifiable.contextString)),
            "key": .string(secret.value.hex),
            "shares": .array(
                [0, 1, 2].map { place in
                    .string((secret + slope * Scalar(UInt32(place + 1))).value.hex)
                }),
            "publicShares": .strings(shares.map(\.publicShare.value.hex)),
            "publicKey": .string(try GroupElement.generator(times: secret).value.hex), "cases": .array(cases),
        ])
    }

    private static func vector(_ input: [UInt8], blind: Scalar, secret: Scalar, shares: [KeyShare]) throws -> JSON {
        let element = try Ciphersuite.verifiable.hashToGroup(input)
        let blinded = try Ciphersuite.verifiable.blind(input, with: blind)
        return .object([
            "input": .string(Hex.encode(input)), "element": .string(element.value.hex),
            "blind": .string(blind.value.hex), "blinded": .string(blinded.value.hex),
            "evaluated": .object([
                "1": .string(shares[0].secret.times(blinded).value.hex),
                "3": .string(shares[2].secret.times(blinded).value.hex),
            ]),
            "token": .string(try element.times(secret).value.hex),
        ])
    }
}
