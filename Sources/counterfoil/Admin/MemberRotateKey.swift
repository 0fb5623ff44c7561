import ArgumentParser
import Registry
import Sodium
import Vocabulary

struct MemberRotateKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-key", abstract: "Give a member a new key and end the old one.",
        discussion: """
            In the ordinary course the old key is taken for --overlap-hours more, so that the member's gateway can \
            change over without a gap. A compromised key is refused at once, and records it signed from --since-index \
            of the log on count as disputed until the member affirms them again.

            Examples:
              counterfoil member rotate-key north-bank --key new.key --admin-key admin-1.key
              counterfoil member rotate-key north-bank --key new.key --compromised \\
                --since-index 40211 --admin-key admin-1.key
            """)

    @Argument(help: "The member's name.")
    var name: MemberID

    @Option(help: ArgumentHelp("The member's new public key: base64 or a file.", valueName: "key"))
    var key: String

    @Option(help: "How long the old key is still taken.")
    var overlapHours: Int = 24

    @Flag(help: "The old key is in other hands: refuse it at once.")
    var compromised = false

    @Option(help: "With --compromised: the first index of the log that is in doubt. Without it, everything is.")
    var sinceIndex: UInt64?

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var signing: SigningOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (0...720).contains(overlapHours) else { throw ValidationError("--overlap-hours is between 0 and 720.") }
        guard sinceIndex == nil || compromised else { throw ValidationError("--since-index needs --compromised.") }
        guard sinceIndex ?? 0 <= UInt64(Int64.max) else { throw ValidationError("--since-index is too large.") }
    }

    func run() throws {
        let publicKey = try PublicKeyArgument.read(key, kind: .member)
        let note = "Rotates the key of \(name)."
        try Publication.change(registry, signing, output, note: note) { (version) throws(Problem) in
            let end = compromised ? version.madeAt : version.madeAt.adding(seconds: Int64(overlapHours) * 3600)
            try version.rotateKey(
                of: name, to: MemberKey(publicKey: publicKey, validFrom: version.madeAt),
                ending: compromised ? .compromised : .superseded, since: end, sinceIndex: sinceIndex)
        }
    }
}
