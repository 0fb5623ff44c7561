package import Linkage
internal import Sodium
package import Vocabulary

/// The graph at one size of the log, to be kept for the next start or worked on meanwhile.
package struct LinkageSnapshot: Sendable {
    let linkage: LinkageProjection
    /// How many entries it has taken up.
    package let logSize: UInt32
    /// Of the rules that it was made by.
    package let rules: Hash

    package var graph: Graph { linkage.graph }

    /// Who is which subject, in short.
    package var subjectDigest: Hash {
        var hash = SHA256()
        linkage.subjects.write { hash.update($0) }
        return hash.finalize()
    }

    /// Everything that it is made of, in pieces of about 1 MiB.
    package func write(_ write: ([UInt8]) throws -> Void) rethrows {
        try linkage.subjects.write(write)
        try graph.writeSnapshot(write)
    }
}

extension Exchange {
    /// The graph as it is. A replay that has not linked anybody yet does so now.
    package func snapshot(by rules: AnswerRules) -> LinkageSnapshot {
        let linkage = linkage ?? LinkageProjection(ledger, rules: rules.linkage)
        return LinkageSnapshot(linkage: linkage, logSize: size.entries, rules: linkage.graph.rules.digest)
    }

    private var size: LedgerSize { ledger.size }

    /// Takes up a graph that was kept when the log had `logSize` entries, and what the entries after it changed. It
    /// equals one that is built of all entries.
    ///
    /// - Parameter read: the pieces in their order, `nil` after the last.
    /// - Throws: `SnapshotFailure` for what is damaged or does not fit the ledger, and whatever `read` throws; nothing
    ///   is changed then.
    package mutating func link(
        by rules: AnswerRules, from read: () throws -> [UInt8]?, logSize: UInt32
    ) throws {
        guard logSize <= size.entries else { throw SnapshotFailure.damaged }
        linkage = try LinkageProjection(ledger, rules: rules.linkage, snapshot: read, logSize: logSize)
    }
}

extension LinkageProjection {
    fileprivate init(
        _ ledger: Ledger, rules: LinkageRules, snapshot read: () throws -> [UInt8]?, logSize: UInt32
    ) throws {
        let subjects = try SubjectTable(snapshot: read)
        let graph = try Graph(rules: rules, snapshot: read)
        guard subjects.fits(ledger), graph.subjectCount == Int(subjects.count), Self.fits(graph, ledger) else {
            throw SnapshotFailure.damaged
        }
        self.init(graph: graph, subjects: subjects)
        catchUp(with: ledger, from: logSize)
    }

    private static func fits(_ graph: Graph, _ ledger: Ledger) -> Bool {
        graph.identifierCount <= ledger.identifierRows.count
            && (0..<graph.identifierCount).allSatisfy {
                graph.kind(of: IdentifierNumber(UInt32($0))) == ledger.identifierRows[$0].kind
            }
    }

    private mutating func catchUp(with ledger: Ledger, from logSize: UInt32) {
        let today = ledger.entryTimes.last.map { GraphDay($0) } ?? graph.today
        if today > graph.today { graph.advance(to: today) }
        addIdentifiers(of: ledger)
        let view = LedgerView(ledger)
        for number in ledger.cases(touchedFrom: logSize) { take(number, in: view, mayFall: true) }
        for identifier in ledger.seededHubs { graph.seed(IdentifierNumber(identifier)) }
        _ = graph.takeEvents()
        graph.bind(ledger.ringBook)
    }
}

extension Ledger {
    /// The cases that entries from a log index on have opened or changed, rising.
    fileprivate func cases(touchedFrom logIndex: UInt32) -> [UInt32] {
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].logIndex < logIndex { low = middle + 1 } else { high = middle }
        }
        return Set(rows[low...].lazy.filter { $0.kind != .housekeeping }.map(\.caseNumber)).sorted()
    }
}

extension LinkageRules {
    /// The same for the same rules, in every process.
    package var digest: Hash {
        var writer = ByteWriter()
        writer.put("counterfoil/linkage-rules/v1")
        for kind in IdentifierKind.allCases {
            let rule = self[kind]
            writer.put(kind.rawValue)
            writer.put(rule.weight.bitPattern)
            writer.put(Int64(rule.cap))
            for flag in [rule.union, rule.forward, rule.corroborates] { writer.put(flag) }
            writer.put(Int64(rule.days ?? -1))
        }
        for role in IdentifierRole.allCases {
            let rule = self[role]
            writer.put(role.rawValue)
            writer.put(rule.weight.bitPattern)
            for flag in [rule.union, rule.forward] { writer.put(flag) }
        }
        writer.put(needsCorroboration)
        writer.put(Int64(minimumRingSubjects))
        return SHA256.hash(writer.bytes)
    }
}
