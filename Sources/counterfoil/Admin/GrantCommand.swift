import ArgumentParser
import Records
import Registry
import Vocabulary

struct GrantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: "Give members tokens for large jobs beside their daily budgets.",
        discussion: """
            A grant is for one member and one purpose: so many tokens of each key class within a time. The custodians \
            count what is asked under its name, and go on counting where it is raised or prolonged. Each of these \
            makes one new version of the registry, which the admins' threshold must sign; --draft FILE passes it on.
            """,
        subcommands: [GrantAdd.self, GrantRemove.self, GrantList.self])
}

struct GrantAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Give a grant, or with --replace raise or prolong one.",
        discussion: """
            Example:
              counterfoil registry grant add book-2026 --member north-bank --purpose furnish \\
                --tokens nationalID=2000000 --tokens phone=2000000 --days 10 --admin-key admin-1.key
            """)

    @Argument(help: "The grant's name: 1 to 32 of A-Z, a-z, 0-9 and '-', from a letter.")
    var name: ListedName

    @Option(help: "Who may use it.")
    var member: MemberID

    @Option(help: ArgumentHelp("What for: furnish, or a purpose of checks.", valueName: "purpose"))
    var purpose: Purpose

    @Option(help: ArgumentHelp("How many tokens of a key class; repeat for each class.", valueName: "class=count"))
    var tokens: [GrantedTokens]

    @Option(help: ArgumentHelp("From when, such as 2026-03-01T00:00:00Z; at once without it.", valueName: "time"))
    var from: Instant?

    @Option(help: "For how many days.")
    var days: Int = 30

    @Flag(help: "Replace the amounts and the time of a grant of this name; what was used of it stays used.")
    var replace = false

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var signing: SigningOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...3650).contains(days) else { throw ValidationError("--days is between 1 and 3650.") }
        guard !tokens.isEmpty else { throw ValidationError("Give --tokens CLASS=COUNT at least once.") }
        guard Set(tokens.map(\.keyClass)).count == tokens.count else {
            throw ValidationError("Give --tokens once for each key class.")
        }
    }

    func run() throws {
        let note = replace ? "Changes the grant \(name)." : "Gives \(member) the grant \(name)."
        try Publication.change(registry, signing, output, note: note) { (version) throws(Problem) in
            try version.give(grant(madeAt: version.madeAt), replacing: replace)
        }
    }

    func grant(madeAt: Instant) -> BudgetGrant {
        let start = from ?? madeAt
        return BudgetGrant(
            name: name, member: member, purpose: purpose,
            tokens: Dictionary(uniqueKeysWithValues: tokens.map { ($0.keyClass, $0.count) }), notBefore: start,
            notAfter: start.adding(days: days))
    }
}

struct GrantRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Withdraw a grant; jobs under it stop at the custodians at once.")

    @Argument(help: "The grant's name.")
    var name: ListedName

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var signing: SigningOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try Publication.change(registry, signing, output, note: "Withdraws the grant \(name).") {
            (version) throws(Problem) in
            try version.withdrawGrant(named: name)
        }
    }
}

struct GrantList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the grants of the current registry.",
        discussion: "How much of a grant is used, each custodian knows of itself; the registry does not.")

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let now = Instant.now
        let grants = try registry.chain(now: now).current.grants
        let json = JSON.object([
            "grants": .array(
                grants.map { grant in
                    .object((grant.json.members ?? []) + [JSON.Member("inForce", .bool(grant.isValid(at: now)))])
                })
        ])
        Terminal.show(asJSON: output.asJSON, json, people: grants.table(at: now))
    }
}

extension [BudgetGrant] {
    /// A line a grant, and one more for each further key class.
    func table(at now: Instant) -> String {
        guard !isEmpty else { return "There are no grants.\n" }
        var table = Table("GRANT", "MEMBER", "PURPOSE", "TOKENS", "FROM", "TO", "STANDING")
        for grant in self {
            let amounts = KeyClass.allCases.compactMap { keyClass in
                grant.tokens[keyClass].map { "\($0) \(keyClass.rawValue)" }
            }
            let standing = now < grant.notBefore ? "to come" : grant.isValid(at: now) ? "in force" : "over"
            table.add(
                grant.name.text, grant.member.name, grant.purpose.rawValue, amounts.first ?? "",
                grant.notBefore.description, grant.notAfter.description, standing)
            for amount in amounts.dropFirst() { table.add("", "", "", amount, "", "", "") }
        }
        return table.text
    }
}

/// `CLASS=COUNT`, as `--tokens` takes it.
struct GrantedTokens: ExpressibleByArgument {
    let keyClass: KeyClass
    let count: Int

    init?(argument: String) {
        guard let pair = NamedArgument(argument: argument), let keyClass = KeyClass(rawValue: pair.name),
            let count = Int(pair.value), count > 0
        else { return nil }
        (self.keyClass, self.count) = (keyClass, count)
    }
}
