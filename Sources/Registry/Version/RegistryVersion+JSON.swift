internal import OPRF
internal import Records
internal import Sodium
package import Vocabulary

extension RegistryVersion {
    /// The payload that is signed.
    package var json: JSON {
        .object([
            "version": .number(number), "previous": .optional(previous?.description), "consortium": .string(consortium),
            "mode": .string(mode.rawValue), "madeAt": .string(madeAt.description), "log": log.json, "node": node.json,
            "tokenEpoch": .number(tokenKeys.epoch.number), "tokenThreshold": .number(tokenKeys.threshold),
            "tokenKeys": tokenKeys.json, "custodians": .array(custodians.map(\.json)),
            "admins": .array(admins.map(\.json)), "adminThreshold": .number(adminThreshold),
            "members": .array(members.map(\.json)),
            "grants": grants.isEmpty ? nil : .array(grants.map(\.json)), "policy": policy.json,
            "changeNote": .string(changeNote),
        ])
    }

    /// Reads a payload strictly and checks everything that can be seen from one version alone.
    package init(_ json: JSON) throws(FieldFailure) {
        var reader = try ObjectReader(json)
        number = Int(try reader.integer("version", in: 1...Int64(RegistryLimits.versions)))
        previous = try reader.optionalParsed("previous") { (text: String) throws(DecodingFailure) in
            Hash(try Bytes32(hex: text))
        }
        consortium = try reader.parsed("consortium") { (text: String) throws(DecodingFailure) in
            try MemberID(text).name
        }
        mode = try reader.choice("mode", expected: "demo, production", ConsortiumMode.init)
        madeAt = try reader.parsed("madeAt", as: Instant.init)
        log = try LogIdentity(try reader.object("log"))
        node = try NodeIdentity(try reader.object("node"))
        tokenKeys = try reader.tokenKeys()
        custodians = try reader.list("custodians", maximum: RegistryLimits.custodians, minimum: 1) {
            (reader) throws(FieldFailure) in try RegisteredCustodian(reader)
        }
        admins = try reader.list("admins", maximum: RegistryLimits.admins, minimum: 1) {
            (reader) throws(FieldFailure) in try Admin(reader)
        }
        adminThreshold = Int(try reader.integer("adminThreshold", in: 1...Int64(Envelope.maximumSignatures)))
        members = try reader.list("members", maximum: RegistryLimits.members) {
            (reader) throws(FieldFailure) in try Member(reader)
        }
        grants = try reader.grants()
        policy = try Policy(try reader.required("policy"), path: "policy")
        changeNote = try reader.string("changeNote", maximumLength: RegistryLimits.noteBytes)
        try reader.finish()
        try validate()
    }
}

extension ObjectReader {
    /// A list of objects, each read and finished by its own type.
    mutating func list<Value>(
        _ name: String, maximum: Int, minimum: Int = 0, _ read: (consuming ObjectReader) throws(FieldFailure) -> Value
    ) throws(FieldFailure) -> [Value] {
        var values: [Value] = []
        for (index, json) in try array(name, maximum: maximum, minimum: minimum).enumerated() {
            values.append(try read(ObjectReader(json, path: "\(path(of: name))[\(index)]")))
        }
        return values
    }

    /// A version without the field is one without grants.
    fileprivate mutating func grants() throws(FieldFailure) -> [BudgetGrant] {
        guard optional("grants") != nil else { return [] }
        return try list("grants", maximum: RegistryLimits.grants) { (reader) throws(FieldFailure) in
            try BudgetGrant(reader)
        }
    }

    /// The three fields `tokenEpoch`, `tokenThreshold` and `tokenKeys`, as versions and ceremony files have them.
    mutating func tokenKeys() throws(FieldFailure) -> TokenKeys {
        let epoch = KeyEpoch(UInt32(try integer("tokenEpoch", in: 1...Int64(UInt32.max))))
        let threshold = Int(try integer("tokenThreshold", in: 1...Int64(RegistryLimits.custodians)))
        let keys = try array("tokenKeys", maximum: KeyClass.allCases.count)
        return try TokenKeys(epoch: epoch, threshold: threshold, keys, path: path(of: "tokenKeys"))
    }
}
