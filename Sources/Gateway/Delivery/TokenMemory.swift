internal import ExchangeClient
internal import Sodium
internal import Vocabulary

/// The tokens of what is being delivered, so that a submission made anew asks no custodian again: every evaluation
/// counts against the member's budget, and a token stays what it is for as long as its epoch lasts.
///
/// It lies beside the clear text that it was made of, in the process that may know both, and is never written down.
struct TokenMemory {
    /// Some five submissions' worth.
    static let maximumEntries = 50_000

    private let limit: Int
    private var epoch: KeyEpoch?
    private var byInput: [KeyedInput: GroupElement] = [:]

    init(limit: Int = maximumEntries) { self.limit = limit }

    var count: Int { byInput.count }

    /// Forgets what was made under another epoch.
    mutating func require(_ epoch: KeyEpoch) {
        guard self.epoch != epoch else { return }
        (self.epoch, byInput) = (epoch, [:])
    }

    mutating func forget() { byInput = [:] }

    /// What has to be asked for, in the order given.
    func missing(of inputs: [KeyedInput]) -> [KeyedInput] { inputs.filter { byInput[$0] == nil } }

    /// The tokens of all inputs, or `nil` where one is missing.
    func tokens(of inputs: [KeyedInput]) -> Tokens? {
        guard let epoch, inputs.allSatisfy({ byInput[$0] != nil }) else { return nil }
        return Tokens(epoch: epoch, byInput)
    }

    /// Takes tokens over. Where they would be too many, only those of `inputs`, the submission at hand, are kept.
    mutating func keep(_ tokens: Tokens, for inputs: [KeyedInput]) {
        require(tokens.epoch)
        if byInput.count + inputs.count > limit {
            let wanted = Set(inputs)
            byInput = byInput.filter { wanted.contains($0.key) }
        }
        for input in inputs { if let token = tokens[input] { byInput[input] = token } }
    }
}
