import Vocabulary

/// The gateway's notices, page by page.
struct NoticePages {
    private let connection: GatewayConnection
    private let state: String?
    /// The number of the last notice that was read.
    private(set) var cursor: UInt64
    /// What the gateway said of its feed with the last page.
    private(set) var standing: JSON?

    init(_ connection: GatewayConnection, after cursor: UInt64, state: String? = nil) {
        (self.connection, self.cursor, self.state) = (connection, cursor, state)
    }

    private static let pageLimit = 500

    /// - Throws: `verificationFailed` where the gateway's numbers do not rise.
    mutating func next(limit: Int) async throws(Problem) -> [JSON] {
        let filter = state.map { "&state=\($0)" } ?? ""
        let page = try await connection.get("/v1/notices?after=\(cursor)&limit=\(min(limit, Self.pageLimit))\(filter)")
        standing = page
        let notices = page["notices"]?.array ?? []
        for notice in notices {
            guard let sequence = notice["sequence"]?.integer, sequence > Int64(clamping: cursor) else {
                throw Problem(.verificationFailed, "The gateway's notices are not in the order of their numbers.")
            }
            cursor = UInt64(sequence)
        }
        return notices
    }
}

/// Notices for people.
enum NoticeText {
    static func table(_ notices: [JSON]) -> String {
        guard !notices.isEmpty else { return "There are no notices.\n" }
        var table = Table("NUMBER", "KIND", "RELEASED", "ABOUT", "WHAT", "STATE")
        for notice in notices {
            table.add(
                notice.text("sequence"), notice.text("kind"), notice.text("releasedAt"), about(notice), what(notice),
                AnswerText.words(notice["state"]?.string ?? ""))
        }
        return table.text
    }

    /// What the lender still has to do, and what the node never sent.
    static func standing(_ page: JSON?) -> String {
        let count = { (name: String) in page?[name]?.integer ?? 0 }
        var text = "\(count("waiting")) wait to be seen, \(count("givenUp")) were given up.\n"
        if count("missing") > 0 { text += "\(count("missing")) numbers of the feed never came.\n" }
        return text
    }

    static func line(_ notice: JSON) -> String {
        let head = ["sequence", "kind", "releasedAt"].map(notice.text).joined(separator: " ")
        return "\(head) \(about(notice)): \(what(notice))"
    }

    /// The lender's own reference where the gateway knows it.
    private static func about(_ notice: JSON) -> String {
        let references = ["loanRef", "applicationRef"].compactMap { notice["about"]?[$0]?.string }
        if let reference = references.first { return reference }
        let names = ["check", "reservation", "watch"]
        return names.compactMap { name in notice["about"]?[name]?.string.map { "\(name) \($0)" } }.first ?? "-"
    }

    private static func what(_ notice: JSON) -> String {
        let subject = notice["signal"] ?? notice["finding"]
        let words = [notice["change"]?.string, subject?["code"]?.string, subject?.labelled].compactMap { $0 }
        return words.filter { !$0.isEmpty }.joined(separator: " ")
    }
}
