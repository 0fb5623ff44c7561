package import Records
package import Vocabulary

/// A registry as it is stored and served: `{"versions":[envelope,…]}`, oldest first.
package enum RegistryDocument {
    package static func json(_ envelopes: [Envelope]) -> JSON { .object(["versions": .array(envelopes.map(\.json))]) }

    /// Reads the list without believing it; `RegistryChain` verifies.
    package static func envelopes(in json: JSON) throws(RegistryFailure) -> [Envelope] {
        do throws(FieldFailure) {
            var reader = try ObjectReader(json)
            var envelopes: [Envelope] = []
            for (index, element) in try reader.array("versions", maximum: RegistryLimits.versions).enumerated() {
                envelopes.append(try Envelope(element, path: "versions[\(index)]"))
            }
            try reader.finish()
            return envelopes
        } catch {
            throw .notAnEnvelope(error)
        }
    }

    package static func envelopes(parsing bytes: [UInt8]) throws(Problem) -> [Envelope] {
        let json: JSON
        do throws(JSONFailure) { json = try JSON(parsing: bytes) } catch {
            throw Problem(.verificationFailed, "The registry is not JSON: \(error).")
        }
        do throws(RegistryFailure) { return try envelopes(in: json) } catch { throw Problem(error) }
    }
}

extension RegistryChain {
    package var json: JSON { RegistryDocument.json(envelopes) }

    /// Verifies a document from its first version on.
    package init(
        parsing bytes: [UInt8], now: Instant, fingerprint: Hash? = nil
    ) throws(Problem) {
        let envelopes = try RegistryDocument.envelopes(parsing: bytes)
        do throws(RegistryFailure) {
            try self.init(verifying: envelopes, now: now, fingerprint: fingerprint)
        } catch {
            throw Problem(error)
        }
    }

    package static func read(
        _ path: String, now: Instant, fingerprint: Hash? = nil
    ) throws(Problem) -> RegistryChain {
        let bytes = try FileSystem.read(path, as: .open, limit: RegistryLimits.fileBytes)
        return try RegistryChain(parsing: bytes, now: now, fingerprint: fingerprint)
    }

    /// Puts the whole file in place in one step; whoever reads meanwhile gets the old one or the new one.
    ///
    /// - Parameter replacing: without it an existing file is left as it is and the write refused.
    package func write(to path: String, replacing: Bool) throws(Problem) {
        try FileSystem.write(Array(json.prettyText.utf8), to: path, as: .open, replacing: replacing)
    }
}
