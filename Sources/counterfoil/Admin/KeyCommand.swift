import ArgumentParser
import Registry
import Sodium
import Vocabulary

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make and look at signing keys.",
        discussion: """
            Every key has one holder and one job: admin (signs the registry), member (signs a lender's records, \
            checks and requests), log (signs checkpoints), answer (signs answers). See keys/README.md for formats, \
            rotation, and what to do when one is compromised.
            """,
        subcommands: [KeyGenerate.self, KeyShow.self])
}

struct KeyGenerate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Make a new key and write it to a file of its own.",
        discussion: """
            The secret is sealed under a passphrase (Argon2id, 256 MiB, three passes). With --raw it is not: for \
            services that start unattended, protected by the file's permissions (0600) alone. The passphrase is asked \
            for on the terminal, or read from the owner-only file that COUNTERFOIL_PASSPHRASE_FILE names. An existing \
            file is never overwritten.

            Example: counterfoil key generate --kind member --name north-bank --out north-bank.key --raw
            """)

    @Option(help: "What the key is for: admin, member, log or answer.")
    var kind: KeyKind

    @Option(help: "Whose key it is: the admin's or member's name, the log's origin, the node's name.")
    var name: String

    @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
    var out: String

    @Flag(help: "Do not seal the secret; for services that start unattended.")
    var raw = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        guard (1...64).contains(name.utf8.count) else {
            throw Problem(.configurationInvalid, "A key's name has 1 to 64 bytes.")
        }
        guard !FileSystem.exists(out) else {
            throw Problem(
                .configurationInvalid, "\(out) exists already and is not overwritten.",
                hint: "Choose another name; a key that is lost cannot be made again.")
        }
        let key = SigningKey.generate()
        let file: KeyFile
        if raw {
            file = KeyFile(key, kind: kind, name: name)
        } else {
            let passphrase = try Passphrase.askNew("New passphrase for \(out): ")
            file = try KeyFile(key, kind: kind, name: name, passphrase: passphrase)
        }
        try file.write(to: out)
        Terminal.show(asJSON: output.asJSON, file.publicJSON, people: file.summary + "Written to \(out).\n")
    }
}

struct KeyShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what may be known of a key; the secret stays where it is.",
        discussion: """
            With --json it prints the public part alone, as a document that may be handed to anybody: to an admin \
            who is to admit the key, for example. With --check the secret is opened, to see that the passphrase is \
            right and the file whole.
            """)

    @Argument(help: "A key file, or the public part of one.")
    var file: String

    @Flag(help: "Open the secret too, and see that it belongs to the public key.")
    var check = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        let publicPart = try PublicKeyFile.read(file)
        var text = publicPart.summary
        if check {
            _ = try KeyFile.read(file).open { () throws(Problem) in try Passphrase.ask("Passphrase for \(file): ") }
            text += "The secret opens and belongs to the public key.\n"
        }
        Terminal.show(asJSON: output.asJSON, publicPart.json, people: text)
    }
}

extension KeyFile {
    fileprivate var summary: String {
        PublicKeyFile(kind: kind, name: name, publicKey: publicKey).summary
            + paragraph(["secret    ": isSealed ? "sealed under a passphrase" : "raw, for its owner alone"])
    }
}

extension PublicKeyFile {
    fileprivate var summary: String {
        paragraph([
            "kind": kind.rawValue, "name": name, "key id": publicKey.keyID.text, "public key": publicKey.base64,
        ])
    }
}
