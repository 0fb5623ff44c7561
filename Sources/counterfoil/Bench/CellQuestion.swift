import Bench
import Exchange
import Identity
import Lending
import Records
import Vocabulary

/// One question about a simulated person, and the line that says how the core answers it.
struct CellQuestion {
    let asker: MemberID
    let identifiers: [IdentifierInput]
    /// The instant that is asked about.
    let instant: Instant
    /// Whether only what had been received by then counts.
    let isPast: Bool

    /// A person's own identifiers as one of the events named them, or, for every fourth question, some of them alone.
    ///
    /// - Parameter asker: `nil` stands for the event's member and any member by turns.
    init(
        about applicant: EventPlayer.Applicant, player: EventPlayer, asker: MemberID?, random: inout SplitMix64
    ) throws(Problem) {
        let all = try player.ownIdentifiers(of: applicant.json)
        let kept = Int.random(in: 0..<4, using: &random) == 0
            ? all.filter { _ in Bool.random(using: &random) } : all
        identifiers = kept.isEmpty ? all : kept
        let members = player.stage.members
        let any = members[Int.random(in: 0..<members.count, using: &random)]
        self.asker = asker ?? (Bool.random(using: &random) ? applicant.member : any)
        isPast = Int.random(in: 0..<4, using: &random) == 0
        let (first, last) = (player.start.milliseconds, player.now.milliseconds)
        let span = isPast
            ? (last - (last - first) / 3)...last : last...(last + 60 * 86_400_000)
        instant = Instant(milliseconds: Int64.random(in: span, using: &random))
    }

    func line(_ stage: CoreStage, withNames: Bool) throws(Problem) -> JSON {
        let latest = isPast ? instant.adding(days: 1) : instant
        let answer = stage.ask(try stage.verified(check(of: stage)), at: latest)
        let written = answer.json["statistics"]?["values"]
        guard let statistics = answer.body.statistics, let told = written else {
            throw Problem(.internalError, "A question about a person was not answered: \(answer.body.status).")
        }
        let raw = (0..<statistics.values.count).map { position -> JSON in
            statistics.values[position].map { .integer($0) } ?? .null
        }
        return .object([
            "asker": .string(asker.name), "now": .string(instant.description),
            "knownUntil": isPast ? .string(instant.description) : nil,
            "activeMembers": .strings(stage.activeMembers(at: instant).map(\.name)),
            "identifiers": .array(
                identifiers.map { .object(["kind": .string($0.kind.name), "value": .string($0.value)]) }),
            "profile": .string(statistics.profile.name),
            "names": withNames ? .strings(statistics.profile.names) : nil,
            "raw": .array(raw), "told": told,
        ])
    }

    private func check(of stage: CoreStage) throws(Problem) -> Check<IndexedIdentifier> {
        let reference: OpaqueReference
        do throws(DecodingFailure) { reference = try OpaqueReference("cells") } catch {
            throw Problem(.internalError, "A fixed reference is one.")
        }
        return Check(
            consortium: stage.consortium, member: asker, check: RecordID(random: [UInt8](repeating: 1, count: 16)),
            madeAt: instant, purpose: .application, mode: .soft, profile: "full", applicationRef: reference,
            consent: Bytes32(), product: nil, asOf: isPast ? AsOf(instant: instant, basis: .received) : nil,
            subject: Subject(role: .borrower, identifiers: identifiers.map(ApplicantIndexer.indexed)))
    }
}
