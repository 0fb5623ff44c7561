package import Identity
package import Records
package import Vocabulary

/// A record ready to be queued, and what of it was left out.
package struct PreparedRecord: Sendable {
    package let record: ClearRecord
    package let dropped: [DroppedField]
}

extension ClearReader {
    /// Reads `{"records":[…]}` or one record, in clear; all of them or none.
    ///
    /// - Parameter kind: what every record is, where the path says it; the field is then left out.
    package func records(_ json: JSON, kind: RecordKind? = nil) throws(Problem) -> [PreparedRecord] {
        guard json["records"] != nil else { return [try record(json, kind: kind, path: "")] }
        let elements: [JSON]
        do throws(FieldFailure) {
            var reader = try ObjectReader(json)
            elements = try reader.array("records", maximum: .max, minimum: 1)
            try reader.finish()
        } catch { throw Problem(error) }
        guard elements.count <= policy.limits.recordsPerSubmission else {
            throw Problem(
                .tooManyRecords, "A request takes at most \(policy.limits.recordsPerSubmission) records.",
                path: "records")
        }
        return try list(elements, kind: kind)
    }

    private func list(_ elements: [JSON], kind: RecordKind?) throws(Problem) -> [PreparedRecord] {
        var known: Set<RecordID> = []
        var records: [PreparedRecord] = []
        records.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            let prepared = try record(element, kind: kind, path: "records[\(index)]")
            guard known.insert(prepared.record.recordID).inserted else {
                throw Problem(
                    .invalidField, "The same record id stands twice in this request.",
                    path: "records[\(index)].recordID")
            }
            records.append(prepared)
        }
        return records
    }

    /// One record with its subjects as applicants.
    package func record(_ json: JSON, kind: RecordKind?, path: String) throws(Problem) -> PreparedRecord {
        let json = try completed(json, kind: kind, path: path)
        let attachesElsewhere = attachesElsewhere(json["code"]?.string)
        var people: [(applicant: Applicant, path: String)] = []
        let shape: ClearRecord
        do throws(FieldFailure) {
            shape = try ClearRecord(json, path: path) { json, path throws(FieldFailure) in
                var reader = try ObjectReader(json, path: path)
                let role = try reader.choice(
                    "role", expected: "borrower, perpetrator, associate, victim", SubjectRole.init(name:))
                let applicantPath = reader.path(of: "applicant")
                people.append((try Applicant(try reader.required("applicant"), path: applicantPath), applicantPath))
                try reader.finish()
                return Subject(role: role, identifiers: [])
            }
        } catch { throw Problem(error) }
        var subjects: [Subject<IdentifierInput>] = []
        var dropped: [DroppedField] = []
        for (subject, person) in zip(shape.subjects, people) {
            let exactly = attachesElsewhere && subject.role != .victim
            let derived = try derive(person.applicant, exactly: exactly, path: person.path)
            subjects.append(Subject(role: subject.role, identifiers: derived.inputs))
            dropped += derived.dropped
        }
        let record = ClearRecord(
            recordID: shape.recordID, eventTime: shape.eventTime, subjects: subjects, body: shape.body)
        do throws(AdmissionFailure) { try Admission.check(record, policy: policy, now: now) } catch {
            throw Problem(path.isEmpty ? error : error.below(path))
        }
        return PreparedRecord(record: record, dropped: dropped)
    }

    /// Whether the code is about an instrument, an intermediary or staff: then match keys have no place in its report.
    private func attachesElsewhere(_ code: String?) -> Bool {
        guard let code, let name = try? CodeName(code), let reasonCode = policy.reasonCodes[name] else { return false }
        return reasonCode.attachment != .subject
    }

    /// The record with the fields that the path or the gateway gives it.
    private func completed(_ json: JSON, kind: RecordKind?, path: String) throws(Problem) -> JSON {
        guard case .object(var members) = json else {
            let place = path.isEmpty ? "(document)" : path
            throw Problem(FieldFailure(path: place, rule: .wrongType(expected: "an object")))
        }
        if let kind {
            guard json["kind"] == nil || json["kind"]?.string == kind.name else {
                throw Problem(.invalidField, "This path takes records of the kind \(kind.name).", path: path)
            }
            if json["kind"] == nil { members.insert(JSON.Member("kind", .string(kind.name)), at: 0) }
        }
        if json["recordID"] == nil { members.insert(JSON.Member("recordID", .string(newID().description)), at: 0) }
        if json["eventTime"] == nil, json["kind"]?.string ?? kind?.name == RecordKind.retraction.name {
            members.append(JSON.Member("eventTime", .string(now.description)))
        }
        return .object(members)
    }
}
