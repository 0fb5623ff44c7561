package import Exchange
package import Records
package import Registry
package import TransparencyLog
package import Vocabulary

/// Decides whether what a node returned for a submission proves that each record of it is in the log.
package struct ReceiptVerifier: Sendable {
    private let chain: RegistryChain
    private let logKeys: [NoteVerifierKey]

    package init(_ chain: RegistryChain) {
        self.chain = chain
        // Every key the log ever had is good for receipts of its time.
        var keys: [NoteVerifierKey] = []
        for entry in chain.entries.reversed() {
            guard let name = try? NoteKeyName(entry.version.log.origin) else { continue }
            let key = NoteVerifierKey(name: name, publicKey: entry.version.log.publicKey)
            if !keys.contains(key) { keys.append(key) }
        }
        logKeys = keys
    }

    /// - Parameters:
    ///   - envelope: the submission as it was signed.
    ///   - records: the ids in it.
    /// - Returns: one line a record, in the order of `records`.
    /// - Throws: `verificationFailed` where a record has no line, or a receipt does not prove what its line says.
    package func verify(
        _ outcome: SubmissionOutcome, of envelope: Envelope, submission: RecordID, records: [RecordID]
    ) throws(Problem) -> [ProvenRecord] {
        guard outcome.submission == submission else { throw .notProven("it is for another submission") }
        let receipts = try outcome.receipts.map { text throws(Problem) in try verified(text) }
        var lines: [RecordID: SubmissionOutcome.Line] = [:]
        for line in outcome.lines {
            guard lines.updateValue(line, forKey: line.recordID) == nil else {
                throw .notProven("it names a record twice")
            }
        }
        guard lines.count == records.count else { throw .notProven("it is for other records") }
        return try records.map { id throws(Problem) in
            guard let line = lines[id] else { throw .notProven("it is for other records") }
            let receipt = receipts[line.receipt]
            let isOwn = proves(receipt.opening, envelope)
            guard isOwn || line.status == .known else { throw .notProven("its receipt is for another envelope") }
            return ProvenRecord(
                recordID: id, receiptText: outcome.receipts[line.receipt], opening: receipt.opening,
                isOfThisEnvelope: isOwn)
        }
    }

    /// Whether the opening is of this envelope with this signature.
    package func proves(_ opening: LeafOpening, _ envelope: Envelope) -> Bool {
        guard let signed = envelope.signatures.first else { return false }
        return opening.envelopeHash == envelope.hash && opening.keyID == signed.keyID
            && opening.signature == signed.signature
    }

    private func verified(_ text: String) throws(Problem) -> Receipt {
        do throws(ReceiptFailure) {
            let receipt = try Receipt(parsing: text)
            try receipt.verify(by: logKeys)
            return receipt
        } catch {
            switch error {
            case .malformed: throw .notProven("a receipt cannot be read")
            case .checkpoint: throw .notProven("a receipt's checkpoint is not the log's")
            case .proof: throw .notProven("a receipt's proof does not lead to its checkpoint")
            case .otherEnvelope: throw .notProven("a receipt is for another envelope")
            }
        }
    }
}

/// A record with the receipt that proves its submission to be in the log.
package struct ProvenRecord: Sendable {
    package let recordID: RecordID
    /// A C2SP tlog-proof file.
    package let receiptText: String
    package let opening: LeafOpening
    /// False where the node knew the record from an earlier submission: then the receipt is that one's, and whoever
    /// holds the earlier envelope must still compare.
    package let isOfThisEnvelope: Bool
}

extension Problem {
    fileprivate static func notProven(_ why: String) -> Problem {
        Problem(
            .verificationFailed, "The node's receipt is not believed: \(why).",
            hint: "If it stays so, ask the node's operator; the records stay queued.")
    }
}
