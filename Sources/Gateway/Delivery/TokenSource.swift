package import ExchangeClient
package import Records
internal import Sodium
package import Vocabulary

/// Where all of the gateway gets its tokens: the vault first, then the custodians, nobody twice.
///
/// Each batch that the custodians evaluated is durable before the next step of whoever asked; two who need the same
/// token at the same time pay for it once. What a crash can cost is what was on its way back at that moment: at most
/// one batch of 1,024 elements a key class and caller.
package actor TokenSource {
    /// Tokens, and how many of them had to be bought for this call.
    struct Purchase: Sendable {
        let tokens: Tokens
        let bought: Int
    }

    /// Elements of one evaluation.
    private static let batchSize = 1024
    /// One for what is missing, one for an epoch that changed meanwhile.
    private static let rounds = 3

    private let vault: TokenVault
    private let tokeniser: Tokeniser
    private let epoch: @Sendable () -> KeyEpoch
    private var beingBought: Set<KeyedInput> = []
    private var finished = 0
    private var waiters: [CheckedContinuation<Void, Never>] = []

    /// - Parameter epoch: by the registry in force.
    package init(_ tokeniser: Tokeniser, vault: TokenVault, epoch: @escaping @Sendable () -> KeyEpoch) {
        (self.tokeniser, self.vault, self.epoch) = (tokeniser, vault, epoch)
    }

    /// The tokens of all inputs, of one epoch.
    ///
    /// - Parameter grant: the registry's budget grant that what is bought counts against.
    /// - Throws: as the tokeniser; `wrongEpoch` where the epoch changed more than once meanwhile.
    package func tokens(
        for inputs: [KeyedInput], purpose: Purpose, grant: ListedName? = nil
    ) async throws(Problem) -> Tokens {
        try await acquire(inputs, purpose: purpose, grant: grant, for: nil).tokens
    }

    /// - Parameter job: whose count of bought tokens grows with what is bought, in the same transaction.
    func acquire(
        _ inputs: [KeyedInput], purpose: Purpose, grant: ListedName?, for job: RecordID?
    ) async throws(Problem) -> Purchase {
        var (bought, round) = (0, 0)
        while round < Self.rounds {
            let (epoch, before) = (epoch(), finished)
            let known = try await vault.tokens(of: inputs, epoch: epoch)
            let missing = Set(inputs.filter { known[$0] == nil })
            if missing.isEmpty { return Purchase(tokens: Tokens(epoch: epoch, known), bought: bought) }
            // Somebody's purchase ended while the vault was read: it may have brought what is missing.
            guard before == finished else { continue }
            let free = missing.subtracting(beingBought)
            guard !free.isEmpty else {
                await withCheckedContinuation { waiters.append($0) }
                continue
            }
            round += 1
            bought += try await buy(inputs.filter(free.contains), purpose, grant, job)
        }
        throw Problem(.wrongEpoch, "The token epoch changed more than once while tokens were made.")
    }

    private func buy(
        _ inputs: [KeyedInput], _ purpose: Purpose, _ grant: ListedName?, _ job: RecordID?
    ) async throws(Problem) -> Int {
        let wanted = Set(inputs)
        beingBought.formUnion(wanted)
        defer {
            beingBought.subtract(wanted)
            finished += 1
            for waiter in waiters { waiter.resume() }
            waiters = []
        }
        let (tokeniser, vault) = (tokeniser, vault)
        var problem: Problem?
        await withTaskGroup(of: Problem?.self) { group in
            for batch in Self.batches(of: inputs) {
                group.addTask {
                    do throws(Problem) {
                        // Kept by batch: one class's exhausted budget does not lose what another class's cost.
                        let tokens = try await tokeniser.tokens(for: batch, purpose: purpose, grant: grant)
                        try await vault.keep(tokens, of: batch, for: job)
                        return nil
                    } catch { return error }
                }
            }
            for await failure in group { problem = problem ?? failure }
        }
        if let problem { throw problem }
        return wanted.count
    }

    /// Distinct inputs by class, in lists that fit one evaluation.
    private static func batches(of inputs: [KeyedInput]) -> [[KeyedInput]] {
        var seen: Set<KeyedInput> = []
        let byClass = Dictionary(grouping: inputs.filter { seen.insert($0).inserted }, by: \.keyClass)
        return KeyClass.allCases.flatMap { keyClass -> [[KeyedInput]] in
            let list = byClass[keyClass] ?? []
            return stride(from: 0, to: list.count, by: batchSize).map { start in
                Array(list[start..<min(start + batchSize, list.count)])
            }
        }
    }
}
