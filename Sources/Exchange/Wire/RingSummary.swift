package import Records
package import Vocabulary

/// A ring or a candidate in a line, and why it is thought to be one.
package struct RingSummary: Hashable, Sendable {
    package let ring: RingName
    package let status: RingStatus
    package let subjects: Int
    /// Distinct members who furnished what joins them.
    package let members: Int
    /// Persons of whom a report stands.
    package let reported: Int
    package let firstSeen: CalendarDate
    package let lastSeen: CalendarDate
    /// A candidate's rank among candidates, in thousandths of the highest possible; rings have none.
    package let score: Int?
    package let reasons: [RingReason]

    package init(
        ring: RingName, status: RingStatus, subjects: Int, members: Int, reported: Int, firstSeen: CalendarDate,
        lastSeen: CalendarDate, score: Int? = nil, reasons: [RingReason] = []
    ) {
        (self.ring, self.status, self.subjects, self.members) = (ring, status, subjects, members)
        (self.reported, self.firstSeen, self.lastSeen) = (reported, firstSeen, lastSeen)
        (self.score, self.reasons) = (score, reasons)
    }
}

/// Why a candidate stands where it does: a code for programs, its figures, and the sentence that people read.
package struct RingReason: Hashable, Sendable {
    package struct Value: Hashable, Sendable {
        package let name: ListedName
        package let number: Int

        package init(_ name: ListedName, _ number: Int) { (self.name, self.number) = (name, number) }
    }

    package let code: ListedName
    package let values: [Value]
    package let sentence: String

    package init(code: ListedName, values: [Value], sentence: String) {
        (self.code, self.values, self.sentence) = (code, values, sentence)
    }
}

/// A page of rings, in the order of their names.
package struct RingList: Hashable, Sendable {
    package let asOf: Instant
    package let rings: [RingSummary]
    /// Whether there are more after the last.
    package let hasMore: Bool

    package init(asOf: Instant, rings: [RingSummary], hasMore: Bool) {
        (self.asOf, self.rings, self.hasMore) = (asOf, rings, hasMore)
    }
}

/// What the last discovery found that nobody has decided, the most suspicious first.
package struct RingCandidateList: Hashable, Sendable {
    /// When the discovery ended that found them; `nil` before the first.
    package let foundAt: Instant?
    package let candidates: [RingSummary]

    package init(foundAt: Instant?, candidates: [RingSummary]) {
        (self.foundAt, self.candidates) = (foundAt, candidates)
    }
}

// Answers: a reader ignores the fields it does not know.

extension RingSummary {
    init(reading fields: consuming ObjectReader) throws(FieldFailure) {
        ring = try fields.ringName("ring")
        status = try fields.choice("status", expected: "a ring's statuses", RingStatus.init(rawValue:))
        (subjects, members) = (try fields.count("subjects"), try fields.count("members"))
        reported = try fields.count("reported")
        (firstSeen, lastSeen) = (try fields.day("firstSeen"), try fields.day("lastSeen"))
        score = try fields.optionalInteger("score", in: 0...1000).map { Int($0) }
        reasons = try fields.each("reasons", maximum: RingLimits.reasons, RingReason.init(reading:))
    }

    package var json: JSON {
        .object([
            "ring": .string(ring.description), "status": .string(status.rawValue), "subjects": .number(subjects),
            "members": .number(members), "reported": .number(reported), "firstSeen": .string(firstSeen.description),
            "lastSeen": .string(lastSeen.description), "score": .optional(score),
            "reasons": .array(reasons.map(\.json)),
        ])
    }
}

extension RingReason {
    init(reading fields: consuming ObjectReader) throws(FieldFailure) {
        code = try fields.parsed("code") { text throws(DecodingFailure) in try ListedName(text) }
        var values: [Value] = []
        for member in try fields.required("values").members ?? [] {
            guard let name = try? ListedName(member.name), let number = member.value.integer else {
                throw fields.failure("values", .wrongType(expected: "names and whole numbers"))
            }
            values.append(Value(name, Int(number)))
        }
        self.values = values
        sentence = try fields.string("sentence", maximumLength: RingLimits.noteBytes)
    }

    package var json: JSON {
        .object([
            "code": .string(code.text),
            "values": .object(values.map { JSON.Member($0.name.text, .number($0.number)) }),
            "sentence": .string(sentence),
        ])
    }
}

extension RingList {
    package init(parsing body: [UInt8]) throws(Problem) {
        do throws(FieldFailure) {
            var fields = try ObjectReader(ringDocument: body)
            asOf = try fields.time("asOf")
            rings = try fields.each("rings", maximum: RingLimits.ringsPerPage, RingSummary.init(reading:))
            hasMore = try fields.flag("more")
        } catch { throw Problem(error) }
    }

    package var json: JSON {
        .object(["asOf": .string(asOf.description), "rings": .array(rings.map(\.json)), "more": .bool(hasMore)])
    }
}

extension RingCandidateList {
    package init(parsing body: [UInt8]) throws(Problem) {
        do throws(FieldFailure) {
            var fields = try ObjectReader(ringDocument: body)
            foundAt = try fields.optionalTime("foundAt")
            candidates = try fields.each("candidates", maximum: RingLimits.ringsPerPage, RingSummary.init(reading:))
        } catch { throw Problem(error) }
    }

    package var json: JSON {
        .object([
            "foundAt": .optional(foundAt?.description), "candidates": .array(candidates.map(\.json)),
        ])
    }
}

extension ObjectReader {
    /// A document's object; what it cannot be is said of the document as a whole.
    init(ringDocument body: [UInt8]) throws(FieldFailure) {
        let json: JSON
        do throws(JSONFailure) { json = try JSON(parsing: body) } catch {
            throw FieldFailure(path: "(document)", rule: .malformed("not JSON: \(error)"))
        }
        try self.init(json)
    }
}
