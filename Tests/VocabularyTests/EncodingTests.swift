import TestSupport
import Testing
import Vocabulary

@Suite("Hexadecimal and base64")
struct EncodingTests {
    @Test(
        "RFC 4648 §10's base64 examples",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func base64Examples(_ plain: String, _ text: String) throws {
        #expect(Base64.encode(Array(plain.utf8)) == text)
        #expect(try Base64.decode(text) == Array(plain.utf8))
    }

    @Test(
        "base64 that is not canonical is refused",
        arguments: [
            "Zg", "Zg=", "Zg===", "Zm8", "Zm9", "Z", "=", "==", "====", "Z===", "=Zg=", "Z=g=", "Zg=A", "Zm9v====",
            "Zm9vZg==Zm9v", "Zh==", "Zm9=", "Zm-_", "Zm 9", "Zm9v\n", " Zm9v", "Zm9v ", "Zm.v", "Zmé=", "\u{0}m9v",
        ])
    func base64Refusals(_ text: String) {
        #expect(throws: DecodingFailure.notBase64) { try Base64.decode(text) }
    }

    @Test("one value has one base64 text: changing any character changes the value or is refused")
    func base64Canonical() throws {
        var generator = SeededGenerator(seed: 0x5EED_0030)
        for count in 1...33 {
            let bytes = generator.bytes(count)
            let text = Array(Base64.encode(bytes).utf8)
            #expect(try Base64.decode(String(decoding: text, as: UTF8.self)) == bytes)
            for position in text.indices {
                var changed = text
                changed[position] = Array("A/=9".utf8).first { $0 != text[position] } ?? 0
                #expect((try? Base64.decode(String(decoding: changed, as: UTF8.self))) != bytes)
                changed[position] ^= 1
                guard changed != text else { continue }
                #expect((try? Base64.decode(String(decoding: changed, as: UTF8.self))) != bytes)
            }
        }
    }

    @Test("hexadecimal is lower-case and even", arguments: ["0", "abc", "AB", "0x12", "g0", " 00", "00 ", "é", "0\n"])
    func hexRefusals(_ text: String) {
        #expect(throws: DecodingFailure.notHex) { try Hex.decode(text) }
    }

    @Test("every byte is written and read again")
    func hexRoundTrip() throws {
        let bytes = (0...255).map { UInt8($0) }
        #expect(try Hex.decode(Hex.encode(bytes)) == bytes)
        #expect(Hex.encode([0, 15, 16, 255]) == "000f10ff")
        #expect(try Hex.decode("") == [])
    }

    @Test("thirty-two bytes are thirty-two", arguments: [0, 31, 33, 64])
    func bytes32(_ count: Int) {
        let failure = DecodingFailure.wrongLength(expected: 32, actual: count)
        #expect(throws: failure) { try Bytes32([UInt8](repeating: 0, count: count)) }
        #expect(throws: failure) { try Hash(bytes: [UInt8](repeating: 0, count: count)) }
        #expect(throws: failure) { try Bytes32(hex: String(repeating: "0", count: 2 * count)) }
    }

    @Test("thirty-two bytes keep their order and compare as bytes do")
    func bytes32Order() throws {
        let bytes = (0..<32).map { UInt8($0) }
        let value = try Bytes32(bytes)
        #expect(value.bytes == bytes && value.hex == Hex.encode(bytes) && value.base64 == Base64.encode(bytes))
        #expect(try Bytes32(Array(bytes.reversed())[...]).bytes == bytes.reversed())
        #expect(Bytes32 { $0[0] = 1 } > Bytes32 { $0[31] = 255 })
        #expect(Bytes32() < Bytes32 { $0[31] = 1 })
    }
}
