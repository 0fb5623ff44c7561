package import Vocabulary

/// A page of a member's notices as the node signs it (`notices`).
package struct NoticePage: Sendable {
    package let consortium: String
    package let member: MemberID
    package let after: UInt64
    /// The sequence number of the last notice of the page; `after` where there is none.
    package let cursor: UInt64
    package let hasMore: Bool
    /// Each as JSON, in the order of their sequence numbers.
    package let notices: [JSON]
    /// Released corrections that the member has not acknowledged.
    package let unacknowledged: Int

    package var isEmpty: Bool { notices.isEmpty }

    package var json: JSON {
        .object([
            "consortium": .string(consortium),
            "member": .string(member.name),
            "after": .number(after),
            "cursor": .number(cursor),
            "more": .bool(hasMore),
            "notices": .array(notices),
            "unacknowledged": .number(unacknowledged),
        ])
    }
}
