internal import Sodium
package import Vocabulary

extension Envelope {
    /// Reads `{"payload":…,"payloadType":…,"signatures":[{"keyid":…,"sig":…}]}`; unknown fields are refused.
    package init(_ json: JSON, path: String = "") throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        payloadType = PayloadType(try reader.string("payloadType", maximumLength: PayloadType.maximumLength))
        payload = try reader.base64("payload")
        guard payload.count <= Self.maximumPayloadBytes else {
            throw reader.failure("payload", .malformed("longer than \(Self.maximumPayloadBytes) bytes"))
        }
        let elements = try reader.array("signatures", maximum: Self.maximumSignatures, minimum: 1)
        var signatures: [Signed] = []
        for (index, element) in elements.enumerated() {
            let signed = try Signed(element, path: "\(reader.path(of: "signatures"))[\(index)]")
            guard !signatures.contains(where: { $0.keyID == signed.keyID }) else {
                throw FieldFailure(
                    path: "\(reader.path(of: "signatures"))[\(index)].keyid",
                    rule: .malformed("a key that has signed already"))
            }
            signatures.append(signed)
        }
        self.signatures = signatures
        try reader.finish()
    }

    package init(parsing bytes: [UInt8]) throws(PayloadFailure) {
        let json = try PayloadFailure.reading(bytes)
        do throws(FieldFailure) { try self.init(json) } catch { throw .field(error) }
    }

    package var json: JSON {
        .object([
            "payload": .string(Base64.encode(payload)),
            "payloadType": .string(payloadType.text),
            "signatures": .array(
                signatures.map {
                    .object(["keyid": .string($0.keyID.text), "sig": .string(Base64.encode($0.signature.bytes))])
                }
            ),
        ])
    }
}

extension Envelope.Signed {
    fileprivate init(_ json: JSON, path: String) throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        keyID = try reader.parsed("keyid", as: KeyID.init)
        signature = try reader.parsed("sig") { (text: String) throws(DecodingFailure) in
            try Signature(Base64.decode(text))
        }
        try reader.finish()
    }
}

/// Why bytes are not the document that was expected: no JSON, or a field that does not fit.
package enum PayloadFailure: Error, Equatable, Sendable, CustomStringConvertible {
    case notJSON(JSONFailure)
    case field(FieldFailure)

    package var description: String {
        switch self {
        case .notJSON(let failure): "The document is not JSON: \(failure)."
        case .field(let failure): failure.description
        }
    }

    static func reading(_ bytes: [UInt8]) throws(PayloadFailure) -> JSON {
        do throws(JSONFailure) { return try JSON(parsing: bytes) } catch { throw .notJSON(error) }
    }
}
