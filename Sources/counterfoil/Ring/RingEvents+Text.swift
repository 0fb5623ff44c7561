import Exchange
import Vocabulary

extension RingEvents {
    var text: String {
        guard !events.isEmpty else { return "Nothing happened.\n" }
        var table = Table("NUMBER", "TIME", "WHAT")
        for event in events { table.add(String(event.sequence), event.at.description, event.fact.words) }
        return table.text + (hasMore ? "There are more: add --after \(cursor).\n" : "")
    }
}

extension RingEvent.Fact {
    var words: String {
        switch self {
        case .founded(let ring, nil): "\(ring) was founded"
        case .founded(let ring, let from?): "\(ring) split off \(from)"
        case .merged(let ring, let into): "\(ring) became part of \(into)"
        case .ended(let ring): "\(ring) ended"
        case .demoted(let hub, let subjects): "\(hub.words) is shared by \(subjects) persons and links nobody now"
        case .promoted(let hub): "\(hub.words) links again"
        case .hubBurst(let hub, let subjects): "\(hub.words), which links nobody, gained \(subjects) persons in 7 days"
        }
    }
}

extension HubName {
    fileprivate var words: String { "\(NodeShape(kind).name(of: kind)) \(pseudonym)" }
}
