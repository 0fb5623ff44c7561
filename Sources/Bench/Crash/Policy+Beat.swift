internal import Records
internal import Vocabulary

extension Policy {
    /// The same policy with checkpoints signed more often, so that there are more of them to be caught contradicting.
    func withBeat(milliseconds: Int) throws(Problem) -> Policy {
        let members = (json.members ?? []).map { member in
            member.name == "checkpointBeatMilliseconds" ? JSON.Member(member.name, .number(milliseconds)) : member
        }
        do throws(FieldFailure) { return try Policy(.object(members)) } catch { throw Problem(error) }
    }
}
