import Exchange
import ExchangeClient
import ExchangeFakes
import OPRF
import Records
import Registry
import Sodium
import Synchronization
import Testing
import Vocabulary

@Suite("Tokens come of a proven quorum or not at all")
struct TokeniserTests {
    let consortium: FakeConsortium
    let failures = Failures()

    init() throws { consortium = try FakeConsortium() }

    final class Failures: Sendable {
        private let list = Mutex<[CustodianFailure]>([])
        func add(_ failure: CustodianFailure) { list.withLock { $0.append(failure) } }
        var custodians: [String] { list.withLock { $0.map(\.custodian.name) } }
        var codes: Set<ErrorCode> { list.withLock { Set($0.map(\.problem.code)) } }
    }

    func tokeniser(refresh: @escaping @Sendable () async -> Void = {}) -> Tokeniser {
        let (consortium, failures) = (consortium, failures)
        return Tokeniser(
            registry: consortium.follower, connect: consortium.connect, refresh: refresh,
            report: { failures.add($0) }, now: { consortium.clock.now })
    }

    static func inputs(_ count: Int, _ keyClass: KeyClass = .phone) -> [KeyedInput] {
        (0..<count).map { KeyedInput(keyClass: keyClass, bytes: Array("input \($0)".utf8)) }
    }

    @Test("a token is the input's point times the undivided key, whoever of the custodians evaluated")
    func sameTokenFromAnyQuorum() async throws {
        let input = Self.inputs(1)
        var seen: Set<GroupElement> = []
        for away in consortium.custodians {
            away.behaviour = .refusing(Problem(.custodianUnavailable, "Away."))
            let token = try await tokeniser().tokens(for: input, purpose: .furnish)[input[0]]
            seen.insert(try #require(token))
            away.behaviour = .honest
        }
        #expect(seen.count == 1)
    }

    @Test("equal inputs are evaluated once, and each class is one batch at each of two custodians")
    func oneBatchAClass() async throws {
        let inputs = Self.inputs(3) + Self.inputs(2, .email) + Self.inputs(3)
        let tokens = try await tokeniser().tokens(for: inputs, purpose: .application)
        #expect(inputs.allSatisfy { tokens[$0] != nil })
        let requests = consortium.custodians.flatMap(\.requests)
        #expect(requests.count == 4)
        #expect(requests.reduce(0) { $0 + $1.elements.count } == 2 * 5)
        #expect(requests.allSatisfy { $0.purpose == .application })
    }

    @Test("more than 1,024 inputs of a class go in several requests")
    func longListsAreSplit() async throws {
        let tokens = try await tokeniser().tokens(for: Self.inputs(1030), purpose: .furnish)
        #expect(Self.inputs(1030).allSatisfy { tokens[$0] != nil })
        let sizes = consortium.custodians.flatMap(\.requests).map(\.elements.count).sorted()
        #expect(sizes == [6, 6, 1024, 1024])
    }

    @Test(
        "a custodian without a valid proof is named and another is used",
        arguments: [FakeCustodian.Behaviour.otherKey, .otherProof, .tooFewElements])
    func wrongCustodianIsNamed(_ behaviour: FakeCustodian.Behaviour) async throws {
        consortium.custodians[0].behaviour = behaviour
        let inputs = Self.inputs(2)
        let tokens = try await tokeniser().tokens(for: inputs, purpose: .furnish)
        #expect(failures.custodians == ["custodian-1"])
        #expect(failures.codes == [.invalidProof])
        consortium.custodians[0].behaviour = .honest
        let honest = try await tokeniser().tokens(for: inputs, purpose: .furnish)
        #expect(inputs.allSatisfy { tokens[$0] == honest[$0] })
    }

    @Test("a custodian that answers in another's name is not counted as the other")
    func borrowedName() async throws {
        consortium.custodians[0].behaviour = .named(consortium.custodians[1].id)
        _ = try await tokeniser().tokens(for: Self.inputs(1), purpose: .furnish)
        #expect(failures.custodians == ["custodian-1"])
    }

    @Test("a custodian that failed is asked last for a while")
    func failedGoesLast() async throws {
        let tokeniser = tokeniser()
        consortium.custodians[0].behaviour = .refusing(Problem(.custodianUnavailable, "It did not answer in time."))
        _ = try await tokeniser.tokens(for: Self.inputs(1), purpose: .furnish)
        #expect(consortium.custodians[0].requests.count == 1)
        _ = try await tokeniser.tokens(for: Self.inputs(1), purpose: .furnish)
        #expect(consortium.custodians[0].requests.count == 1)
        consortium.clock.advance(seconds: 31)
        consortium.custodians[0].behaviour = .honest
        _ = try await tokeniser.tokens(for: Self.inputs(1), purpose: .furnish)
        #expect(consortium.custodians[0].requests.count == 2)
    }

    @Test("without a quorum the custodians are named and nothing is returned")
    func noQuorum() async throws {
        consortium.custodians[0].behaviour = .otherKey
        consortium.custodians[2].behaviour = .refusing(Problem(.nodeUnavailable, "Away."))
        let problem = await #expect(throws: Problem.self) {
            try await tokeniser().tokens(for: Self.inputs(1), purpose: .furnish)
        }
        #expect(problem?.code == .custodianUnavailable)
        #expect(problem?.detail.contains("custodian-1") == true)
        #expect(problem?.detail.contains("custodian-3") == true)
        #expect(problem?.code.isTransient == true)
    }

    @Test(
        "a refusal that is about this member is told as such",
        arguments: [ErrorCode.budgetExhausted, .suspendedMember])
    func refusalsAreTold(_ code: ErrorCode) async throws {
        for custodian in consortium.custodians { custodian.behaviour = .refusing(Problem(code, "Not today.")) }
        let problem = await #expect(throws: Problem.self) {
            try await tokeniser().tokens(for: Self.inputs(1), purpose: .furnish)
        }
        #expect(problem?.code == code)
    }

    @Test("a large job names its grant in every request, and nothing else does")
    func grant() async throws {
        let grant = try ListedName("book-2026")
        _ = try await tokeniser().tokens(for: Self.inputs(1030), purpose: .furnish, grant: grant)
        let requests = consortium.custodians.flatMap(\.requests)
        #expect(requests.count == 4 && requests.allSatisfy { $0.grant == grant && $0.purpose == .furnish })
        _ = try await tokeniser().tokens(for: Self.inputs(1), purpose: .furnish)
        let later = consortium.custodians.flatMap { $0.requests }.filter { $0.elements.count == 1 }
        #expect(later.count == 2 && later.allSatisfy { $0.grant == nil })
    }

    @Test("a grant that custodians refuse is told as such, and the day's budget is not asked in its place")
    func refusedGrant() async throws {
        for custodian in consortium.custodians {
            custodian.behaviour = .refusing(Problem(.notEntitled, "No such grant.", hint: "Ask an admin."))
        }
        let grant = try ListedName("book-2026")
        let problem = await #expect(throws: Problem.self) {
            try await tokeniser().tokens(for: Self.inputs(1), purpose: .furnish, grant: grant)
        }
        #expect(problem?.code == .notEntitled)
        #expect(problem?.hint == "Ask an admin.")
        #expect(consortium.custodians.flatMap(\.requests).allSatisfy { $0.grant == grant })
    }

    @Test("a request survives its JSON, with a grant and without one")
    func requestOnTheWire() throws {
        for grant in [nil, try ListedName("book-2026")] {
            let request = EvaluationRequest(
                epoch: KeyEpoch(1), keyClass: .phone, purpose: .furnish, grant: grant, elements: [.generator])
            let read = try EvaluationRequest(parsing: request.json.bytes)
            #expect(read.grant == grant && read.json == request.json)
            #expect((request.json["grant"] == nil) == (grant == nil))
        }
    }

    @Test("one custodian that speaks of another epoch does not keep the others from a quorum")
    func oneWrongEpoch() async throws {
        consortium.custodians[1].behaviour = .refusing(Problem(.wrongEpoch, "Another epoch."))
        _ = try await tokeniser().tokens(for: Self.inputs(1), purpose: .furnish)
        #expect(failures.custodians == ["custodian-2"])
    }

    @Test("where all are of another epoch the registry is looked for once, and then it is an error")
    func wrongEpochRefreshesOnce() async throws {
        for custodian in consortium.custodians { custodian.behaviour = .refusing(Problem(.wrongEpoch, "Another.")) }
        let count = Atomic(0)
        let problem = await #expect(throws: Problem.self) {
            try await tokeniser(refresh: { count.wrappingAdd(1, ordering: .relaxed) })
                .tokens(for: Self.inputs(1), purpose: .furnish)
        }
        #expect(problem?.code == .wrongEpoch)
        #expect(count.load(ordering: .relaxed) == 1)
    }

    @Test("no input stands in a problem")
    func problemsAreBlind() async throws {
        for custodian in consortium.custodians { custodian.behaviour = .otherKey }
        let input = KeyedInput(keyClass: .phone, bytes: Array("+8613812345678".utf8))
        let problem = await #expect(throws: Problem.self) {
            try await tokeniser().tokens(for: [input], purpose: .furnish)
        }
        #expect(problem.map { "\($0) \($0.hint ?? "")" }?.contains("138") == false)
        #expect("\(input)".contains("138") == false)
    }
}
