import Simulation
import Vocabulary

/// That a person gave a value in an application.
struct CommunityUse {
    let kind: IdentifierKind
    let role: IdentifierRole
    let text: String
    let person: Int
    let member: Int
    /// When it was told; milliseconds since 1970.
    let time: Int64
    /// Whether it is the phone that the person had at first; `nil` of everything that is no phone.
    let isFirstPhone: Bool?

    /// Everything that the loans and checks of the fixture's city say.
    static let all = Result {
        let city = try Fixture.city.get()
        return city.events.flatMap { event in uses(event, firstPhone: city.truths[event.person]?.phones.first) }
    }

    private static func uses(_ event: SimulatedEvent, firstPhone: String?) -> [CommunityUse] {
        let json = event.document
        if let kind = json["kind"]?.string, kind != "loanEvent" { return [] }
        guard let applicant = json["applicant"] ?? json["subjects"]?.array?.first?["applicant"] else { return [] }
        let own = values(applicant).map { ($0.0, IdentifierRole.own, $0.1) }
        let related = (applicant["related"]?.array ?? []).flatMap { other in
            let role = other["role"]?.string.flatMap(IdentifierRole.init(name:)) ?? .own
            return values(other).map { (role == .staff ? .staff : $0.0, role, $0.1) }
        }
        return (own + related).map { kind, role, text in
            CommunityUse(
                kind: kind, role: role, text: text, person: event.person, member: event.memberIndex,
                time: event.receivedTime.milliseconds, isFirstPhone: kind == .phone ? text == firstPhone : nil)
        }
    }

    private static func values(_ json: JSON) -> [(IdentifierKind, String)] {
        func texts(_ name: String, _ field: String? = nil) -> [String] {
            (json[name]?.array ?? []).compactMap { value in field.map { value[$0]?.string } ?? value.string }
        }
        return texts("nationalIDs", "value").map { (.nationalID, $0) } + texts("phones").map { (.phone, $0) }
            + texts("cards").map { (.card, $0) } + texts("devices", "value").map { (.device, $0) }
            + texts("emails").map { (.email, $0) } + texts("addresses", "line").map { (.address, $0) }
    }
}
