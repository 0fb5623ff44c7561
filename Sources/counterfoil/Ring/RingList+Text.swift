import Exchange
import Records
import Vocabulary

extension RingList {
    var text: String {
        guard !rings.isEmpty else { return "There are no rings.\n" }
        var table = Table("RING", "STATUS", "PERSONS", "REPORTED", "MEMBERS", "FIRST SEEN", "LAST SEEN")
        for ring in rings {
            table.add(
                ring.ring.description, ring.status.rawValue, String(ring.subjects), String(ring.reported),
                String(ring.members), ring.firstSeen.description, ring.lastSeen.description)
        }
        let next = rings.last.map { "There are more: add --after \($0.ring).\n" } ?? ""
        return table.text + (hasMore ? next : "")
    }
}

extension RingCandidateList {
    /// A paragraph each: what it is, and why it is thought to be one.
    var text: String {
        guard let foundAt else { return "No discovery has run yet: start one with `counterfoil ring discover`.\n" }
        guard !candidates.isEmpty else { return "Nothing is left to decide of what was found at \(foundAt).\n" }
        let paragraphs = candidates.map { candidate in
            let score = candidate.score.map { ", score \($0) of 1000" } ?? ""
            let head =
                "\(candidate.ring): \(candidate.subjects) persons at \(candidate.members) members, "
                + "seen \(candidate.firstSeen) to \(candidate.lastSeen)\(score)\n"
            return head + candidate.reasons.map { "  - \($0.sentence)\n" }.joined()
        }
        return paragraphs.joined(separator: "\n") + "\nFound at \(foundAt). Candidates are no reports.\n"
    }
}
