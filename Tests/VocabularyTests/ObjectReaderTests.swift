import Testing
import Vocabulary

@Suite("Reading an object's fields")
struct ObjectReaderTests {
    private func reader(_ text: String, path: String = "records[3]") throws -> ObjectReader {
        try ObjectReader(JSON(parsing: text), path: path)
    }

    private func refused<Value>(
        _ text: String, _ path: String, _ rule: FieldFailure.Rule, _ read: (inout ObjectReader) throws -> Value
    ) throws {
        var reader = try reader(text)
        #expect(throws: FieldFailure(path: path, rule: rule)) { _ = try read(&reader) }
    }

    @Test("what is no object is refused, the whole document by name", arguments: ["[]", "1", "null", "\"x\""])
    func noObject(_ text: String) throws {
        let wrong = FieldFailure.Rule.wrongType(expected: "an object")
        #expect(throws: FieldFailure(path: "(document)", rule: wrong)) { try reader(text, path: "") }
        #expect(throws: FieldFailure(path: "a.b", rule: wrong)) { try reader(text, path: "a.b") }
    }

    @Test("a missing or null field is refused where it is required")
    func missing() throws {
        for text in ["{}", #"{"a":null}"#] {
            try refused(text, "records[3].a", .missing) { try $0.string("a") }
            try refused(text, "records[3].a", .missing) { try $0.integer("a", in: 0...9) }
            try refused(text, "records[3].a", .missing) { try $0.array("a", maximum: 1) }
            try refused(text, "records[3].a", .missing) { try $0.object("a") }
            try refused(text, "records[3].a", .missing) { try $0.base64("a") }
            var reader = try reader(text)
            #expect(try reader.optionalString("a") == nil)
            #expect(try reader.optionalBool("a") == nil)
            #expect(throws: Never.self) { try reader.finish() }
        }
    }

    @Test("a field of another type is refused, never converted")
    func wrongType() throws {
        try refused(#"{"a":1}"#, "records[3].a", .wrongType(expected: "a string")) { try $0.string("a") }
        try refused(#"{"a":"1"}"#, "records[3].a", .wrongType(expected: "a whole number")) {
            try $0.integer("a", in: 0...9)
        }
        try refused(#"{"a":0}"#, "records[3].a", .wrongType(expected: "true or false")) { try $0.optionalBool("a") }
        try refused(#"{"a":{}}"#, "records[3].a", .wrongType(expected: "a list")) { try $0.array("a", maximum: 1) }
        try refused(#"{"a":[]}"#, "records[3].a", .wrongType(expected: "an object")) { try $0.object("a") }
        try refused(#"{"a":5}"#, "records[3].a", .wrongType(expected: "a base64 string")) { try $0.base64("a") }
    }

    @Test("limits hold at their edge")
    func limits() throws {
        var good = try reader(#"{"s":"abc","n":9,"l":[1,2]}"#)
        #expect(try good.string("s", maximumLength: 3) == "abc")
        #expect(try good.integer("n", in: 0...9) == 9)
        #expect(try good.array("l", maximum: 2, minimum: 2).count == 2)
        try refused(#"{"s":"中"}"#, "records[3].s", .malformed("longer than 2 bytes")) {
            try $0.string("s", maximumLength: 2)
        }
        try refused(#"{"n":10}"#, "records[3].n", .malformed("outside 0 to 9")) { try $0.integer("n", in: 0...9) }
        try refused(#"{"l":[1,2]}"#, "records[3].l", .tooMany(limit: 1)) { try $0.array("l", maximum: 1) }
        try refused(#"{"l":[]}"#, "records[3].l", .tooFew(minimum: 1)) { try $0.array("l", maximum: 9, minimum: 1) }
    }

    @Test("an unknown field is refused at the end, and named by its path")
    func unknown() throws {
        var reader = try reader(#"{"a":1,"b":{"c":2}}"#)
        _ = try reader.integer("a", in: 0...9)
        #expect(throws: FieldFailure(path: "records[3].b", rule: .unknown)) { try reader.finish() }
        let inner = try reader.object("b")
        #expect(throws: Never.self) { try reader.finish() }
        #expect(throws: FieldFailure(path: "records[3].b.c", rule: .unknown)) { try inner.finish() }
    }

    @Test("an unknown field's name is cut in the refusal")
    func longUnknownName() throws {
        let reader = try reader("{\"\(String(repeating: "x", count: 5000))\":1}", path: "")
        let failure = #expect(throws: FieldFailure.self) { try reader.finish() }
        #expect(failure?.path == String(repeating: "x", count: 64))
    }

    @Test("64 members are read, 65 refused")
    func manyMembers() throws {
        func text(_ count: Int) -> String { "{" + (0..<count).map { "\"n\($0)\":1" }.joined(separator: ",") + "}" }
        var reader = try reader(text(64))
        for number in 0..<64 { _ = try reader.integer("n\(number)", in: 1...1) }
        #expect(throws: Never.self) { try reader.finish() }
        #expect(throws: FieldFailure(path: "records[3]", rule: .tooMany(limit: 64))) { try self.reader(text(65)) }
    }

    @Test("a value that its type refuses is named by rule, never shown")
    func parsed() throws {
        var reader = try reader(#"{"m":"North Bank","k":"secret!","c":"maybe"}"#)
        let member = #expect(throws: FieldFailure.self) { try reader.parsed("m", as: MemberID.init) }
        #expect(member?.path == "records[3].m" && member?.description.contains("North") == false)
        let bytes = #expect(throws: FieldFailure.self) { try reader.base64("k") }
        #expect(bytes?.rule == .malformed("not standard base64 with padding"))
        let choice = #expect(throws: FieldFailure.self) {
            try reader.choice("c", expected: "hard, soft") { $0 == "hard" ? 1 : nil }
        }
        #expect(choice?.description == "The field records[3].c is not valid: not one of hard, soft.")
    }

    @Test("a name that only looks like the field's is another field")
    func lookAlikes() throws {
        // U+212A, the Kelvin sign, is canonically equivalent to K.
        var reader = try reader("{\"\u{212A}ind\":\"x\"}")
        #expect(try reader.optionalString("Kind") == nil)
        #expect(throws: FieldFailure.self) { try reader.finish() }
        var choice = try self.reader("{\"code\":\"FRD-STAC\u{212A}\"}")
        #expect(throws: FieldFailure.self) { try choice.choice("code", expected: "FRD-STACK") { $0 == "FRD-STACK" } }
    }
}
