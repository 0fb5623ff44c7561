internal import Records
internal import Sodium
package import Vocabulary

extension Member {
    package var json: JSON {
        .object([
            "id": .string(id.name), "memberClass": .string(memberClass.text), "status": .string(status.rawValue),
            "admittedAt": .string(admittedAt.description), "suspension": suspension?.json,
            "keys": .array(keys.map(\.json)),
        ])
    }

    init(_ reader: consuming ObjectReader) throws(FieldFailure) {
        id = try reader.parsed("id", as: MemberID.init)
        memberClass = try reader.parsed("memberClass", as: ListedName.init)
        status = try reader.choice("status", expected: "active, suspended, revoked", Status.init)
        admittedAt = try reader.parsed("admittedAt", as: Instant.init)
        suspension = try reader.optionalObject("suspension").map { (reader) throws(FieldFailure) in
            try Suspension(reader)
        }
        guard (suspension != nil) == (status == .suspended) else {
            throw reader.failure("suspension", .malformed("it stands with the status suspended and with no other"))
        }
        keys = try reader.list("keys", maximum: RegistryLimits.keysPerMember, minimum: 1) {
            (reader) throws(FieldFailure) in try MemberKey(reader)
        }
        try reader.finish()
    }
}

extension Member.Suspension {
    var json: JSON { .object(["reason": .string(reason), "until": .optional(until?.description)]) }

    init(_ reader: consuming ObjectReader) throws(FieldFailure) {
        reason = try reader.string("reason", maximumLength: RegistryLimits.reasonBytes)
        until = try reader.optionalParsed("until", as: Instant.init)
        try reader.finish()
    }
}

extension MemberKey {
    var json: JSON {
        .object([
            "keyID": .string(keyID.text), "publicKey": .string(publicKey.base64),
            "validFrom": .string(validFrom.description), "status": .string(status.rawValue),
            "since": .optional(since?.description), "sinceIndex": sinceIndex.map { .number($0) },
        ])
    }

    init(_ reader: consuming ObjectReader) throws(FieldFailure) {
        publicKey = try reader.parsed("publicKey", as: PublicKey.init(base64:))
        guard try reader.parsed("keyID", as: KeyID.init) == publicKey.keyID else {
            throw reader.failure("keyID", .malformed("not the public key's name"))
        }
        validFrom = try reader.parsed("validFrom", as: Instant.init)
        status = try reader.choice("status", expected: "active, superseded, retired, compromised", Status.init)
        since = try reader.optionalParsed("since", as: Instant.init)
        sinceIndex = try reader.optionalInteger("sinceIndex", in: 0...Int64.max).map { UInt64($0) }
        guard (since != nil) == (status != .active) else {
            throw reader.failure("since", .malformed("it stands with every status but active"))
        }
        guard sinceIndex == nil || status == .compromised else {
            throw reader.failure("sinceIndex", .malformed("it stands with the status compromised alone"))
        }
        try reader.finish()
    }
}
