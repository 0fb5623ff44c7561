import ArgumentParser
import OPRF
import Records
import Registry
import Sodium
import TransparencyLog
import Vocabulary

struct RegistryShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the current version: who takes part, where, and under which policy.",
        discussion: "With --json it prints the version's payload as it was signed. --at shows an earlier version.")

    @Option(help: "The number of the version; the current one without it.")
    var at: Int?

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let now = Instant.now
        let chain = try registry.chain(now: now)
        let number = at ?? chain.entries.count
        guard chain.entries.indices.contains(number - 1) else {
            throw Problem(.notFound, "The registry has versions 1 to \(chain.entries.count).")
        }
        let entry = chain.entries[number - 1]
        Terminal.show(asJSON: output.asJSON, entry.version.json, people: text(of: entry, in: chain, now: now))
    }

    private func text(of entry: RegistryChain.Entry, in chain: RegistryChain, now: Instant) -> String {
        let version = entry.version
        var custodians = Table("CUSTODIAN", "INDEX", "ADDRESS")
        for custodian in version.custodians {
            custodians.add(custodian.id.name, String(custodian.index.number), custodian.url.description)
        }
        var admins = Table("ADMIN", "KEY")
        for admin in version.admins { admins.add(admin.name, admin.keyID.text) }
        return paragraph([
            "consortium": "\(version.consortium) (\(version.mode.rawValue))",
            "version": "\(version.number) of \(chain.entries.count), made \(version.madeAt)",
            "note": version.changeNote, "fingerprint": chain.fingerprint.description, "hash": entry.hash.description,
            "log": version.log.verifierKey.description,
            "node": "\(version.node.name) at \(version.node.url), answer key \(version.node.answerKey.keyID)",
            "token keys": "epoch \(version.tokenEpoch), any \(version.tokenKeys.threshold) of "
                + "\(version.custodians.count) custodians, \(KeyClass.allCases.count) classes",
            "members": "\(version.members.count), of whom \(version.activeMembers(at: now).count) active",
            "grants": version.grants.isEmpty
                ? nil : "\(version.grants.count), of which \(version.grants.count { $0.isValid(at: now) }) in force",
            "policy": "version \(version.policy.version), \(version.policy.currency)",
            "signatures": "\(version.adminThreshold) of \(version.admins.count) admins for a change",
        ]) + "\n" + custodians.text + "\n" + admins.text
            + (version.grants.isEmpty ? "" : "\n" + version.grants.table(at: now))
    }
}
