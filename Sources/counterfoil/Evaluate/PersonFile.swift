import Identity
import Registry
import Vocabulary

/// A person as an evaluation file has it, with the truth that only the evaluation knows.
struct EvaluatedPerson: Sendable {
    /// Shared by all records of one person.
    let entity: String
    let applicant: JSON
}

/// Reads the CSV files of the record-linkage literature.
enum PersonFile {
    private static let sizeLimit = 256 << 20

    static func read(_ path: String) throws(Problem) -> [EvaluatedPerson] {
        let text = String(decoding: try FileSystem.read(path, as: .open, limit: sizeLimit), as: UTF8.self)
        var lines = text.split(whereSeparator: \.isNewline)[...]
        guard let header = lines.popFirst().map(columns), header.contains("rec_id") else {
            throw Problem(.configurationInvalid, "\(path) has no header with the column rec_id.")
        }
        return try lines.map { line throws(Problem) in
            let values = columns(line)
            guard values.count == header.count else {
                throw Problem(.configurationInvalid, "A line of \(path) has another number of columns than its header.")
            }
            return person(Dictionary(zip(header, values)) { first, _ in first })
        }
    }

    private static func columns(_ line: Substring) -> [String] {
        line.split(separator: ",", omittingEmptySubsequences: false).map { cell in
            String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }

    private static func person(_ row: [String: String]) -> EvaluatedPerson {
        func value(_ column: String) -> JSON? { row[column].flatMap { $0.isEmpty ? nil : .string($0) } }
        let name = JSON.object(["given": value("given_name"), "family": value("surname")])
        let address = JSON.object([
            "number": value("street_number"), "street": value("address_1"), "extra": value("address_2"),
            "locality": value("suburb"), "postcode": value("postcode"), "region": value("state"),
        ])
        let nationalID = value("soc_sec_id").map { JSON.object(["scheme": "opaque", "value": $0]) }
        let entity = (row["rec_id"] ?? "").split(separator: "-").prefix(2).joined(separator: "-")
        return EvaluatedPerson(
            entity: entity,
            applicant: .object([
                "nationalIDs": nationalID.map { .array([$0]) },
                "names": name.members?.isEmpty == false ? .array([name]) : nil,
                "birthDate": row["date_of_birth"].flatMap(isoDate).map { .string($0) },
                "addresses": address.members?.isEmpty == false ? .array([address]) : nil,
            ]))
    }

    /// `19081209` as `1908-12-09`; anything else as it stands, for the room that knows dates to judge.
    private static func isoDate(_ text: String) -> String? {
        guard !text.isEmpty else { return nil }
        guard text.utf8.count == 8, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return text }
        let digits = Array(text)
        return "\(String(digits[0..<4]))-\(String(digits[4..<6]))-\(String(digits[6..<8]))"
    }
}
