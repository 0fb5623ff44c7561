internal import Lending
internal import Records
internal import Vocabulary

/// What a job is to do, as the lender described it when it opened it.
struct JobDescription: Sendable {
    enum Kind: String, CaseIterable, Sendable { case records, checks }
    enum Format: String, CaseIterable, Sendable { case csv, ndjson }

    let kind: Kind
    let format: Format
    /// The lender's own name for it; never a person's.
    let name: String
    /// The registry's budget grant that its tokens count against, instead of the day's budget.
    let grant: ListedName?
    /// Fields of every check whose row leaves them out.
    let defaults: [JSON.Member]
    let profile: String

    private static let defaultNames = ["purpose", "mode", "profile", "asOf"]

    var table: ColumnTable { kind == .records ? .records : .checks }

    /// Reads the document that opens a job, without the job's id.
    init(_ json: JSON) throws(FieldFailure) {
        var reader = try ObjectReader(json)
        let kind = try reader.choice("kind", expected: "records, checks", Kind.init(rawValue:))
        format = try reader.choice("format", expected: "csv, ndjson", Format.init(rawValue:))
        name = try reader.string("name", maximumLength: 128)
        grant = try reader.optionalParsed("grant", as: ListedName.init)
        let profiles = Catalogue.current.profiles.map(\.name)
        let profile = try reader.optionalString("profile") ?? "summary"
        guard profiles.contains(profile) else {
            throw reader.failure("profile", .malformed("none of \(profiles.joined(separator: ", "))"))
        }
        for name in ["purpose", "mode", "asOf"] { _ = reader.optional(name) }
        try reader.finish()
        defaults = (json.members ?? []).filter { Self.defaultNames.contains($0.name) }
        guard kind == .checks || defaults.isEmpty else {
            throw FieldFailure(path: defaults[0].name, rule: .malformed("it goes with checks alone"))
        }
        (self.kind, self.profile) = (kind, profile)
    }

    var json: JSON {
        .object(
            [
                JSON.Member("kind", .string(kind.rawValue)), JSON.Member("format", .string(format.rawValue)),
                JSON.Member("name", .string(name)),
            ] + (grant.map { [JSON.Member("grant", .string($0.text))] } ?? []) + defaults)
    }

    /// A row's document with what the job says for all of them.
    func completed(_ document: JSON, id: @autoclosure () -> RecordID) -> JSON {
        guard case .object(var members) = document else { return document }
        if document[table.idColumn] == nil {
            members.insert(JSON.Member(table.idColumn, .string(id().description)), at: 0)
        }
        for member in defaults where document[member.name] == nil { members.append(member) }
        return .object(members)
    }
}
