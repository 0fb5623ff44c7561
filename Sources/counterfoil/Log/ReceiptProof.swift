import Records
import Registry
import Sodium
import TransparencyLog
import Vocabulary

/// What a receipt proves. A value of this type is made by verification alone, from the registry and the files.
struct ReceiptProof {
    let receipt: Receipt
    let checkpoint: Checkpoint
    /// Whose key signed what was logged; `nil` for a key that no version of the registry lists.
    let member: MemberID?
    /// What was logged, where its envelope was given.
    let document: Document?

    struct Document {
        let type: PayloadType
        /// The ids of a submission's records.
        let records: [RecordID]
    }

    /// - Throws: `verificationFailed`, saying what does not hold.
    init(receipt bytes: [UInt8], envelope: Envelope?, chain: RegistryChain) throws(Problem) {
        do throws(ReceiptFailure) {
            receipt = try Receipt(parsing: bytes)
            checkpoint = try receipt.verify(by: chain.logKeys)
        } catch { throw .unproven(Self.sentence(error)) }
        let signer = Self.signer(of: receipt.opening.keyID, in: chain)
        member = signer?.member
        guard let envelope else {
            document = nil
            return
        }
        guard let signer else { throw .unproven("No member of the registry has the key that signed the entry.") }
        document = try Self.document(envelope, receipt, key: signer.key)
    }

    private static func document(
        _ envelope: Envelope, _ receipt: Receipt, key: PublicKey
    ) throws(Problem) -> Document {
        let isSame = envelope.hash == receipt.opening.envelopeHash
            && envelope.signatures.contains(
                Envelope.Signed(keyID: receipt.opening.keyID, signature: receipt.opening.signature))
        guard isSame else { throw .unproven("The receipt is for another envelope.") }
        guard envelope.isSigned(by: key) else { throw .unproven("The signature under the envelope does not hold.") }
        let submission = envelope.payloadType == .submission ? try? Submission(parsing: envelope.payload) : nil
        return Document(type: envelope.payloadType, records: submission?.records.map(\.recordID) ?? [])
    }

    /// The key in any version: what was signed stays signed, whatever became of key or member since.
    private static func signer(of id: KeyID, in chain: RegistryChain) -> (member: MemberID, key: PublicKey)? {
        for entry in chain.entries.reversed() {
            for member in entry.version.members {
                if let key = member.keys.first(where: { $0.keyID == id }) { return (member.id, key.publicKey) }
            }
        }
        return nil
    }

    private static func sentence(_ failure: ReceiptFailure) -> String {
        switch failure {
        case .malformed: "The file is not a receipt (a C2SP tlog-proof)."
        case .checkpoint: "The receipt's checkpoint is not signed by the log of this registry."
        case .proof: "The receipt's proof does not lead from the entry to its checkpoint."
        case .otherEnvelope: "The receipt is for another envelope."
        }
    }
}

extension Problem {
    fileprivate static func unproven(_ sentence: String) -> Problem {
        Problem(
            .verificationFailed, sentence,
            hint: "Nothing is proved by it. Check that receipt and registry belong together.")
    }
}

extension ReceiptProof {
    var json: JSON {
        .object([
            "verified": true, "log": .string(checkpoint.origin.text), "index": .number(receipt.index),
            "treeSize": .number(checkpoint.size), "root": .string(checkpoint.root.value.base64),
            "envelopeHash": .string(receipt.opening.envelopeHash.description),
            "keyID": .string(receipt.opening.keyID.text), "member": .optional(member?.name),
            "envelope": document.map { document in
                .object([
                    "type": .string(document.type.text),
                    "records": .strings(document.records.map(\.description)),
                ])
            },
        ])
    }

    var text: String {
        let owner = member.map { "\($0)'s key " } ?? "unlisted key "
        var text = "✓ The log \(checkpoint.origin) signed a tree of \(checkpoint.size) entries.\n"
            + "✓ Entry \(receipt.index) of it is the submission below; nobody can take it out unnoticed.\n"
        if let document {
            text += "✓ The envelope is this one, and the member's signature under it holds.\n"
            if !document.records.isEmpty { text += "  records: \(document.records.count)\n" }
        }
        text += "\n" + paragraph([
            "envelope": receipt.opening.envelopeHash.description, "signed with": owner + receipt.opening.keyID.text,
            "tree's root": checkpoint.root.value.base64,
        ])
        if document == nil { text += "\nNot checked: what was submitted. Give its envelope with --envelope.\n" }
        return text
    }
}
