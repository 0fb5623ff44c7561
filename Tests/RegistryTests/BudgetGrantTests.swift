import Records
import Registry
import Sodium
import TestSupport
import Testing
import Vocabulary

@Suite("Budget grants stand in the registry, by the admins' quorum")
struct BudgetGrantTests {
    static func grant(
        _ name: String = "book-2026", of member: MemberID, purpose: Purpose = .furnish,
        tokens: [KeyClass: Int] = [.nationalID: 2_000_000, .phone: 1_000_000], from: Instant = Fixture.now,
        days: Int = 10
    ) throws -> BudgetGrant {
        BudgetGrant(
            name: try ListedName(name), member: member, purpose: purpose, tokens: tokens, notBefore: from,
            notAfter: from.adding(days: days))
    }

    private static func code(_ work: () throws -> Void) -> ErrorCode? {
        do {
            try work()
            return nil
        } catch { return (error as? Problem)?.code }
    }

    /// A consortium whose first member has a grant.
    private func granted(admins: Int = 1, threshold: Int = 1) throws -> SampleConsortium {
        let sample = try Fixture.sample(admins: admins, adminThreshold: threshold)
        let grant = try Self.grant(of: sample.members[0].id)
        return try sample.changed(at: Fixture.now) { (version) throws(Problem) in try version.give(grant) }
    }

    @Test("a grant is in the version as it was given, and admins read it in words")
    func given() throws {
        let granted = try granted()
        let version = granted.chain.current
        let expected = try Self.grant(of: granted.members[0].id)
        #expect(version.grant(named: try ListedName("book-2026")) == expected)
        #expect(try version.grant(named: ListedName("book-2027")) == nil)
        #expect(try RegistryVersion(JSON(parsing: version.json.bytes)) == version)
        let sentence = "The grant book-2026 gives north-bank 2000000 nationalID, 1000000 phone tokens for furnish "
            + "from 2026-02-25T06:13:20Z to 2026-03-07T06:13:20Z."
        #expect(version.differences(since: granted.chain.entries[0].version) == [sentence])
        #expect(version.differences(since: nil).contains(sentence))
    }

    @Test("a version without the field is one without grants, and is written without it")
    func absent() throws {
        let version = try Fixture.sample().chain.current
        #expect(version.grants.isEmpty && version.json["grants"] == nil)
        let members = (version.json.members ?? []) + [JSON.Member("grants", [])]
        #expect(try RegistryVersion(.object(members)) == version)
    }

    @Test("it holds from its first instant to its last")
    func window() throws {
        let grant = try Self.grant(of: try MemberID("north-bank"), days: 1)
        #expect(grant.isValid(at: grant.notBefore) && grant.isValid(at: grant.notAfter))
        #expect(!grant.isValid(at: grant.notBefore.adding(seconds: -1)))
        #expect(!grant.isValid(at: grant.notAfter.adding(seconds: 1)))
    }

    @Test("a grant may be raised, prolonged and withdrawn by those who gave it")
    func changed() throws {
        let granted = try granted()
        let more = try Self.grant(of: granted.members[0].id, tokens: [.nationalID: 3_000_000], days: 20)
        let raised = try granted.changed(at: Fixture.now) { (version) throws(Problem) in
            try version.give(more, replacing: true)
        }
        #expect(raised.chain.current.grants == [more])
        let withdrawn = try raised.changed(at: Fixture.now) { (version) throws(Problem) in
            try version.withdrawGrant(named: more.name)
        }
        #expect(withdrawn.chain.current.grants.isEmpty)
        let sentences = withdrawn.chain.current.differences(since: raised.chain.current)
        #expect(sentences == ["The grant book-2026 is withdrawn."])
    }

    @Test("what admins cannot mean is refused before anybody signs")
    func refusals() throws {
        let granted = try granted()
        var version = granted.chain.current
        let (first, second) = (granted.members[0].id, granted.members[1].id)
        let stranger = try Self.grant("other", of: try MemberID("nobody-bank"))
        #expect(Self.code { try version.give(stranger) } == .unknownMember)
        let again = try Self.grant(of: first)
        #expect(Self.code { try version.give(again) } == .notAdmissible)
        let moved = try Self.grant(of: second)
        #expect(Self.code { try version.give(moved, replacing: true) } == .notAdmissible)
        let turned = try Self.grant(of: first, purpose: .portfolioReview)
        #expect(Self.code { try version.give(turned, replacing: true) } == .notAdmissible)
        let unknown = try ListedName("book-2025")
        #expect(Self.code { try version.withdrawGrant(named: unknown) } == .notFound)
        #expect(version == granted.chain.current)
    }

    @Test("adding, raising and withdrawing a grant need the quorum: one admin alone is refused")
    func quorum() throws {
        let sample = try Fixture.sample(admins: 3, adminThreshold: 2)
        let grant = try Self.grant(of: sample.members[0].id)
        let shortfall = RegistryFailure.belowThreshold(version: 2, needed: 2, signed: 1)
        let alone = try sample.forged(signers: [1]) { $0.grants = [grant] }
        #expect(throws: shortfall) { try sample.appending(alone) }
        let together = try sample.appending(try sample.forged(signers: [1, 2]) { $0.grants = [grant] })
        #expect(together.chain.current.grants == [grant])
        let more = try Self.grant(of: sample.members[0].id, tokens: [.phone: 9_000_000])
        for change in [{ $0.grants = [more] }, { $0.grants = [] }] as [(inout RegistryVersion) -> Void] {
            let alone = try together.forged(signers: [1], change)
            #expect(throws: RegistryFailure.belowThreshold(version: 3, needed: 2, signed: 1)) {
                try together.appending(alone)
            }
        }
    }

    @Test("a grant that stands goes to no other member and no other purpose, whoever signs")
    func forbidden() throws {
        let granted = try granted()
        let (first, second) = (granted.members[0].id, granted.members[1].id)
        for grant in [try Self.grant(of: second), try Self.grant(of: first, purpose: .application)] {
            let envelope = try granted.forged { $0.grants = [grant] }
            let failure = #expect(throws: RegistryFailure.self) { try granted.appending(envelope) }
            guard case .forbiddenChange = failure else {
                Issue.record("refused as \(String(describing: failure))")
                continue
            }
        }
    }

    private static let field = "grants[0]"

    @Test(
        "a grant that is not exactly the format is refused, by path",
        arguments: [
            (["name"], "", "\(field).name"), (["name"], "book 2026", "\(field).name"), (["name"], nil, "\(field).name"),
            (["member"], "nobody-bank", "\(field).member"), (["member"], nil, "\(field).member"),
            (["purpose"], "marketing", "\(field).purpose"), (["purpose"], nil, "\(field).purpose"),
            (["tokens"], .object([]), "\(field).tokens"), (["tokens"], nil, "\(field).tokens"),
            (["tokens", "phone"], .integer(0), "\(field).tokens.phone"),
            (["tokens", "phone"], .integer(1_000_000_000_001), "\(field).tokens.phone"),
            (["tokens", "phone"], "many", "\(field).tokens.phone"),
            (["tokens", "face"], .integer(1), "\(field).tokens.face"),
            (["notBefore"], "yesterday", "\(field).notBefore"),
            (["notAfter"], "2026-02-25T06:13:20Z", "\(field).notAfter"),
            (["notAfter"], "2026-02-24T06:13:20Z", "\(field).notAfter"), (["notAfter"], nil, "\(field).notAfter"),
            (["note"], "x", "\(field).note"),
        ] as [([String], JSON?, String)])
    func malformed(path: [String], value: JSON?, field: String) throws {
        let sample = try Fixture.sample()
        let grant = Self.replacing(try Self.grant(of: sample.members[0].id).json, path[...], value)
        let json = JSON.object((sample.chain.current.json.members ?? []) + [JSON.Member("grants", .array([grant]))])
        let failure = #expect(throws: FieldFailure.self) { try RegistryVersion(json) }
        #expect(failure?.path == field)
    }

    @Test("a name that stands twice, and more grants than a person reads, are refused")
    func tooMany() throws {
        let sample = try Fixture.sample()
        func failure(_ grants: [BudgetGrant]) throws -> FieldFailure? {
            var version = sample.chain.current
            version.grants = grants
            return #expect(throws: FieldFailure.self) { try RegistryVersion(version.json) }
        }
        let (first, second) = (sample.members[0].id, sample.members[1].id)
        #expect(try failure([try Self.grant(of: first), try Self.grant(of: second)])?.path == "grants[1].name")
        let many = try (0...256).map { try Self.grant("job-\($0)", of: first) }
        #expect(try failure(many) == FieldFailure(path: "grants", rule: .tooMany(limit: 256)))
    }

    private static func replacing(_ json: JSON, _ path: ArraySlice<String>, _ value: JSON?) -> JSON {
        guard let name = path.first else { return value ?? .null }
        let members = json.members ?? []
        let rest = members.filter { $0.name != name }
        if path.count == 1, value == nil { return .object(rest) }
        let old = members.first { $0.name == name }?.value ?? .null
        return .object(rest + [JSON.Member(name, replacing(old, path.dropFirst(), value))])
    }
}
