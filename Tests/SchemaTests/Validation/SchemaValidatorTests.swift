import Testing
import Vocabulary

/// The validator that the other tests rely on: what it takes, and above all what it refuses.
@Suite("Schema validator")
struct SchemaValidatorTests {
    private func violations(_ document: String, _ schema: String, strict: Bool = false) throws -> [String] {
        var validator = SchemaValidator()
        validator.refusesUndescribed = strict
        return try validator.check(
            JSON(parsing: document), against: JSON(parsing: schema), in: "payloads/here.json", at: ""
        ).map(\.description)
    }

    @Test(
        "what fits is taken",
        arguments: [
            ("7", #"{"type": "integer", "minimum": 7, "maximum": 7}"#),
            ("\"é\"", #"{"type": "string", "minLength": 1, "maxLength": 1}"#),
            ("[1, 2]", #"{"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}"#),
            ("null", #"{"type": ["string", "null"], "pattern": "^a$"}"#),
            (#"{"a": 1, "b": 2}"#, #"{"type": "object", "properties": {"a": {}}, "required": ["a"]}"#),
            (#"{"a": 1, "b": 2}"#, #"{"properties": {"a": {}}, "additionalProperties": {"type": "integer"}}"#),
            ("3", #"{"oneOf": [{"const": 3}, {"type": "string"}]}"#),
            ("3", #"{"anyOf": [{"const": 3}, {"type": "integer"}]}"#),
            ("3", #"{"allOf": [{"const": 3}, {"type": "integer"}]}"#),
            ("3", #"{"if": {"const": 4}, "then": false, "else": {"const": 3}}"#),
        ])
    func takes(document: String, schema: String) throws {
        #expect(try violations(document, schema).isEmpty)
    }

    @Test("a reference is followed into another file, beside the one it stands in")
    func reference() throws {
        let reference = ##"{"$ref": "common.schema.json#/$defs/member"}"##
        #expect(try violations("\"north-bank\"", reference).isEmpty)
        #expect(try violations("\"North Bank\"", reference) == ["(document): pattern"])
    }

    @Test(
        "what does not fit is named by place and keyword",
        arguments: [
            ("\"7\"", #"{"type": "integer"}"#, "(document): type"),
            ("true", #"{"type": "integer"}"#, "(document): type"),
            ("6", #"{"minimum": 7}"#, "(document): minimum"),
            ("8", #"{"maximum": 7}"#, "(document): maximum"),
            ("\"\"", #"{"minLength": 1}"#, "(document): minLength"),
            ("\"ab\"", #"{"maxLength": 1}"#, "(document): maxLength"),
            ("\"xa\"", #"{"pattern": "^a$"}"#, "(document): pattern"),
            ("\"a\\n\"", #"{"pattern": "^a$"}"#, "(document): pattern"),
            ("[]", #"{"minItems": 1}"#, "(document): minItems"),
            ("[1, 2]", #"{"maxItems": 1}"#, "(document): maxItems"),
            ("[1, \"2\"]", #"{"items": {"type": "integer"}}"#, "[1]: type"),
            ("3", #"{"enum": ["3", 4]}"#, "(document): enum"),
            ("3", #"{"const": "3"}"#, "(document): const"),
            ("{}", #"{"required": ["a"]}"#, "a: required"),
            (#"{"a": {"b": 1}}"#, #"{"properties": {"a": {"properties": {"b": false}}}}"#, "a.b: false"),
            (#"{"a": 1}"#, #"{"properties": {"b": {}}, "additionalProperties": false}"#, "a: additionalProperties"),
            (#"{"a": 1}"#, #"{"additionalProperties": {"type": "string"}}"#, "a: type"),
            ("3", #"{"oneOf": [{"const": 3}, {"type": "integer"}]}"#, "(document): oneOf"),
            ("3", #"{"anyOf": [{"const": 4}, {"type": "string"}]}"#, "(document): anyOf"),
            ("3", #"{"allOf": [{"const": 3}, {"type": "string"}]}"#, "(document): type"),
            ("3", #"{"not": {"const": 3}}"#, "(document): not"),
            ("3", #"{"if": {"const": 3}, "then": false}"#, "(document): false"),
            ("4", #"{"if": {"const": 3}, "then": true, "else": {"type": "string"}}"#, "(document): type"),
        ])
    func refuses(document: String, schema: String, violation: String) throws {
        #expect(try violations(document, schema) == [violation])
    }

    @Test("a member that an open schema leaves undescribed is refused in what we write ourselves")
    func undescribed() throws {
        let schema = #"{"properties": {"a": {"properties": {"b": {}}}}}"#
        #expect(try violations(#"{"a": {"b": 1, "c": 2}}"#, schema).isEmpty)
        #expect(try violations(#"{"a": {"b": 1, "c": 2}}"#, schema, strict: true) == ["a.c: additionalProperties"])
    }

    @Test(
        "a schema that cannot be followed is an error, never a verdict",
        arguments: [
            #"{"uniqueItems": true}"#, #"{"minimun": 1}"#, ##"{"$ref": "#/$defs/absent"}"##,
            #"{"$ref": "absent.json"}"#,
            #"{"pattern": "("}"#, #"{"type": 3}"#, #"{"minLength": "1"}"#, "[]",
        ])
    func unusable(schema: String) {
        #expect(throws: (any Error).self) { try violations("\"a\"", schema) }
    }
}
