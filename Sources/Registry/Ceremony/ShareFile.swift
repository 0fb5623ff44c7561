package import OPRF
package import Sodium
package import Vocabulary

/// A custodian's shares in a file, sealed under a passphrase or raw; guarded as key files are.
package struct ShareFile: Sendable {
    package let consortium: String
    package let custodian: CustodianID
    package let epoch: KeyEpoch
    package let index: ShareIndex
    private let secret: StoredSecret

    /// A raw file: for a custodian that starts unattended.
    package init(_ shares: CustodianShares) {
        self.init(shares, secret: .raw(Self.bytes(of: shares)))
    }

    package init(
        _ shares: CustodianShares, passphrase: borrowing SecretBytes, cost: Argon2id.Cost = .moderate
    ) throws(Problem) {
        let context = Self.context(shares.consortium, shares.custodian, shares.epoch, shares.index)
        let bytes = Self.bytes(of: shares)
        self.init(
            shares, secret: .sealed(try SealedSecret(bytes, passphrase: passphrase, cost: cost, context: context)))
    }

    private init(_ shares: CustodianShares, secret: StoredSecret) {
        (consortium, custodian) = (shares.consortium, shares.custodian)
        (epoch, index, self.secret) = (shares.epoch, shares.index, secret)
    }

    package var isSealed: Bool { if case .sealed = secret { true } else { false } }

    /// - Parameter passphrase: asked for only where the file is sealed.
    package func open(passphrase: () throws(Problem) -> SecretBytes) throws(Problem) -> CustodianShares {
        let bytes: SecretBytes
        switch secret {
        case .raw(var raw): bytes = SecretBytes(wiping: &raw)
        case .sealed(let sealed):
            bytes = try sealed.open(
                passphrase: passphrase(), context: Self.context(consortium, custodian, epoch, index))
        }
        do throws(OPRFFailure) {
            return CustodianShares(
                consortium: consortium, custodian: custodian, epoch: epoch, index: index,
                shares: try Self.shares(in: bytes, index: index))
        } catch {
            throw Problem(
                .configurationInvalid, "The share file does not hold usable shares.",
                hint: "The file is damaged; restore it from its backup.")
        }
    }

    /// Opens a raw file, as a custodian does at start.
    package func openUnattended() throws(Problem) -> CustodianShares {
        try open { () throws(Problem) in
            throw Problem(
                .configurationInvalid, "This share file is sealed, and no passphrase was given.",
                hint: "Name a file with the passphrase in COUNTERFOIL_PASSPHRASE_FILE.")
        }
    }
}

extension ShareFile {
    /// The scalars one after another, in the order of `KeyClass.allCases`.
    private static func bytes(of shares: CustodianShares) -> [UInt8] {
        KeyClass.allCases.flatMap { keyClass in
            shares.shares[keyClass].map { $0.secret.withUnsafeBytes { [UInt8]($0) } } ?? []
        }
    }

    private static func shares(
        in bytes: borrowing SecretBytes, index: ShareIndex
    ) throws(OPRFFailure) -> [KeyClass: KeyShare] {
        guard bytes.count == KeyClass.allCases.count * Scalar.byteCount else { throw .secretNotUsable }
        var shares: [KeyClass: KeyShare] = [:]
        for (position, keyClass) in KeyClass.allCases.enumerated() {
            let scalar = bytes.withUnsafeBytes { source in
                SecretBytes(count: Scalar.byteCount) { target in
                    let start = position * Scalar.byteCount
                    target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[start..<start + Scalar.byteCount]))
                }
            }
            shares[keyClass] = try KeyShare(index: index, bytes: scalar)
        }
        return shares
    }

    private static func context(
        _ consortium: String, _ custodian: CustodianID, _ epoch: KeyEpoch, _ index: ShareIndex
    ) -> String {
        "counterfoil/share-file/v1|\(consortium)|\(custodian)|\(epoch)|\(index)"
    }
}

extension ShareFile {
    private static let format = "counterfoil-share-1"
    private static let classes = KeyClass.allCases.map(\.rawValue)

    package static func read(_ path: String) throws(Problem) -> ShareFile {
        let bytes = try FileSystem.read(path, as: .secret, limit: 1 << 16)
        return try DocumentFile.parse(bytes, path) { (json) throws(FieldFailure) in try ShareFile(json) }
    }

    /// - Throws: `Problem` where the file exists; a share is never overwritten.
    package func write(to path: String) throws(Problem) {
        try FileSystem.write(Array(json.prettyText.utf8), to: path, as: .secret, replacing: false)
    }

    private var json: JSON {
        let (raw, sealed): (JSON?, JSON?) =
            switch secret {
            case .raw(let bytes): (.string(Base64.encode(bytes)), nil)
            case .sealed(let sealed): (nil, sealed.json)
            }
        return .object([
            "format": .string(Self.format), "kind": "custodianShare", "consortium": .string(consortium),
            "custodian": .string(custodian.name), "tokenEpoch": .number(epoch.number), "index": .number(index.number),
            "keyClasses": .strings(Self.classes), "scalars": raw, "sealed": sealed,
        ])
    }

    private init(_ json: JSON) throws(FieldFailure) {
        var reader = try ObjectReader(json)
        guard try reader.string("format") == Self.format, try reader.string("kind") == "custodianShare" else {
            throw reader.failure("format", .malformed("not \(Self.format)"))
        }
        consortium = try reader.string("consortium", maximumLength: 32)
        custodian = try reader.parsed("custodian", as: CustodianID.init)
        epoch = KeyEpoch(UInt32(try reader.integer("tokenEpoch", in: 1...Int64(UInt32.max))))
        index = try reader.shareIndex("index")
        guard try reader.required("keyClasses") == .strings(Self.classes) else {
            throw reader.failure("keyClasses", .malformed("not the classes of this version, in their order"))
        }
        if let sealed = try reader.optionalObject("sealed") {
            secret = .sealed(try SealedSecret(sealed))
        } else {
            secret = .raw(try reader.base64("scalars"))
        }
        try reader.finish()
    }
}
