import TestSupport
import Testing
import Vocabulary

@Suite("JSON as we exchange it")
struct JSONTests {
    private static let refused: [(String, JSONFailure.Reason)] = [
        ("", .unexpectedEnd), ("  ", .unexpectedEnd), ("{", .unexpectedEnd), ("[1,", .unexpectedEnd),
        ("\"abc", .unexpectedEnd), ("\"\\", .unexpectedEnd), ("\"\\u12", .unexpectedEnd), ("tru", .unexpectedEnd),
        ("[1 2]", .unexpectedByte), ("[1,]", .unexpectedByte), ("{\"a\":1,}", .unexpectedByte),
        ("{a:1}", .unexpectedByte), ("{\"a\" 1}", .unexpectedByte), ("'a'", .unexpectedByte), ("NaN", .unexpectedByte),
        ("+1", .unexpectedByte), ("01", .unexpectedByte), ("-", .unexpectedByte), ("-01", .unexpectedByte),
        (".5", .unexpectedByte), ("truth", .unexpectedByte), ("True", .unexpectedByte), ("// x\n1", .unexpectedByte),
        ("\u{FEFF}1", .unexpectedByte), ("\u{A0}1", .unexpectedByte), ("[1}", .unexpectedByte),
        ("1.0", .fraction), ("1e3", .fraction), ("-2E1", .fraction), ("[0.5]", .fraction),
        ("9223372036854775808", .numberOutOfRange), ("-9223372036854775809", .numberOutOfRange),
        ("100000000000000000000000", .numberOutOfRange),
        ("{\"a\":1,\"a\":1}", .repeatedName), ("{\"a\":1,\"b\":2,\"\\u0061\":3}", .repeatedName),
        ("1 1", .trailingText), ("{}{}", .trailingText), ("null,", .trailingText), ("{}\u{0}", .trailingText),
        ("\"\\x\"", .badEscape), ("\"\\u12g4\"", .badEscape), ("\"\\U0041\"", .badEscape), ("\"\\'\"", .badEscape),
        ("\"\\ud800\"", .loneSurrogate), ("\"\\udc00\"", .loneSurrogate), ("\"\\ud800\\u0041\"", .loneSurrogate),
        ("\"\\ud800x\"", .loneSurrogate), ("\"\\udc00\\ud800\"", .loneSurrogate),
        ("\"a\nb\"", .controlCharacter), ("\"\t\"", .controlCharacter), ("\"\u{0}\"", .controlCharacter),
    ]

    @Test("what readers disagree about is refused", arguments: refused)
    func refuses(_ text: String, _ reason: JSONFailure.Reason) {
        let failure = #expect(throws: JSONFailure.self) { try JSON(parsing: text) }
        #expect(failure?.reason == reason)
        #expect((failure?.offset ?? -1) >= 0 && (failure?.offset ?? .max) <= text.utf8.count)
    }

    @Test(
        "text that is not UTF-8 is refused, plain and beside an escape",
        arguments: [[0xFF], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]])
    func notUTF8(_ bytes: [UInt8]) {
        for prefix in ["\"", "\"\\n"] {
            let failure = #expect(throws: JSONFailure.self) {
                try JSON(parsing: Array(prefix.utf8) + bytes + [UInt8(ascii: "\"")])
            }
            #expect(failure?.reason == .notUTF8)
        }
    }

    @Test("nesting of 32 levels is read, of 33 refused", arguments: [("[", "]"), ("{\"a\":", "}")])
    func depth(_ open: String, _ close: String) throws {
        func nested(_ levels: Int) -> String {
            String(repeating: open, count: levels - 1) + "1" + String(repeating: close, count: levels - 1)
        }
        _ = try JSON(parsing: nested(32))
        let failure = #expect(throws: JSONFailure.self) { try JSON(parsing: nested(33)) }
        #expect(failure?.reason == .tooDeep)
        #expect(throws: JSONFailure.self) { try JSON(parsing: String(repeating: "[", count: 1_000_000)) }
    }

    @Test("a repeated name is found among any number of members", arguments: [2, 15, 16, 17, 18, 200])
    func repeatedNames(_ count: Int) throws {
        let names = (0..<count).map { "\"n\($0)\":\($0)" }
        #expect(try JSON(parsing: "{\(names.joined(separator: ","))}").members?.count == count)
        for position in Set([0, count / 2, count - 1]) {
            let failure = #expect(throws: JSONFailure.self) {
                try JSON(parsing: "{\((names + [names[position]]).joined(separator: ","))}")
            }
            #expect(failure?.reason == .repeatedName)
        }
    }

    @Test("the same name may stand in different objects")
    func namesInDifferentObjects() throws {
        #expect(try JSON(parsing: #"[{"a":{"a":1}},{"a":2}]"#).array?[0]["a"]?["a"]?.integer == 1)
    }

    private static let accepted: [(String, JSON)] = [
        (" null ", .null), ("[true,false]", .array([.bool(true), .bool(false)])), ("0", 0), ("-0", 0),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        ("{}", .object([])), ("[ ]", .array([])), ("\"\"", ""), ("\r\n\t[1]\n", [1]),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\u4E2d""#, "é中"), (#""\ud83d\ude00""#, "😀"),
        (#""😀中\n""#, "😀中\n"), (#"{"b":1,"a":2}"#, .object([.init("b", 1), .init("a", 2)])),
    ]

    @Test("values are read as written", arguments: accepted)
    func accepts(_ text: String, _ value: JSON) throws {
        #expect(try JSON(parsing: text) == value)
        #expect(try JSON(parsing: value.bytes) == value)
        #expect(try JSON(parsing: value.prettyText) == value)
    }

    @Test("members keep their order, and null members may be left out")
    func writing() {
        let value = JSON.object(["b": 1, "a": nil, "c": ["x", .null, true], "d": .object([])])
        #expect(value.text == #"{"b":1,"c":["x",null,true],"d":{}}"#)
        let lines = [
            "{", #"  "b": 1,"#, #"  "c": ["#, #"    "x","#, "    null,", "    true", "  ],", #"  "d": {}"#, "}",
        ]
        #expect(value.prettyText == lines.joined(separator: "\n") + "\n")
        #expect(JSON.string("\u{1}\u{1F}\"\\\u{7F}é").text == "\"\\u0001\\u001f\\\"\\\\\u{7F}é\"")
    }

    @Test("no changed document traps the reader; what it reads it writes alike", arguments: UInt64(1)...4)
    func mutations(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let document = Array(#"{"a":[1,-20,"x\ud83d\ude00\n"],"b":{"c":null,"d":[true,false]},"é":"中"}"#.utf8)
        for _ in 0..<5000 {
            var changed = document
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let position = Int.random(in: changed.indices, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: changed[position] = UInt8.random(in: .min ... .max, using: &generator)
                case 1: changed.remove(at: position)
                default: changed.insert(document.randomElement(using: &generator) ?? 0, at: position)
                }
            }
            guard let value = try? JSON(parsing: changed) else { continue }
            #expect(try JSON(parsing: value.bytes) == value, "seed \(seed)")
        }
    }
}
