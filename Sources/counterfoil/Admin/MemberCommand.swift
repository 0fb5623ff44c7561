import ArgumentParser
import Records
import Registry
import Sodium
import Vocabulary

struct MemberCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member", abstract: "Admit, suspend, resume and revoke members; rotate their keys.",
        discussion: """
            Each of these makes one new version of the registry. It needs the signatures of the admins' threshold: \
            give the keys at hand with --admin-key, and --draft FILE where others must sign too. Suspending one member \
            for at most 30 days needs one admin alone. Services see a new version as soon as its file is in place.
            """,
        subcommands: [
            MemberAdmit.self, MemberSuspend.self, MemberResume.self, MemberRevoke.self, MemberRotateKey.self,
            MemberList.self, MemberShow.self,
        ])
}

struct MemberAdmit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admit", abstract: "Admit a lender with its first key.",
        discussion: """
            Example:
              counterfoil member admit north-bank --class bank --key north-bank.key \\
                --admin-key admin-1.key
            """)

    @Argument(help: "The member's name: 2 to 32 of a-z, 0-9 and '-', from a letter.")
    var name: MemberID

    @Option(name: .customLong("class"), help: "One of the policy's member classes.")
    var memberClass: ListedName

    @Option(help: ArgumentHelp("The member's public key: base64 or a file.", valueName: "key"))
    var key: String

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var signing: SigningOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let publicKey = try PublicKeyArgument.read(key, kind: .member)
        try Publication.change(registry, signing, output, note: "Admits \(name).") { (version) throws(Problem) in
            let key = MemberKey(publicKey: publicKey, validFrom: version.madeAt)
            try version.admit(Member(id: name, memberClass: memberClass, keys: [key], admittedAt: version.madeAt))
        }
    }
}

struct MemberSuspend: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend", abstract: "Refuse a member's requests at once; what it furnished stays.",
        discussion: """
            One admin alone may suspend one member for at most 30 days, once in 30 days. Longer, or --indefinitely, \
            needs the threshold; so does resuming earlier.

            Example:
              counterfoil member suspend north-bank --reason "key found on a train" \\
                --admin-key admin-1.key
            """)

    @Argument(help: "The member's name.")
    var name: MemberID

    @Option(help: "Why, in one sentence; the member is told it.")
    var reason: String

    @Option(help: "For how many days.")
    var days: Int = 30

    @Flag(help: "Until it is resumed.")
    var indefinitely = false

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var signing: SigningOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...3650).contains(days) else { throw ValidationError("--days is between 1 and 3650.") }
    }

    func run() throws {
        try Publication.change(registry, signing, output, note: "Suspends \(name).") { (version) throws(Problem) in
            let until = indefinitely ? nil : version.madeAt.adding(seconds: Int64(days) * 86_400)
            try version.suspend(name, reason: reason, until: until)
        }
    }
}

struct MemberResume: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "End a member's suspension.")

    @Argument(help: "The member's name.")
    var name: MemberID

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var signing: SigningOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try Publication.change(registry, signing, output, note: "Resumes \(name).") { (version) throws(Problem) in
            try version.resume(name)
        }
    }
}

struct MemberRevoke: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Take a member out for good; what it furnished stays and stays verifiable.",
        discussion: "This cannot be taken back: a lender that returns is admitted under another name.")

    @Argument(help: "The member's name.")
    var name: MemberID

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var signing: SigningOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try Publication.change(registry, signing, output, note: "Revokes \(name).") { (version) throws(Problem) in
            try version.revoke(name)
        }
    }
}
