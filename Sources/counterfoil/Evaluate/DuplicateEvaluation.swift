import Exchange
import ExchangeClient
import Gateway
import Identity
import Lending
import NodeService
import Records
import Registry
import Sodium
import Store
import Vocabulary

/// Two lenders, three custodians and a node in one process, and persons of whom we know who is who.
struct DuplicateEvaluation {
    typealias Progress = @Sendable (_ stage: String, _ done: Int, _ total: Int) -> Void

    private static let personsPerBatch = 100

    private let sample: SampleConsortium
    private let node: NodeExchange
    private let tokeniser: Tokeniser
    private let seed: UInt64
    private let startedAt: Instant

    init(policy: Policy, seed: UInt64) throws(Problem) {
        let startedAt = Instant.now
        let sample = try SampleConsortium.make(now: startedAt, policy: policy)
        let registry = RegistryFollower(sample.chain)
        let keys = EphemeralKeys()
        node = try NodeExchange(
            NodeExchange.Configuration(
                registry: registry, logKey: sample.logKey, answerKey: sample.answerKey, pepper: keys.pepper,
                references: keys.pepper, rings: keys.pepper, now: { .now }),
            store: MemoryEntryStore())
        let shares = sample.shares
        tokeniser = Tokeniser(
            registry: registry,
            connect: { registered throws(Problem) in
                guard let mine = shares.first(where: { $0.custodian == registered.id }) else {
                    throw Problem(.custodianUnavailable, "There is no such custodian in this process.")
                }
                return LocalCustodian(shares: mine)
            }, now: { .now })
        (self.sample, self.seed, self.startedAt) = (sample, seed, startedAt)
    }

    func run(_ persons: [EvaluatedPerson], progress: Progress) async throws(Problem) -> DuplicateResult {
        var random = SplitMix64(seed: seed)
        var halves: (furnished: [EvaluatedPerson], checked: [EvaluatedPerson]) = ([], [])
        for person in persons {
            if Bool.random(using: &random) { halves.furnished.append(person) } else { halves.checked.append(person) }
        }
        let entities = try await furnish(halves.furnished, progress)
        return try await check(halves.checked, against: entities, progress)
    }

    // MARK: The furnishing lender

    /// Furnishes everybody as an application. - Returns: the person behind each record, by the record's key.
    private func furnish(
        _ persons: [EvaluatedPerson], _ progress: Progress
    ) async throws(Problem) -> [LookupKey: String] {
        let lender = sample.members[0]
        let sealer = RequestSealer(consortium: sample.chain.current.consortium, member: lender.id, key: lender.key)
        var entities: [LookupKey: String] = [:]
        for start in stride(from: 0, to: persons.count, by: Self.personsPerBatch) {
            let batch = persons[start..<min(start + Self.personsPerBatch, persons.count)]
            progress("furnishing", start, persons.count)
            var records: [Record<IdentifierInput>] = []
            for person in batch {
                guard let record = try application(of: person) else { continue }
                entities[.record(record.recordID, of: lender.id)] = person.entity
                records.append(record)
            }
            if records.isEmpty { continue }
            let tokens = try await tokens(of: records.flatMap { $0.subjects.flatMap(\.identifiers) })
            let request = try sealer.submission(
                .random(), of: records, madeAt: .now, epoch: tokens.epoch,
                token: { identifier throws(Problem) in try token(of: identifier, in: tokens) })
            try await submit(request, as: lender.id)
        }
        return entities
    }

    private func application(of person: EvaluatedPerson) throws(Problem) -> Record<IdentifierInput>? {
        guard let identifiers = try derive(person) else { return nil }
        let id = RecordID.random()
        do throws(DecodingFailure) {
            let event = LoanEvent(loanRef: try OpaqueReference(id.description), stage: .applied)
            return Record(
                recordID: id, eventTime: startedAt, subjects: [Subject(role: .borrower, identifiers: identifiers)],
                body: .loanEvent(event))
        } catch { throw Problem(.internalError, "A record id is a reference.") }
    }

    // MARK: The checking lender

    private func check(
        _ persons: [EvaluatedPerson], against entities: [LookupKey: String], _ progress: Progress
    ) async throws(Problem) -> DuplicateResult {
        let lender = sample.members[1]
        let sealer = RequestSealer(consortium: sample.chain.current.consortium, member: lender.id, key: lender.key)
        let furnished = Dictionary(grouping: entities.values, by: \.self).mapValues(\.count)
        var result = DuplicateResult(furnished: entities.count)
        for start in stride(from: 0, to: persons.count, by: Self.personsPerBatch) {
            let batch = persons[start..<min(start + Self.personsPerBatch, persons.count)]
            progress("checking", start, persons.count)
            var asked: [(person: EvaluatedPerson, identifiers: [IdentifierInput])] = []
            for person in batch {
                result.truePairs += furnished[person.entity] ?? 0
                if let identifiers = try derive(person) { asked.append((person, identifiers)) }
            }
            if asked.isEmpty { continue }
            let tokens = try await tokens(of: asked.flatMap(\.identifiers))
            for (person, identifiers) in asked {
                let request = try sealer.check(
                    try question(identifiers, by: lender.id), epoch: tokens.epoch,
                    token: { identifier throws(Problem) in try token(of: identifier, in: tokens) }
                ).request
                let found = try await node.recordsOfSamePerson(request, from: requester(lender.id))
                try await requireAnswer(to: request, as: lender.id, finds: !found.isEmpty)
                result.count(found.map { entities[$0] == person.entity })
            }
        }
        return result
    }

    private func question(
        _ identifiers: [IdentifierInput], by member: MemberID
    ) throws(Problem) -> Check<IdentifierInput> {
        do throws(DecodingFailure) {
            return Check(
                consortium: sample.chain.current.consortium, member: member, check: .random(), madeAt: .now,
                purpose: .application, mode: .soft, applicationRef: try OpaqueReference("evaluation"),
                consent: Bytes32(), product: nil, subject: Subject(role: .borrower, identifiers: identifiers))
        } catch { throw Problem(.internalError, "A fixed reference is one.") }
    }

    /// What a lender would see must say the same as what the evaluation counts.
    private func requireAnswer(
        to request: SealedRequest, as member: MemberID, finds expected: Bool
    ) async throws(Problem) {
        let answer = try await node.serving(requester(member)).check(request)
        let place = Catalogue.current.profiles[0].names.firstIndex(of: "exposure.others.liveApplications")
        guard let json = try? JSON(parsing: answer.payload), let place,
            ((json["statistics"]?["values"]?.array?[place] ?? "0") != "0") == expected
        else {
            throw Problem(.verificationFailed, "The signed answer and the records behind it do not agree.")
        }
    }

    // MARK: Both

    /// The person's identifiers and match keys; `nil` where nothing usable is left.
    private func derive(_ person: EvaluatedPerson) throws(Problem) -> [IdentifierInput]? {
        let applicant: Applicant
        do throws(FieldFailure) { applicant = try Applicant(person.applicant) } catch { throw Problem(error) }
        let today = CalendarDate(daysSince1970: Int(startedAt.seconds / 86_400))
        do throws(IdentityFailure) {
            let normaliser = Normaliser(defaultRegion: .australia, today: today)
            return try applicant.identifiers(normaliser, malformed: .drop, path: "").inputs
        } catch .noUsableIdentifier {
            return nil
        } catch { throw Problem(error) }
    }

    private func tokens(of identifiers: [IdentifierInput]) async throws(Problem) -> Tokens {
        try await tokeniser.tokens(for: identifiers.map(keyed), purpose: .furnish)
    }

    private func token(of identifier: IdentifierInput, in tokens: Tokens) throws(Problem) -> GroupElement {
        guard let token = tokens[keyed(identifier)] else {
            throw Problem(.internalError, "Every identifier was tokenised.")
        }
        return token
    }

    private func keyed(_ identifier: IdentifierInput) -> KeyedInput {
        KeyedInput(
            keyClass: identifier.kind.keyClass,
            bytes: identifier.tokenInput(consortiumID: sample.chain.current.consortium))
    }

    private func requester(_ member: MemberID) -> Requester {
        Requester(
            member: member, keyID: sample.key(of: member)?.keyID ?? sample.logKey.keyID,
            nonce: RecordID.random().description, expires: Instant.now.adding(seconds: 300))
    }

    private func submit(_ request: SealedRequest, as member: MemberID) async throws(Problem) {
        let node = node
        let beat = Task {
            while (try? await Task.sleep(for: .milliseconds(20))) != nil { try? await node.publishCheckpoint() }
        }
        defer { beat.cancel() }
        _ = try await node.serving(requester(member)).submit(request)
    }
}

extension RecordID {
    static func random() -> RecordID { RecordID(random: SystemRandom.bytes(16)) }
}

/// What was found, pair by pair: a checked person and a furnished record.
struct DuplicateResult: Sendable {
    let furnished: Int
    var truePairs = 0
    private(set) var right = 0
    private(set) var wrong = 0

    init(furnished: Int) { self.furnished = furnished }

    mutating func count(_ findings: [Bool]) {
        right += findings.count { $0 }
        wrong += findings.count { !$0 }
    }

    /// Of the pairs found, how many are right.
    var precision: Double { right + wrong == 0 ? 1 : Double(right) / Double(right + wrong) }
    /// Of the true pairs, how many were found.
    var recall: Double { truePairs == 0 ? 1 : Double(right) / Double(truePairs) }

    var json: JSON {
        .object([
            "furnished": .number(furnished), "truePairs": .number(truePairs), "right": .number(right),
            "wrong": .number(wrong), "precision": .string(Self.text(precision)), "recall": .string(Self.text(recall)),
        ])
    }

    var text: String {
        "\(truePairs) true pairs, \(right) found, \(wrong) wrong: "
            + "precision \(Self.text(precision)), recall \(Self.text(recall))\n"
    }

    private static func text(_ share: Double) -> String {
        let thousandths = Int((share * 10_000).rounded(.down))
        let digits = String(thousandths % 10_000)
        return "\(thousandths / 10_000).\(String(repeating: "0", count: 4 - digits.count))\(digits)"
    }
}

/// A small seeded generator (Steele, Lea and Flood 2014): the same seed gives the same split everywhere.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
