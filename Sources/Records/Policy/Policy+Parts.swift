internal import Vocabulary

extension PolicyTimeZone {
    init(reading reader: consuming ObjectReader) throws(FieldFailure) {
        let name = try reader.string("name", maximumLength: 64)
        let offset = Int(try reader.integer("offsetMinutes", in: -14 * 60...14 * 60))
        try reader.finish()
        self.init(name: name, offsetMinutes: offset)
    }

    var json: JSON { .object(["name": .string(name), "offsetMinutes": .number(offsetMinutes)]) }
}

extension EvidenceRules {
    init(reading reader: consuming ObjectReader) throws(FieldFailure) {
        twoReviewersFromSeverity = UInt8(try reader.integer("twoReviewersFromSeverity", in: 0...6))
        instrumentKinds = try reader.parsedList("instrumentKinds", maximum: 16) {
            (text: String) throws(DecodingFailure) in
            guard let kind = CommittedIdentifier.kinds.value(named: text) else {
                throw .malformed("not a kind of identifier")
            }
            return kind
        }
        grounds = try reader.parsedList("grounds", maximum: 64, as: ListedName.init)
        try reader.finish()
    }

    var json: JSON {
        .object([
            "twoReviewersFromSeverity": .number(twoReviewersFromSeverity),
            "instrumentKinds": .strings(instrumentKinds.map { CommittedIdentifier.kinds.name(of: $0) }),
            "grounds": .strings(grounds.map(\.text)),
        ])
    }
}

extension MemberClass {
    init(_ json: JSON, path: String) throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        name = try reader.parsed("name", as: ListedName.init)
        segment = try reader.choice("segment", Segment.names)
        try reader.finish()
    }

    var json: JSON { .object(["name": .string(name.text), "segment": .string(segment.name)]) }
}

extension Window {
    init(_ json: JSON, path: String) throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        name = try reader.string("name", maximumLength: 16)
        seconds = try reader.integer("seconds", in: 1...100 * 366 * secondsPerDay)
        try reader.finish()
    }

    var json: JSON { .object(["name": .string(name), "seconds": .integer(seconds)]) }
}

extension DisclosureRules {
    init(reading reader: consuming ObjectReader) throws(FieldFailure) {
        minimumSegmentMembers = try reader.count("minimumSegmentMembers", atMost: 10_000)
        exactCountsFromMembers = try reader.count("exactCountsFromMembers", atMost: 10_000)
        demoBelowMembers = try reader.count("demoBelowMembers", atMost: 10_000)
        try reader.finish()
    }

    var json: JSON {
        .object([
            "minimumSegmentMembers": .number(minimumSegmentMembers),
            "exactCountsFromMembers": .number(exactCountsFromMembers),
            "demoBelowMembers": .number(demoBelowMembers),
        ])
    }
}

extension EventTimeRules {
    init(reading reader: consuming ObjectReader) throws(FieldFailure) {
        futureSeconds = try reader.integer("futureSeconds", in: 0...secondsPerDay)
        pastDays = try reader.integer("pastDays", in: 1...36_525)
        try reader.finish()
    }

    var json: JSON { .object(["futureSeconds": .integer(futureSeconds), "pastDays": .integer(pastDays)]) }
}

extension RecordRetention {
    init(reading reader: consuming ObjectReader) throws(FieldFailure) {
        loanEventDays = try reader.count("loanEventDays", atMost: RetentionRule.maximumDays)
        inquiryDays = try reader.count("inquiryDays", atMost: RetentionRule.maximumDays)
        try reader.finish()
    }

    var json: JSON {
        .object(["loanEventDays": .number(loanEventDays), "inquiryDays": .number(inquiryDays)])
    }
}
