/// Tokens that stood together for one subject, joined: two spellings of a name, an old and a new ID number.
struct TokenGroups {
    private var parents: [UInt32: UInt32] = [:]

    init(_ subjects: some Sequence<[UInt32]>) { for tokens in subjects { add(tokens) } }

    /// How many groups there are.
    var count: Int { parents.count { $0.key == $0.value } }

    func contains(_ token: UInt32) -> Bool { parents[token] != nil }

    /// The number that stands for the token's group; the token itself where it was never added.
    func root(of token: UInt32) -> UInt32 {
        var root = token
        while let parent = parents[root], parent != root { root = parent }
        return root
    }

    private mutating func add(_ tokens: [UInt32]) {
        guard let first = tokens.first else { return }
        for token in tokens {
            if parents[token] == nil { parents[token] = token }
            let (left, right) = (root(of: first), root(of: token))
            parents[max(left, right)] = min(left, right)
            // Shortens the way, so that long groups stay quick to look up.
            parents[token] = min(left, right)
        }
    }
}
