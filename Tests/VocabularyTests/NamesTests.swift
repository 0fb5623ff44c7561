import TestSupport
import Testing
import Vocabulary

@Suite("Names and kinds")
struct NamesTests {
    @Test("a short name is read", arguments: ["ab", "north-bank", "c1", "a-", String(repeating: "a", count: 32)])
    func shortNames(_ text: String) throws {
        #expect(try MemberID(text).description == text)
        #expect(try CustodianID(text).description == text)
    }

    @Test(
        "another name is refused",
        arguments: [
            "", "a", "1a", "-a", "A1", "aB", "a_b", "a b", "a.b", "ab\n", "bänk", "a/b",
            String(repeating: "a", count: 33),
        ])
    func otherNames(_ text: String) {
        #expect(throws: DecodingFailure.self) { try MemberID(text) }
        #expect(throws: DecodingFailure.self) { try CustodianID(text) }
    }

    @Test("a key's name is 32 lower-case hexadecimal digits")
    func keyIDs() throws {
        let text = "000102030405060708090a0b0c0d0e0f"
        #expect(try KeyID(text).text == text)
        for wrong in ["", String(text.dropLast()), String(text.dropLast(2)), text + "00", text.uppercased()] {
            #expect(throws: DecodingFailure.self) { try KeyID(wrong) }
        }
    }

    @Test("a UUID is read and written alike")
    func recordIDs() throws {
        let text = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
        let id = try RecordID(text)
        #expect(id.description == text)
        #expect(Hex.encode(id.bytes) == text.filter { $0 != "-" })
    }

    @Test(
        "another text is no UUID",
        arguments: [
            "", "f81d4fae7dec11d0a76500a0c91e6bf6", "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6",
            "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}", "f81d4fae-7dec-11d0-a765-00a0c91e6bf",
            "f81d4fa-e7dec-11d0-a765-00a0c91e6bf6", "f81d4fae-7dec-11d0-a765-00a0c91e6bfg",
            "f81d4fae-7dec-11d0-a765-00a0c91e6bf6-", "-f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        ])
    func noRecordIDs(_ text: String) {
        #expect(throws: DecodingFailure.self) { try RecordID(text) }
    }

    @Test("a UUID from random bytes has its version and variant, and keeps the rest")
    func randomRecordIDs() throws {
        var generator = SeededGenerator(seed: 0x5EED_0040)
        for _ in 0..<100 {
            let random = generator.bytes(16)
            let bytes = RecordID(random: random).bytes
            #expect(bytes[6] == random[6] & 0x0F | 0x40 && bytes[8] == random[8] & 0x3F | 0x80)
            for index in bytes.indices where index != 6 && index != 8 { #expect(bytes[index] == random[index]) }
            #expect(try RecordID(RecordID(random: random).description).bytes == bytes)
        }
    }

    @Test("every kind has its own name, and the exact kinds their fixed numbers")
    func kinds() {
        let exact: [IdentifierKind] = [.nationalID, .phone, .card, .device, .email, .address, .employer, .staff]
        #expect(exact.map(\.rawValue) == Array(1...8))
        #expect(IdentifierKind.allCases.filter { !$0.isComposite } == exact)
        #expect(Set(IdentifierKind.allCases.map(\.name)).count == IdentifierKind.allCases.count)
        for kind in IdentifierKind.allCases {
            #expect(IdentifierKind(name: kind.name) == kind)
            #expect(kind.isComposite == (kind.keyClass == .composite))
        }
        #expect(IdentifierKind(name: "NationalID") == nil && IdentifierKind(name: "") == nil)
    }

    @Test("roles are read by their names alone")
    func roles() {
        for role in IdentifierRole.allCases { #expect(IdentifierRole(name: role.name) == role) }
        for role in SubjectRole.allCases { #expect(SubjectRole(name: role.name) == role) }
        #expect(IdentifierRole(name: "Own") == nil && SubjectRole(name: "own") == nil)
    }
}
