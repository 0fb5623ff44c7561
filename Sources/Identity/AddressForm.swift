/// An address in canonical form.
struct AddressForm: Hashable, Sendable {
    /// The digits of the house number, and of a flat's before it; empty where there are none.
    let number: String
    /// Compact street and extra lines, street first; forms often exchange the two.
    let lines: [String]
    let locality: String
    let postcode: String

    /// - Throws: `.empty` where nothing locates the address; `.placeholder` where all of it is on the stop list.
    init(_ address: PostalAddress) throws(NormalisationRule) {
        let parts = Self.parts(of: address)
        let given = [parts.street, parts.extra, parts.locality, parts.postcode].compactMap {
            $0.map(TextFolding.compact)
        }
        guard given.contains(where: { !$0.isEmpty }) else { throw .empty }
        guard given.allSatisfy({ $0.utf8.count <= 512 }) else { throw .tooLong }
        let isReal = { (text: String) in !text.isEmpty && !StopList.isWord(text) }
        guard given.contains(where: isReal) else { throw .placeholder }
        let written = [parts.street, parts.extra].compactMap { $0.map(AddressLine.init) }
        let named = written.filter { isReal($0.text) }
        lines = (named.filter(\.endsWithStreetType) + named.filter { !$0.endsWithStreetType }).map(\.text)
        // A line of its own for the flat ("Apt 7") counts before the house, as in "7/40".
        let flat = written.filter(\.text.isEmpty).map(\.number).joined()
        let house = TextFolding.digits(TextFolding.folded(parts.number ?? ""))
        number = flat + (house.isEmpty ? named.lazy.map(\.number).first { !$0.isEmpty } ?? "" : house)
        locality = parts.locality.map(TextFolding.compact).flatMap { isReal($0) ? $0 : nil } ?? ""
        let code = TextFolding.compact(parts.postcode ?? "")
        postcode = isReal(code) && !StopList.isPatterned(digits: code) ? code : ""
    }

    /// The address as one value; `nil` where it does not lead to one door.
    var exact: String? {
        guard let street = lines.first, !number.isEmpty else { return nil }
        let place = postcode.isEmpty ? locality : postcode
        // A line of Han characters names province and city itself.
        guard !place.isEmpty || TextFolding.containsHan(street) else { return nil }
        return "\(number)|\(street)|\(place)"
    }

    private static func parts(of address: PostalAddress) -> PostalAddress.Parts {
        switch address {
        case .parts(let parts): parts
        case .line(let text): TextFolding.containsHan(text) ? hanParts(text) : latinParts(text)
        }
    }

    /// A Chinese line runs from the province to the door; only a postcode at either end is taken off.
    private static func hanParts(_ text: String) -> PostalAddress.Parts {
        var words = TextFolding.words(text)
        let isPostcode = { (word: String) in word.utf8.count == 6 && word.utf8.allSatisfy(TextFolding.isDigit) }
        let postcode = [words.first, words.last].compactMap { $0 }.first(where: isPostcode)
        if let postcode { words.removeAll { $0 == postcode } }
        return PostalAddress.Parts(street: words.joined(), postcode: postcode)
    }

    /// `12 Some Street, Estate, Locality REG 2746`: a street first, the place and its postcode last.
    private static func latinParts(_ text: String) -> PostalAddress.Parts {
        var segments = TextFolding.folded(text).split { ",;\n".contains($0) }.map { TextFolding.words(String($0)) }
        segments.removeAll(where: \.isEmpty)
        var parts = PostalAddress.Parts()
        guard segments.count > 1, var last = segments.popLast() else {
            return PostalAddress.Parts(street: segments.first?.joined(separator: " "))
        }
        if let code = last.last, code.utf8.contains(where: TextFolding.isDigit) {
            parts.postcode = code
            last.removeLast()
        }
        if let region = last.last, region.count <= 3, last.count > 1 || segments.count > 1 {
            parts.region = region
            last.removeLast()
        }
        if last.isEmpty, segments.count > 1 { last = segments.removeLast() }
        parts.locality = last.joined(separator: " ")
        parts.street = segments[0].joined(separator: " ")
        parts.extra = segments.count > 1 ? segments.dropFirst().joined().joined(separator: " ") : nil
        return parts
    }
}
