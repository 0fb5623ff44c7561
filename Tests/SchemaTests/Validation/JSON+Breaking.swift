import Vocabulary

/// One way to break a document: where, how, and the outcome.
struct BrokenDocument: CustomStringConvertible {
    enum Way: String {
        case leftOut = "left out"
        case ofAnotherType = "of another type"
        case unknown = "unknown"
    }

    let path: String
    let way: Way
    let document: JSON

    var description: String { "\(path) \(way.rawValue)" }
}

extension JSON {
    /// The document with only the first element or member of what stands at this path.
    func shortening(_ path: [String]) -> JSON {
        guard let name = path.first else {
            return array.map { .array(Array($0.prefix(1))) } ?? members.map { .object(Array($0.prefix(1))) } ?? self
        }
        return .object(
            (members ?? []).map { member in
                member.name == name ? Member(name, member.value.shortening(Array(path.dropFirst()))) : member
            })
    }

    /// The document with the last bin of each characteristic alone: a schema cannot say that only the last one is open.
    func withOpenBinAlone() -> JSON {
        switch self {
        case .object(let members):
            .object(
                members.map { member in
                    let bins = member.name == "bins" ? member.value.array.map { JSON.array($0.suffix(1)) } : nil
                    return Member(member.name, bins ?? member.value.withOpenBinAlone())
                })
        case .array(let elements): .array(elements.map { $0.withOpenBinAlone() })
        case .null, .bool, .integer, .string: self
        }
    }

    /// The document broken in every single place: each member left out, each value of another type, and a member that
    /// nobody knows in each object.
    func brokenEverywhere(path: String = "") -> [BrokenDocument] {
        switch self {
        case .object(let members): Self.broken(members, path)
        case .array(let elements): Self.broken(elements, path)
        case .string: [BrokenDocument(path: path, way: .ofAnotherType, document: 7)]
        case .integer, .bool: [BrokenDocument(path: path, way: .ofAnotherType, document: "seven")]
        case .null: []
        }
    }

    private static func broken(_ members: [Member], _ path: String) -> [BrokenDocument] {
        let stranger = Member("stranger", true)
        var documents = [
            BrokenDocument(path: "\(path).stranger", way: .unknown, document: .object(members + [stranger])),
            BrokenDocument(path: path, way: .ofAnotherType, document: "an object"),
        ]
        for (index, member) in members.enumerated() {
            var fewer = members
            fewer.remove(at: index)
            let place = "\(path).\(member.name)"
            documents.append(BrokenDocument(path: place, way: .leftOut, document: .object(fewer)))
            documents += member.value.brokenEverywhere(path: place).map { inner in
                var changed = members
                changed[index] = Member(member.name, inner.document)
                return BrokenDocument(path: inner.path, way: inner.way, document: .object(changed))
            }
        }
        return documents
    }

    private static func broken(_ elements: [JSON], _ path: String) -> [BrokenDocument] {
        var documents = [BrokenDocument(path: path, way: .ofAnotherType, document: "a list")]
        for (index, element) in elements.enumerated() {
            documents += element.brokenEverywhere(path: "\(path)[\(index)]").map { inner in
                var changed = elements
                changed[index] = inner.document
                return BrokenDocument(path: inner.path, way: inner.way, document: .array(changed))
            }
        }
        return documents
    }
}
