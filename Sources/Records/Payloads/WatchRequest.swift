package import Vocabulary

/// Which of its own loans a member wants to hear changes of: the payload of a watch request's envelope.
///
/// Loans are named by the member's own references, so that it holds no token.
package struct WatchRequest: Hashable, Sendable {
    /// One loan to watch, under an id that its notices will name.
    package struct Loan: Hashable, Sendable {
        package let watch: RecordID
        package let loanRef: OpaqueReference

        package init(watch: RecordID, loanRef: OpaqueReference) { (self.watch, self.loanRef) = (watch, loanRef) }
    }

    package let consortium: String
    package let member: MemberID
    package let request: RecordID
    package let madeAt: Instant
    package let watch: [Loan]
    /// Watches to end.
    package let unwatch: [RecordID]

    package init(
        consortium: String, member: MemberID, request: RecordID, madeAt: Instant, watch: [Loan], unwatch: [RecordID]
    ) {
        (self.consortium, self.member, self.request) = (consortium, member, request)
        (self.madeAt, self.watch, self.unwatch) = (madeAt, watch, unwatch)
    }

    /// Reads exactly the bytes whose signature was checked.
    package init(_ payload: VerifiedPayload) throws(PayloadFailure) { try self.init(parsing: payload.bytes) }

    package init(parsing bytes: [UInt8]) throws(PayloadFailure) {
        let json = try PayloadFailure.reading(bytes)
        do throws(FieldFailure) { try self.init(json) } catch { throw .field(error) }
    }

    package init(_ json: JSON) throws(FieldFailure) {
        var reader = try ObjectReader(json)
        consortium = try reader.string("consortium", maximumLength: 64)
        member = try reader.parsed("member", as: MemberID.init)
        request = try reader.parsed("request", as: RecordID.init(reading:))
        madeAt = try reader.parsed("madeAt", as: Instant.init)
        var known: Set<RecordID> = []
        watch = try Self.loans(&reader, &known)
        unwatch = try Self.ended(&reader, &known)
        guard !known.isEmpty else { throw reader.failure("watch", .tooFew(minimum: 1)) }
        try reader.finish()
    }

    private static func loans(
        _ reader: inout ObjectReader, _ known: inout Set<RecordID>
    ) throws(FieldFailure) -> [Loan] {
        let elements = try reader.array("watch", maximum: PayloadLimits.watchesPerRequest)
        var loans: [Loan] = []
        loans.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            var fields = try ObjectReader(element, path: "watch[\(index)]")
            let loan = Loan(
                watch: try fields.parsed("watch", as: RecordID.init(reading:)),
                loanRef: try fields.parsed("loanRef", as: OpaqueReference.init))
            guard known.insert(loan.watch).inserted else { throw fields.failure("watch", twice) }
            try fields.finish()
            loans.append(loan)
        }
        return loans
    }

    private static func ended(
        _ reader: inout ObjectReader, _ known: inout Set<RecordID>
    ) throws(FieldFailure) -> [RecordID] {
        // Required also where empty, as `watch` is.
        _ = try reader.required("unwatch")
        let ended = try reader.parsedList(
            "unwatch", maximum: PayloadLimits.watchesPerRequest, as: RecordID.init(reading:))
        for (index, watch) in ended.enumerated() {
            guard known.insert(watch).inserted else { throw FieldFailure(path: "unwatch[\(index)]", rule: twice) }
        }
        return ended
    }

    private static let twice = FieldFailure.Rule.malformed("it stands twice in this request")

    package var json: JSON {
        .object([
            "consortium": .string(consortium),
            "member": .string(member.name),
            "request": .string(request.description),
            "madeAt": .string(madeAt.description),
            "watch": .array(
                watch.map {
                    .object(["watch": .string($0.watch.description), "loanRef": .string($0.loanRef.text)])
                }),
            "unwatch": .strings(unwatch.map(\.description)),
        ])
    }
}
