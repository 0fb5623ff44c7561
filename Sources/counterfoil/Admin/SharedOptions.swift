import ArgumentParser
import Glibc
import Registry
import Sodium
import Vocabulary

/// `--json`, on everything that a program may want to read.
struct OutputOptions: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print JSON instead of text for people.")
    var asJSON = false
}

/// Which registry, and how much of it is believed beforehand.
struct RegistryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The registry's file. Default: $COUNTERFOIL_REGISTRY, else registry.json.", valueName: "file"))
    var registry: String?

    @Option(
        help: ArgumentHelp(
            "The consortium's fingerprint, as `registry show` prints it: any other registry is refused.",
            valueName: "hex"))
    var fingerprint: String?

    var path: String { registry ?? environment("COUNTERFOIL_REGISTRY") ?? "registry.json" }

    /// Reads the registry and verifies all of it.
    func chain(now: Instant) throws(Problem) -> RegistryChain {
        var pinned: Hash?
        if let fingerprint {
            guard let value = try? Bytes32(hex: fingerprint) else {
                throw Problem(.configurationInvalid, "A fingerprint is 64 hexadecimal digits in lower case.")
            }
            pinned = Hash(value)
        }
        try requireFile()
        return try RegistryChain.read(path, now: now, fingerprint: pinned)
    }

    func requireFile() throws(Problem) {
        guard FileSystem.exists(path) else {
            throw Problem(
                .notFound, "There is no registry \(path).",
                hint: "Name one with --registry, or found a consortium with `counterfoil registry init`.")
        }
    }
}

/// The keys at hand to sign with.
struct AdminKeyOptions: ParsableArguments {
    @Option(
        name: .customLong("admin-key"),
        help: ArgumentHelp(
            "An admin's key file; may be given several times. Default: $COUNTERFOIL_ADMIN_KEY.", valueName: "file"))
    var adminKeys: [String] = []

    /// Signs a draft with every key given, asking for passphrases as needed.
    func sign(_ draft: inout DraftVersion, following chain: RegistryChain?) throws(Problem) {
        let paths = adminKeys.isEmpty ? environment("COUNTERFOIL_ADMIN_KEY").map { [$0] } ?? [] : adminKeys
        guard !paths.isEmpty else {
            throw Problem(
                .configurationInvalid, "No admin's key was given to sign with.",
                hint: "Name the key file with --admin-key or in COUNTERFOIL_ADMIN_KEY.")
        }
        for path in paths {
            let file = try KeyFile.read(path)
            guard file.kind == .admin else {
                throw Problem(.notEntitled, "\(path) is a \(file.kind.rawValue) key, not an admin's.")
            }
            let key = try file.open { () throws(Problem) in try Passphrase.ask("Passphrase for \(path): ") }
            try draft.sign(with: key, following: chain)
        }
    }
}

/// How a change is signed: at once by the keys at hand, or as a draft that goes from admin to admin.
struct SigningOptions: ParsableArguments {
    @OptionGroup var keys: AdminKeyOptions

    @Option(
        help: ArgumentHelp(
            "Write a draft for the other admins here instead of publishing (see `registry draft-sign`).",
            valueName: "file"))
    var draft: String?

    @Option(help: ArgumentHelp("Why the change is made; it stays in the registry.", valueName: "text"))
    var note: String?
}

func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
}
