internal import Records
internal import Vocabulary

extension Policy {
    /// The same policy with room for a year's checks in a minute: what is measured is the node, not its patience.
    func withAmpleQuotas() throws(Problem) -> Policy {
        let ample = JSON.object(["checks": .number(1_000_000_000), "misses": .number(1_000_000_000)])
        let members = (json.members ?? []).map { member in
            guard member.name == "quotas", let purposes = member.value.members else { return member }
            return JSON.Member(member.name, .object(purposes.map { JSON.Member($0.name, ample) }))
        }
        do throws(FieldFailure) { return try Policy(.object(members)) } catch { throw Problem(error) }
    }
}
