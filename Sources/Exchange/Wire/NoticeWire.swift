package import Vocabulary

/// What one request for notices may ask for.
package enum NoticeLimits {
    package static let noticesPerRequest = 500
    package static let maximumWait = Duration.seconds(30)
}

/// What became of an acknowledgement.
package struct AcknowledgementOutcome: Hashable, Sendable {
    /// The cursor up to which everything is acknowledged: never less than before.
    package let acknowledged: UInt64
    /// How many notices are left.
    package let unacknowledged: Int

    package init(acknowledged: UInt64, unacknowledged: Int) {
        (self.acknowledged, self.unacknowledged) = (acknowledged, unacknowledged)
    }
}

/// What became of a watch request.
package struct WatchOutcome: Hashable, Sendable {
    package struct Refusal: Hashable, Sendable {
        package let watch: RecordID
        package let code: ErrorCode

        package init(watch: RecordID, code: ErrorCode) { (self.watch, self.code) = (watch, code) }
    }

    /// How many loans of the member are watched now, whichever request began it.
    package let watching: Int
    package let refused: [Refusal]

    package init(watching: Int, refused: [Refusal]) { (self.watching, self.refused) = (watching, refused) }
}

extension AcknowledgementOutcome {
    package init(parsing body: [UInt8]) throws(Problem) {
        do throws(FieldFailure) {
            var fields = try ObjectReader(try outcome(body))
            acknowledged = UInt64(try fields.integer("acknowledged", in: 0...Int64.max))
            unacknowledged = Int(try fields.integer("unacknowledged", in: 0...Int64(UInt32.max)))
        } catch { throw Problem(error) }
    }

    package var json: JSON {
        .object(["acknowledged": .number(acknowledged), "unacknowledged": .number(unacknowledged)])
    }
}

extension WatchOutcome {
    package init(parsing body: [UInt8]) throws(Problem) {
        do throws(FieldFailure) {
            var fields = try ObjectReader(try outcome(body))
            watching = Int(try fields.integer("watching", in: 0...Int64(UInt32.max)))
            var refused: [Refusal] = []
            for (index, element) in try fields.array("refused", maximum: 1000).enumerated() {
                refused.append(try Refusal(element, path: "refused[\(index)]"))
            }
            self.refused = refused
        } catch { throw Problem(error) }
    }

    package var json: JSON {
        .object(["watching": .number(watching), "refused": .array(refused.map(\.json))])
    }
}

extension WatchOutcome.Refusal {
    fileprivate init(_ json: JSON, path: String) throws(FieldFailure) {
        var fields = try ObjectReader(json, path: path)
        watch = try fields.parsed("watch") { text throws(DecodingFailure) in try RecordID(text) }
        code = try fields.choice("code", expected: "the codes of errors", ErrorCode.init(rawValue:))
    }

    fileprivate var json: JSON {
        .object(["watch": .string(watch.description), "code": .string(code.rawValue)])
    }
}

/// The document of an outcome; what it cannot be is said of the document as a whole.
private func outcome(_ body: [UInt8]) throws(FieldFailure) -> JSON {
    do throws(JSONFailure) { return try JSON(parsing: body) } catch {
        throw FieldFailure(path: "(document)", rule: .malformed("not JSON: \(error)"))
    }
}
