package import Vocabulary

/// One thing that a lender tells or asks, at the instant at which it does.
package struct SimulatedEvent: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        /// A record as it is posted to a gateway.
        case record(JSON)
        /// A check as it is posted to a gateway.
        case check(JSON)
        /// A dispute without its `signal`: whoever plays it asks first, and names the signal that it was answered for
        /// the disputed record.
        case dispute(JSON, of: RecordID, reporter: String)
    }

    package let receivedTime: Instant
    package let memberIndex: Int
    package let member: SimulatedMember
    package let content: Content
    /// The person's number, of whom the truth file may say more.
    package let person: Int
    package let labels: [TruthLabel]

    /// The document as it is posted.
    package var document: JSON {
        switch content {
        case .record(let json), .check(let json), .dispute(let json, _, _): json
        }
    }

    /// One line of the events file, without anything of the truth.
    package var line: JSON {
        var members = [
            JSON.Member("received", .string(receivedTime.description)),
            JSON.Member("member", .string(member.name)),
            JSON.Member("memberClass", .string(member.memberClass)),
        ]
        switch content {
        case .record(let json): members.append(JSON.Member("record", json))
        case .check(let json): members.append(JSON.Member("check", json))
        case .dispute(let json, let record, let reporter):
            members.append(JSON.Member("dispute", json))
            let disputed = JSON.object(["member": .string(reporter), "recordID": .string(record.description)])
            members.append(JSON.Member("disputes", disputed))
        }
        return .object(members)
    }
}
