internal import OPRF
internal import Sodium
internal import Vocabulary

extension Admin {
    var json: JSON { .object(["name": .string(name), "publicKey": .string(publicKey.base64)]) }

    init(_ reader: consuming ObjectReader) throws(FieldFailure) {
        name = try reader.parsed("name") { (text: String) throws(DecodingFailure) in try MemberID(text).name }
        publicKey = try reader.parsed("publicKey", as: PublicKey.init(base64:))
        try reader.finish()
    }
}

extension LogIdentity {
    var json: JSON { .object(["origin": .string(origin), "publicKey": .string(publicKey.base64)]) }

    init(_ reader: consuming ObjectReader) throws(FieldFailure) {
        let origin = try reader.string("origin")
        let publicKey = try reader.parsed("publicKey", as: PublicKey.init(base64:))
        do throws(DecodingFailure) { try self.init(origin: origin, publicKey: publicKey) } catch {
            throw reader.failure("origin", .malformed(error.explanation))
        }
        try reader.finish()
    }
}

extension NodeIdentity {
    var json: JSON {
        .object([
            "name": .string(name), "url": .string(url.description), "answerKey": .string(answerKey.base64),
        ])
    }

    init(_ reader: consuming ObjectReader) throws(FieldFailure) {
        name = try reader.parsed("name") { (text: String) throws(DecodingFailure) in try MemberID(text).name }
        url = try reader.parsed("url", as: ServiceURL.init)
        answerKey = try reader.parsed("answerKey", as: PublicKey.init(base64:))
        try reader.finish()
    }
}

extension RegisteredCustodian {
    var json: JSON {
        let shares = publicShares.sorted { $0.key < $1.key }.map { keyClass, share in
            JSON.Member(keyClass.rawValue, .string(share.value.base64))
        }
        return .object([
            "id": .string(id.name), "index": .number(index.number), "url": .string(url.description),
            "publicShares": .object(shares),
        ])
    }

    init(_ reader: consuming ObjectReader) throws(FieldFailure) {
        id = try reader.parsed("id", as: CustodianID.init)
        index = try reader.shareIndex("index")
        url = try reader.parsed("url", as: ServiceURL.init)
        var written = try reader.object("publicShares")
        var shares: [KeyClass: GroupElement] = [:]
        for keyClass in KeyClass.allCases {
            shares[keyClass] = try written.parsed(keyClass.rawValue, as: GroupElement.init(base64:))
        }
        try written.finish()
        publicShares = shares
        try reader.finish()
    }
}

extension ObjectReader {
    mutating func shareIndex(_ name: String) throws(FieldFailure) -> ShareIndex {
        let number = Int(try integer(name, in: 1...Int64(Sharing.maximumCount)))
        do throws(OPRFFailure) { return try ShareIndex(number) } catch {
            throw failure(name, .malformed("not an index of a share"))
        }
    }
}
