internal import Records
internal import Sodium
package import Vocabulary

/// Where a sample consortium's files lie below one folder. Secrets are raw and for their owner alone.
package struct SampleFolder: Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    package var registry: String { "\(path)/registry.json" }
    package var logKey: String { "\(path)/node/log.key" }
    package var answerKey: String { "\(path)/node/answer.key" }
    package func adminKey(_ name: String) -> String { "\(path)/admins/\(name).key" }
    package func memberKey(_ id: MemberID) -> String { "\(path)/members/\(id).key" }
    package func share(_ id: CustodianID) -> String { "\(path)/custodians/\(id).share" }
}

extension SampleConsortium {
    /// Writes registry, keys and shares. - Throws: where any of the files exists.
    @discardableResult
    package func write(to path: String) throws(Problem) -> SampleFolder {
        let folder = SampleFolder(path)
        for part in ["node", "admins", "members", "custodians"] { try FileSystem.makeFolder("\(path)/\(part)") }
        try KeyFile(logKey, kind: .log, name: chain.current.log.origin).write(to: folder.logKey)
        try KeyFile(answerKey, kind: .answer, name: chain.current.node.name).write(to: folder.answerKey)
        for admin in admins {
            try KeyFile(admin.key, kind: .admin, name: admin.name).write(to: folder.adminKey(admin.name))
        }
        for member in members {
            try KeyFile(member.key, kind: .member, name: member.id.name).write(to: folder.memberKey(member.id))
        }
        for shares in shares { try ShareFile(shares).write(to: folder.share(shares.custodian)) }
        // Last, so that whoever sees the registry finds everything it speaks of.
        try chain.write(to: folder.registry, replacing: false)
        return folder
    }
}
