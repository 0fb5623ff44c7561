import HTTPEdge
import TestSupport
import Testing

@Suite("Server-sent events")
struct EventTests {
    static let event = ServerSentEvent(event: "notices", id: "7", data: "{\"a\":1}")

    func read(_ text: String, limit: Int = 1000) throws -> [ServerSentEvent] {
        var reader = EventReader(limit: limit)
        return try reader.read(text.utf8)
    }

    @Test("what is written is read again, however the bytes are cut")
    func roundTrip() throws {
        let events = [Self.event, ServerSentEvent(event: "message", id: "", data: "one\ntwo\n\nfour 四")]
        let bytes = events.flatMap(\.bytes)
        for size in 1...bytes.count {
            var reader = EventReader(limit: 1000)
            var read: [ServerSentEvent] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                read += try reader.read(bytes[start..<min(start + size, bytes.count)])
            }
            #expect(read == events, "cut every \(size) bytes")
        }
    }

    @Test("an event has the form that the standard gives it")
    func written() {
        #expect(Self.event.bytes == Array("event: notices\nid: 7\ndata: {\"a\":1}\n\n".utf8))
    }

    @Test("comments, unknown fields and events without data are passed over")
    func passedOver() throws {
        let text = ":\n\n: here still\nretry: 10\nevent: empty\n\nevent:notices\r\nid:7\r\ndata:{\"a\":1}\r\n\r\n"
        #expect(try read(text) == [Self.event])
    }

    @Test("every line's end counts: CR, LF and both")
    func lineEnds() throws {
        #expect(try read("data: a\rdata: b\r\n\r\ndata: c\n\n").map(\.data) == ["a\nb", "c"])
    }

    @Test("an event that has not ended is none")
    func unfinished() throws {
        #expect(try read("data: a\n") == [])
    }

    @Test("an event longer than the limit is refused, many short ones are not")
    func limits() throws {
        let short = "data: 0123456789\n\n"
        #expect(try read(String(repeating: short, count: 100), limit: 20).count == 100)
        #expect(throws: EventReader.Failure.tooLong) { try read("data: 01234567890123456789\n\n", limit: 20) }
        #expect(throws: EventReader.Failure.tooLong) {
            try read(String(repeating: "data: 1\n", count: 10), limit: 20)
        }
        // Comments are no part of an event, however many there are.
        #expect(try read(String(repeating: ": here still\n", count: 100) + short, limit: 20).count == 1)
    }

    @Test("what is not UTF-8 is refused")
    func notText() throws {
        var reader = EventReader(limit: 100)
        #expect(throws: EventReader.Failure.notText) {
            try reader.read(Array("data: ".utf8) + [0xFF, 0xFE] + Array("\n\n".utf8))
        }
    }
}
