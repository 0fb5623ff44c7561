import ArgumentParser
import Records
import Registry
import Sodium
import Vocabulary

struct MemberList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the members of the current registry.")

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let now = Instant.now
        let members = try registry.chain(now: now).current.members
        var table = Table("MEMBER", "CLASS", "STATUS", "KEYS", "ADMITTED")
        for member in members {
            let accepted = member.keys.count { $0.isAccepted(at: now) }
            table.add(
                member.id.name, member.memberClass.text, member.statusText(at: now),
                "\(accepted) of \(member.keys.count)", member.admittedAt.description)
        }
        let json = JSON.object(["members": .array(members.map { $0.json(at: now) })])
        Terminal.show(asJSON: output.asJSON, json, people: table.text)
    }
}

struct MemberShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one member, its standing and its keys.")

    @Argument(help: "The member's name.")
    var name: MemberID

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let now = Instant.now
        guard let member = try registry.chain(now: now).member(name) else {
            throw Problem(
                .unknownMember, "There is no member \(name) in this registry.",
                hint: "`counterfoil member list` shows who is.")
        }
        var keys = Table("KEY", "STATUS", "VALID FROM", "SINCE")
        for key in member.keys {
            keys.add(key.keyID.text, key.status.rawValue, key.validFrom.description, key.since?.description ?? "-")
        }
        let text = paragraph([
            "member": member.id.name, "class": member.memberClass.text, "status": member.statusText(at: now),
            "reason": member.suspension?.reason, "admitted": member.admittedAt.description,
        ])
        Terminal.show(asJSON: output.asJSON, member.json(at: now), people: text + "\n" + keys.text)
    }
}

extension Member {
    fileprivate func statusText(at now: Instant) -> String {
        switch status(at: now) {
        case .suspended: "suspended\(suspension?.until.map { " until \($0)" } ?? "")"
        case .active where status == .suspended: "active (suspension over)"
        case .active: "active"
        case .revoked: "revoked"
        }
    }

    /// As it stands in the registry, with its standing at that instant.
    fileprivate func json(at now: Instant) -> JSON {
        .object((json.members ?? []) + [JSON.Member("standing", .string(status(at: now).rawValue))])
    }
}
