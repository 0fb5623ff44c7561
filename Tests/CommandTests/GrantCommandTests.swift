import ArgumentParser
import Records
import Registry
import Testing
import Vocabulary

@testable import counterfoil

@Suite("Commands for budget grants")
struct GrantCommandTests {
    static let add = ["book-2026", "--member", "north-bank", "--purpose", "furnish"]

    @Test("what is typed is the grant: from now for thirty days, or as said")
    func arguments() throws {
        let plain = try GrantAdd.parse(Self.add + ["--tokens", "phone=5", "--tokens", "nationalID=7"])
        let grant = plain.grant(madeAt: Fixture.now)
        #expect(grant.name.text == "book-2026" && grant.member.name == "north-bank" && grant.purpose == .furnish)
        #expect(grant.tokens == [.phone: 5, .nationalID: 7])
        #expect(grant.notBefore == Fixture.now && grant.notAfter == Fixture.now.adding(days: 30))
        let dated = try GrantAdd.parse(
            Self.add + ["--tokens", "phone=5", "--from", "2026-03-01T00:00:00Z", "--days", "2"])
        let later = dated.grant(madeAt: Fixture.now)
        #expect(later.notBefore.description == "2026-03-01T00:00:00Z")
        #expect(later.notAfter.description == "2026-03-03T00:00:00Z")
    }

    @Test(
        "what is no grant is refused before the registry is looked at",
        arguments: [
            [], ["--tokens", "phone=0"], ["--tokens", "phone=-1"], ["--tokens", "phone=many"], ["--tokens", "phone"],
            ["--tokens", "face=5"], ["--tokens", "phone=5", "--tokens", "phone=6"],
            ["--tokens", "phone=5", "--days", "0"], ["--tokens", "phone=5", "--days", "3651"],
            ["--tokens", "phone=5", "--from", "tomorrow"],
        ])
    func refused(arguments: [String]) {
        #expect(throws: (any Error).self) { try GrantAdd.parse(Self.add + arguments) }
    }

    @Test("a name or a purpose that cannot be is refused")
    func wrongWords() {
        let tokens = ["--tokens", "phone=5"]
        #expect(throws: (any Error).self) {
            try GrantAdd.parse(["book 2026", "--member", "north-bank", "--purpose", "furnish"] + tokens)
        }
        #expect(throws: (any Error).self) {
            try GrantAdd.parse(["book", "--member", "North Bank", "--purpose", "furnish"] + tokens)
        }
        #expect(throws: (any Error).self) {
            try GrantAdd.parse(["book", "--member", "north-bank", "--purpose", "marketing"] + tokens)
        }
    }

    @Test("a grant is added, raised, and removed in the registry's file, each a version that an admin signed")
    func run() throws {
        try Fixture.withFolder { folder in
            let now = Instant.now
            let sample = try SampleConsortium.make(now: now, policy: Fixture.policy())
            let files = try sample.write(to: folder + "/sample")
            let member = sample.members[0].id.name
            let signing = ["--registry", files.registry, "--admin-key", files.adminKey(sample.admins[0].name)]
            func add(_ count: Int, _ more: String...) throws {
                let arguments = ["book", "--member", member, "--purpose", "furnish", "--tokens", "phone=\(count)"]
                try GrantAdd.parse(arguments + signing + more).run()
            }
            func grants() throws -> [BudgetGrant] {
                try RegistryChain.read(files.registry, now: Instant.now).current.grants
            }
            try add(5)
            #expect(try grants().map(\.tokens) == [[.phone: 5]])
            #expect(throws: Problem.self) { try add(6) }
            try add(6, "--replace")
            #expect(try grants().map(\.tokens) == [[.phone: 6]])
            #expect(throws: Problem.self) { try GrantRemove.parse(["other"] + signing).run() }
            try GrantRemove.parse(["book"] + signing).run()
            #expect(try grants().isEmpty)
        }
    }

    @Test("the list says of each grant whether it is in force")
    func list() throws {
        let start = Instant(seconds: 1_780_000_000)
        let grant = BudgetGrant(
            name: try ListedName("book"), member: try MemberID("north-bank"), purpose: .furnish,
            tokens: [.phone: 5, .nationalID: 7], notBefore: start, notAfter: start.adding(seconds: 60))
        let lines = [grant].table(at: start).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[1].hasPrefix("book   north-bank  furnish  7 nationalID") && lines[1].hasSuffix("in force"))
        #expect(lines[2].contains("5 phone"))
        #expect([grant].table(at: start.adding(seconds: -1)).contains("to come"))
        #expect([grant].table(at: start.adding(seconds: 61)).contains("over"))
        #expect([BudgetGrant]().table(at: start) == "There are no grants.\n")
    }
}
