/// A person's name as a lender has it: one text, or given name and family name.
package enum PersonName: Hashable, Sendable {
    case full(String)
    case parts(given: String?, family: String?)
}

/// A name in canonical form: what is left of it when width, case, accents, spaces, titles and order do not count.
struct NameForm: Hashable, Sendable {
    /// Compact parts in sorted order: given and family name, or one Han name.
    let parts: [String]
    /// The given name where it is known from the family name.
    let given: String?
    let isHan: Bool

    /// One text is read as `family, given`, as `given … family`, or as Han characters. Given name and family name
    /// may be exchanged in the parts too: `parts` is sorted for that reason.
    /// - Throws: `.empty` where no letter is left; `.placeholder` for a name of the stop list.
    init(_ name: PersonName) throws(NormalisationRule) {
        let (given, family) = Self.split(name)
        guard !given.isEmpty || !family.isEmpty else { throw .empty }
        guard given.utf8.count <= 256, family.utf8.count <= 256 else { throw .tooLong }
        guard !StopList.isWord(given + family) else { throw .placeholder }
        let real = [family, given].filter { !$0.isEmpty && !StopList.isWord($0) }
        guard !real.isEmpty else { throw .placeholder }
        isHan = real.allSatisfy(TextFolding.isHan)
        if isHan {
            parts = [real.joined()]
            self.given = real.count == 2 ? given : Self.givenName(ofHan: real[0])
        } else {
            parts = real.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            self.given = real.contains(given) ? given : nil
        }
    }

    /// The whole name; `nil` where only one part of it is known, which is too little to stand for a person.
    var whole: String? {
        if isHan { return parts[0].count >= 2 ? parts[0] : nil }
        return parts.count >= 2 ? parts.joined(separator: " ") : nil
    }

    /// The parts that say something by themselves. A Han family name does not: a hundred of them cover a nation.
    var tellingParts: [String] {
        guard isHan else { return parts }
        return given.map { [$0] } ?? []
    }

    func joined(by code: (String) -> String) -> String? {
        guard whole != nil else { return nil }
        return parts.map(code).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: " ")
    }

    /// Compact texts, empty where the part is unknown; a Han name in one text is given as the given name.
    private static func split(_ name: PersonName) -> (given: String, family: String) {
        switch name {
        case .parts(let given, let family):
            return (withoutTitle(TextFolding.words(given ?? "")).joined(), TextFolding.compact(family ?? ""))
        case .full(let text):
            let sides = text.split(maxSplits: 1) { $0 == "," || $0 == "，" }
            if sides.count == 2 {
                return (
                    withoutTitle(TextFolding.words(String(sides[1]))).joined(), TextFolding.compact(String(sides[0]))
                )
            }
            let words = withoutTitle(TextFolding.words(text))
            if words.allSatisfy(TextFolding.isHan) { return (words.joined(), "") }
            return (words.dropLast().joined(), words.last ?? "")
        }
    }

    private static func withoutTitle(_ words: [String]) -> [String] {
        words.count > 1 && titles.contains(words[0]) ? Array(words.dropFirst()) : words
    }

    /// The family name is one character but for the compound ones.
    private static func givenName(ofHan whole: String) -> String? {
        let familyLength = whole.count > 2 && compoundFamilyNames.contains(String(whole.prefix(2))) ? 2 : 1
        return whole.count > familyLength ? String(whole.dropFirst(familyLength)) : nil
    }

    private static let titles: Set<String> = ["mr", "mrs", "ms", "miss", "dr", "prof", "shri", "smt", "bpk", "ibu"]
    private static let compoundFamilyNames: Set<String> = [
        "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "东方", "東方", "尉迟", "尉遲", "皇甫", "慕容", "令狐", "司徒", "夏侯",
        "公孙", "公孫", "端木", "南宫", "南宮", "轩辕", "軒轅", "长孙", "長孫", "宇文", "呼延", "独孤", "獨孤", "申屠", "太史",
    ]
}
