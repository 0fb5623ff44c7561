internal import Records
package import Vocabulary

extension SealedRequest {
    /// Reads `{"envelope":…,"epoch":…,"openings":…}`.
    package init(parsing body: [UInt8]) throws(Problem) {
        let json: JSON
        do throws(JSONFailure) { json = try JSON(parsing: body) } catch { throw Problem(error) }
        do throws(FieldFailure) {
            var fields = try ObjectReader(json)
            envelope = try Envelope(try fields.required("envelope"), path: "envelope")
            epoch = KeyEpoch(UInt32(try fields.integer("epoch", in: 0...Int64(UInt32.max))))
            let bytes = try fields.base64("openings")
            do throws(DecodingFailure) { openings = try Openings.decode(bytes) } catch {
                throw FieldFailure(path: "openings", rule: .malformed(error.explanation))
            }
            try fields.finish()
        } catch { throw Problem(error) }
    }

    package var json: JSON {
        .object([
            "envelope": envelope.json, "epoch": .number(epoch.number),
            "openings": .string(Base64.encode(Openings.encode(openings))),
        ])
    }
}

extension SubmissionOutcome {
    package init(parsing body: [UInt8]) throws(Problem) {
        let json: JSON
        do throws(JSONFailure) { json = try JSON(parsing: body) } catch { throw Problem(error) }
        do throws(FieldFailure) {
            var fields = try ObjectReader(json)
            submission = try fields.parsed("submission") { text throws(DecodingFailure) in try RecordID(text) }
            var lines: [Line] = []
            for (index, element) in try fields.array("records", maximum: 1000).enumerated() {
                lines.append(try Line(element, path: "records[\(index)]"))
            }
            self.lines = lines
            receipts = try fields.array("receipts", maximum: 1000).compactMap(\.string)
        } catch { throw Problem(error) }
        guard lines.allSatisfy({ receipts.indices.contains($0.receipt) }) else {
            throw Problem(.verificationFailed, "The node's answer names a receipt that it does not carry.")
        }
    }

    package var json: JSON {
        .object([
            "submission": .string(submission.description),
            "records": .array(lines.map(\.json)),
            "receipts": .strings(receipts),
        ])
    }
}

extension SubmissionOutcome.Line {
    fileprivate init(_ json: JSON, path: String) throws(FieldFailure) {
        var fields = try ObjectReader(json, path: path)
        recordID = try fields.parsed("recordID") { text throws(DecodingFailure) in try RecordID(text) }
        status = try fields.choice(
            "status", expected: "recorded, known", SubmissionOutcome.Status.init(rawValue:))
        receipt = Int(try fields.integer("receipt", in: 0...999))
    }

    fileprivate var json: JSON {
        .object([
            "recordID": .string(recordID.description), "status": .string(status.rawValue),
            "receipt": .number(receipt),
        ])
    }
}
