/// A payment card's number (ISO/IEC 7812): 12 to 19 digits, the last of them a Luhn check.
struct CardNumber: Hashable, Sendable {
    let digits: String

    init(_ text: String) throws(NormalisationRule) {
        let compact = TextFolding.plain(text).filter { $0 != "-" }
        guard !compact.isEmpty else { throw .empty }
        if StopList.isWord(compact) { throw .placeholder }
        guard compact.utf8.allSatisfy(TextFolding.isDigit) else { throw .characters }
        guard (12...19).contains(compact.utf8.count) else { throw .length }
        if StopList.containsCard(compact) { throw .placeholder }
        guard CheckDigits.fitsLuhn(compact) else { throw .checkDigit }
        digits = compact
    }
}
