internal import ExchangeClient
internal import Sodium
internal import SQLite
internal import Vocabulary

/// The tokens of known borrowers, so that nobody is paid for twice: every evaluation counts against the member's
/// budget, and a token stays what it is for as long as its epoch lasts.
///
/// It promises that what `keep` returned for is found again, after a crash too, until the epoch changes or newer tokens
/// take the place. A token lies sealed under a keyed hash of its input, so the file alone tells their number and age.
/// Who has the file and the data key can open every token and test guesses of identifiers against the names without
/// asking a custodian: what the data key's volume of its own is for. Who can write to the file can make the gateway
/// forget, which costs budget, and nothing else: a row moved or altered does not open and counts as not there.
package actor TokenVault {
    package static let defaultLimit = 5_000_000
    /// What one call takes out at most, so that an epoch's end is not one long transaction.
    private static let removedAtOnce = 20_000

    private let file: SealedFile
    private let limit: Int
    private var stored: Int
    /// Whether rows of another epoch may be left, and beside which one.
    private var olderThan: KeyEpoch?
    private var isTidy = false

    init(_ file: SealedFile, limit: Int, stored: Int) { (self.file, self.limit, self.stored) = (file, limit, stored) }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { file.desk.unownedExecutor }

    package var count: Int { stored }

    /// What is known of these inputs under an epoch.
    func tokens(of inputs: [KeyedInput], epoch: KeyEpoch) throws(Problem) -> [KeyedInput: GroupElement] {
        try file.working {
            var found: [KeyedInput: GroupElement] = [:]
            for input in inputs where found[input] == nil {
                let name = name(of: input, epoch)
                try file.connection.run("SELECT sealed FROM token WHERE name = ?1", [.blob(name.bytes)]) { row in
                    guard let bytes = try? file.open(row.blob(0), SealedFile.Place(token: name)) else { return }
                    found[input] = try? GroupElement(Bytes32(bytes))
                }
            }
            return found
        }
    }

    /// Makes tokens durable, and counts them as bought for a job.
    func keep(_ tokens: Tokens, of inputs: [KeyedInput], for job: RecordID?) throws(Problem) {
        let change = try file.transaction { () throws -> Int in
            var change = 0
            for input in inputs {
                guard let token = tokens[input] else { continue }
                change += try insert(token, name: name(of: input, tokens.epoch), tokens.epoch)
            }
            if let job {
                try file.connection.run(
                    "UPDATE job SET tokens_bought = tokens_bought + ?1 WHERE job_id = ?2",
                    [.integer(inputs.count), .blob(job.bytes)])
            }
            return try change - removeOldest(surplus: stored + change - limit) - removeOlderEpochs(than: tokens.epoch)
        }
        stored += change
    }

    /// - Returns: 1 where the row is new.
    private func insert(_ token: GroupElement, name: Bytes32, _ epoch: KeyEpoch) throws -> Int {
        let sealed = file.seal(token.value.bytes, SealedFile.Place(token: name))
        try file.connection.run(
            "UPDATE token SET sealed = ?1 WHERE name = ?2", [.blob(sealed), .blob(name.bytes)])
        guard file.connection.changes == 0 else { return 0 }
        try file.connection.run(
            "INSERT INTO token (name, epoch, sealed) VALUES (?1, ?2, ?3)",
            [.blob(name.bytes), .integer(Int64(epoch.number)), .blob(sealed)])
        return 1
    }

    private func removeOldest(surplus: Int) throws -> Int {
        guard surplus > 0 else { return 0 }
        try file.connection.run(
            "DELETE FROM token WHERE position IN (SELECT position FROM token ORDER BY position LIMIT ?1)",
            [.integer(surplus)])
        return file.connection.changes
    }

    /// What was made under another epoch is found no more; here it goes.
    private func removeOlderEpochs(than epoch: KeyEpoch) throws -> Int {
        if olderThan != epoch { (olderThan, isTidy) = (epoch, false) }
        guard !isTidy else { return 0 }
        try file.connection.run(
            """
            DELETE FROM token WHERE position IN (
                SELECT position FROM (SELECT position, epoch FROM token ORDER BY position LIMIT ?1) WHERE epoch <> ?2)
            """,
            [.integer(Self.removedAtOnce), .integer(Int64(epoch.number))])
        isTidy = file.connection.changes == 0
        return file.connection.changes
    }

    private func name(of input: KeyedInput, _ epoch: KeyEpoch) -> Bytes32 {
        file.key.naming.hash(Array("token|\(epoch.number)|\(input.keyClass.rawValue)|".utf8) + input.bytes)
    }
}
