internal import Records
internal import Vocabulary

extension NoticeFacts {
    func write(to writer: inout ByteWriter) {
        writer.put(member.name)
        writer.put(releaseAt)
        switch about {
        case .inquiry(let caseNumber):
            writer.put(UInt8(1))
            writer.put(caseNumber)
        case .reservation(let caseNumber):
            writer.put(UInt8(2))
            writer.put(caseNumber)
        case .watch(let id):
            writer.put(UInt8(3))
            writer.put(id)
        }
        switch news {
        case .alert(let statement, let subject):
            writer.put(UInt8(1))
            writer.put(statement)
            writer.put(subject)
        case .correction(let statement, let subject, let change):
            writer.put(UInt8(2))
            writer.put(statement)
            writer.put(subject)
            writer.put(change.rawValue)
        case .reservation: writer.put(UInt8(3))
        case .stacking(let code):
            writer.put(UInt8(4))
            writer.put(code)
        }
    }

    init(from reader: inout ByteReader) throws(DecodingFailure) {
        let member = try MemberID(try reader.text())
        let releaseAt = try reader.instant()
        self.init(
            member: member, about: try About(from: &reader), news: try News(from: &reader), releaseAt: releaseAt)
    }
}

extension NoticeFacts.About {
    fileprivate init(from reader: inout ByteReader) throws(DecodingFailure) {
        switch try reader.number(UInt8.self) {
        case 1: self = .inquiry(try reader.number())
        case 2: self = .reservation(try reader.number())
        case 3: self = .watch(try reader.recordID())
        default: throw .outOfRange
        }
    }
}

extension NoticeFacts.News {
    fileprivate init(from reader: inout ByteReader) throws(DecodingFailure) {
        switch try reader.number(UInt8.self) {
        case 1: self = .alert(statement: try reader.number(), subject: try reader.number())
        case 2:
            self = .correction(
                statement: try reader.number(), subject: try reader.number(),
                try reader.choice(NoticeFacts.Change.init(rawValue:)))
        case 3: self = .reservation
        case 4: self = .stacking(try reader.text())
        default: throw .outOfRange
        }
    }
}
