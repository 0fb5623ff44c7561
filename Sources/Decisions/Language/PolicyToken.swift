/// A word, text, number or sign of a policy file, with its place.
struct PolicyToken: Hashable, Sendable {
    enum Content: Hashable, Sendable {
        case word(String)
        case text(String)
        /// A whole number; `30d` is one in days.
        case number(Int64, isDays: Bool)
        case sign(String)
        case end
    }

    let content: Content
    let place: SourcePlace

    /// The token as a message names it.
    var shown: String {
        switch content {
        case .word(let word): "\"\(word)\""
        case .text: "a text"
        case .number(let number, let isDays): "the number \(number)\(isDays ? "d" : "")"
        case .sign(let sign): "\"\(sign)\""
        case .end: "the end of the file"
        }
    }

    func isWord(_ word: String) -> Bool { content == .word(word) }
    func isSign(_ sign: String) -> Bool { content == .sign(sign) }
}
