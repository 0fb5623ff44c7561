package import Records
package import Registry
internal import Sodium
package import Vocabulary

/// Decides whether an envelope is the node's word on a member's notices after a cursor.
package struct NoticesVerifier: Sendable {
    private let chain: RegistryChain

    package init(_ chain: RegistryChain) { self.chain = chain }

    /// - Parameters:
    ///   - cursor: what was asked for; from a stream, the cursor of the envelope before.
    ///   - limit: how many were asked for at most.
    /// - Throws: `verificationFailed`, saying what does not fit.
    package func verify(
        _ envelope: Envelope, of member: MemberID, after cursor: UInt64, limit: Int, now: Instant
    ) throws(Problem) -> VerifiedNotices {
        let word = try NodeWord(
            envelope, as: .notices, named: "list of notices", by: [chain.current.node.answerKey])
        let notices = try word.read { reader throws(FieldFailure) in try VerifiedNotices(word, &reader) }
        guard notices.consortium == chain.current.consortium else { throw .notBelieved("it is of another consortium") }
        guard notices.member == member else { throw .notBelieved("it is for another member") }
        guard notices.after == cursor else { throw .notBelieved("it goes on from another cursor than was asked") }
        guard notices.notices.count <= limit else { throw .notBelieved("it has more notices than were asked for") }
        try requireOrder(notices)
        let latest = now.adding(seconds: NodeWord.maximumSkewSeconds)
        guard notices.notices.allSatisfy({ $0.releasedAt <= latest }) else {
            throw .notBelieved("a notice was released in the future")
        }
        return notices
    }

    /// Sequence numbers rise from beyond the cursor asked to the cursor told, so that none comes twice and asking on
    /// from there always gets further.
    private func requireOrder(_ notices: VerifiedNotices) throws(Problem) {
        var last = notices.after
        for notice in notices.notices {
            guard notice.sequence > last else { throw .notBelieved("its sequence numbers do not rise") }
            last = notice.sequence
        }
        guard notices.cursor >= last else { throw .notBelieved("its cursor is before its last notice") }
        guard !notices.hasMore || notices.cursor > notices.after else {
            throw .notBelieved("it promises more without getting any further")
        }
    }
}

/// The node's signed word on a member's notices. Only `NoticesVerifier` makes one.
package struct VerifiedNotices: Sendable {
    package let envelope: Envelope
    package let hash: Vocabulary.Hash
    package let after: UInt64
    /// Where to go on from.
    package let cursor: UInt64
    package let hasMore: Bool
    package let notices: [VerifiedNotice]
    /// How many notices the member has not acknowledged.
    package let unacknowledged: Int
    let consortium: String
    let member: MemberID

    fileprivate init(_ word: NodeWord, _ reader: inout ObjectReader) throws(FieldFailure) {
        (envelope, hash) = (word.envelope, word.hash)
        consortium = try reader.string("consortium")
        member = try reader.parsed("member", as: MemberID.init)
        after = UInt64(try reader.integer("after", in: 0...Int64.max))
        cursor = UInt64(try reader.integer("cursor", in: 0...Int64.max))
        guard let more = try reader.optionalBool("more") else { throw reader.failure("more", .missing) }
        hasMore = more
        unacknowledged = Int(try reader.integer("unacknowledged", in: 0...Int64(UInt32.max)))
        var notices: [VerifiedNotice] = []
        for (index, json) in try reader.array("notices", maximum: 500).enumerated() {
            notices.append(try VerifiedNotice(json, path: "notices[\(index)]"))
        }
        self.notices = notices
    }
}
