import ConsortiumSupport
import Records
import Registry
import Vocabulary

extension Policy {
    /// The same policy with one of its parts written otherwise.
    func changing(_ name: String, _ change: (JSON) -> JSON) throws(Problem) -> Policy {
        let members = (json.members ?? []).map { member in
            switch member.name {
            case name: JSON.Member(name, change(member.value))
            case "version": JSON.Member(member.name, .number(version + 1))
            default: member
            }
        }
        do throws(FieldFailure) { return try Policy(.object(members)) } catch { throw Problem(error) }
    }
}

extension JSON {
    /// The object with some members' values replaced.
    func replacing(_ values: [String: JSON]) -> JSON {
        .object((members ?? []).map { JSON.Member($0.name, values[$0.name] ?? $0.value) })
    }
}

extension NodeConsortium {
    /// Publishes a registry version with the policy changed, as admins do, and lets the node follow it.
    mutating func changePolicy(_ name: String, _ change: (JSON) -> JSON) throws {
        lenders.sample = try lenders.sample.changed(at: now) { version throws(Problem) in
            version.policy = try version.policy.changing(name, change)
        }
        try registry.adopt(lenders.sample.chain.envelopes, now: now)
    }
}
