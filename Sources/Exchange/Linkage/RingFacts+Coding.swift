internal import Linkage
internal import Vocabulary

// How linkage stands in stored facts: layout 3 of an entry.
extension LinkageEvent {
    func write(to writer: inout ByteWriter) {
        switch self {
        case .ringFounded(let ring, let anchor, let from):
            writer.put(UInt8(1))
            for number in [ring.rawValue, anchor.rawValue, from?.rawValue ?? 0] { writer.put(number) }
        case .ringAnchored(let ring, let anchor):
            writer.put(UInt8(2))
            for number in [ring.rawValue, anchor.rawValue] { writer.put(number) }
        case .ringMerged(let ring, let into):
            writer.put(UInt8(3))
            for number in [ring.rawValue, into.rawValue] { writer.put(number) }
        case .ringEnded(let ring):
            writer.put(UInt8(4))
            writer.put(ring.rawValue)
        case .demoted(let identifier, let subjects):
            writer.put(UInt8(5))
            for number in [identifier.rawValue, subjects] { writer.put(number) }
        case .promoted(let identifier):
            writer.put(UInt8(6))
            writer.put(identifier.rawValue)
        case .hubBurst(let identifier, let newSubjects):
            writer.put(UInt8(7))
            for number in [identifier.rawValue, newSubjects] { writer.put(number) }
        }
    }

    init(from reader: inout ByteReader) throws(DecodingFailure) {
        switch try reader.number(UInt8.self) {
        case 1:
            let (ring, anchor) = (RingNumber(try reader.number()), SubjectNumber(try reader.number()))
            let from = try reader.number(UInt32.self)
            self = .ringFounded(ring, anchor: anchor, from: from == 0 ? nil : RingNumber(from))
        case 2:
            self = .ringAnchored(RingNumber(try reader.number()), anchor: SubjectNumber(try reader.number()))
        case 3: self = .ringMerged(RingNumber(try reader.number()), into: RingNumber(try reader.number()))
        case 4: self = .ringEnded(RingNumber(try reader.number()))
        case 5: self = .demoted(IdentifierNumber(try reader.number()), subjects: try reader.number())
        case 6: self = .promoted(IdentifierNumber(try reader.number()))
        case 7: self = .hubBurst(IdentifierNumber(try reader.number()), newSubjects: try reader.number())
        default: throw .outOfRange
        }
    }
}

extension DiscoveryFacts {
    func write(to writer: inout ByteWriter) {
        writer.put(ranAt)
        writer.put(dismissed)
        writer.put(reported)
        writer.putList(candidates) { writer, candidate in
            writer.put(candidate.number)
            writer.put(candidate.score)
            writer.putList(candidate.subjects) { $0.put($1) }
            writer.putList(candidate.reasons) { writer, reason in
                writer.put(reason.code)
                writer.putList(reason.values) { $0.put($1) }
            }
        }
    }

    init(from reader: inout ByteReader) throws(DecodingFailure) {
        ranAt = try reader.instant()
        dismissed = try reader.number()
        reported = try reader.number()
        candidates = try reader.list { reader throws(DecodingFailure) in
            let (number, score) = (try reader.number(UInt32.self), try reader.number(UInt32.self))
            return CandidateFacts(
                number: number,
                subjects: try reader.list { reader throws(DecodingFailure) in try reader.number() },
                score: score,
                reasons: try reader.list { reader throws(DecodingFailure) in
                    CandidateFacts.Reason(
                        code: try reader.number(),
                        values: try reader.list { reader throws(DecodingFailure) in try reader.number() })
                })
        }
    }
}

extension RingDecisionFacts {
    func write(to writer: inout ByteWriter) {
        let (tag, number): (UInt8, UInt32) =
            switch self {
            case .confirm(let candidate): (1, candidate)
            case .dismiss(let candidate): (2, candidate)
            case .seedHub(let identifier): (3, identifier)
            }
        writer.put(tag)
        writer.put(number)
    }

    init(from reader: inout ByteReader) throws(DecodingFailure) {
        let tag = try reader.number(UInt8.self)
        let number = try reader.number(UInt32.self)
        switch tag {
        case 1: self = .confirm(candidate: number)
        case 2: self = .dismiss(candidate: number)
        case 3: self = .seedHub(identifier: number)
        default: throw .outOfRange
        }
    }
}
