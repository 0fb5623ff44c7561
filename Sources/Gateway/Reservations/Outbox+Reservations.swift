internal import Records
internal import Registry
internal import Sodium
internal import SQLite
internal import Vocabulary

// Reservations: what was asked, and the node's words on it.
extension Outbox {
    /// The most of the node's words on one reservation that are given out.
    private static let shownAnswers = 100

    /// Notes what is asked before it is sent. - Throws: `recordConflict` where the id was used for something else.
    func claim(_ prepared: PreparedReservation, now: Instant) throws(Problem) -> Bool {
        let request = prepared.request
        let content = key.naming.hash(Array("reservation|".utf8) + prepared.content.bytes)
        let context = Self.context("reservation", request.reservation)
        let sealed = key.sealing.seal(Array(request.applicationRef.text.utf8), context: context)
        let name: [Value] = [.blob(request.reservation.bytes), .integer(Self.number(of: request.action.name))]
        return try transaction {
            var known: Bytes32?
            try connection.run(
                "SELECT content FROM reservation WHERE reservation_id = ?1 AND action = ?2", name
            ) { known = try Bytes32($0.blob(0)) }
            guard known == nil || known == content else {
                throw Problem(
                    .recordConflict, "This reservation id was used for something else.",
                    hint: "Reserve under a new id.", path: "reservation")
            }
            guard known == nil else { return false }
            try connection.run(
                """
                INSERT INTO reservation (reservation_id, action, asked_at, content, sealed)
                VALUES (?1, ?2, ?3, ?4, ?5)
                """, name + [.integer(now.milliseconds), .blob(content.bytes), .blob(sealed)])
            return true
        }
    }

    /// Gives a claim back that the node refused, so that what was mistyped can be put right under the same id.
    func disclaim(_ prepared: PreparedReservation) throws(Problem) {
        let request = prepared.request
        try working {
            try connection.run(
                "DELETE FROM reservation WHERE reservation_id = ?1 AND action = ?2",
                [.blob(request.reservation.bytes), .integer(Self.number(of: request.action.name))])
        }
    }

    private static func number(of action: String) -> Int {
        switch action {
        case "reserve": 1
        case "confirm": 2
        default: 3
        }
    }

    func keep(_ document: JSON, of reservation: RecordID, now: Instant) throws(Problem) {
        let sealed = key.sealing.seal(document.bytes, context: Self.context("reservation-answer", reservation))
        try working {
            try connection.run(
                "INSERT INTO reservation_answer (reservation_id, answered_at, sealed) VALUES (?1, ?2, ?3)",
                [.blob(reservation.bytes), .integer(now.milliseconds), .blob(sealed)])
        }
    }

    /// The file of a reservation: the node's first words on it, in their order.
    ///
    /// - Throws: `unknownRecord` where none came.
    func reservation(_ id: RecordID) throws(Problem) -> JSON {
        let answers = try working {
            var answers: [JSON] = []
            try connection.run(
                """
                SELECT sealed FROM reservation_answer WHERE reservation_id = ?1 ORDER BY position
                LIMIT \(Self.shownAnswers)
                """, [.blob(id.bytes)]
            ) { row in
                let bytes = try key.sealing.open(row.blob(0), context: Self.context("reservation-answer", id))
                answers.append(try JSON(parsing: bytes))
            }
            return answers
        }
        guard !answers.isEmpty else {
            throw Problem(.unknownRecord, "This gateway holds no word of the node on a reservation with this id.")
        }
        return .object(["reservation": .string(id.description), "answers": .array(answers)])
    }

    /// The lender's own name of the application that a reservation was made for.
    func applicationRef(ofReservation id: RecordID) throws -> String? {
        var reference: String?
        try connection.run(
            "SELECT sealed FROM reservation WHERE reservation_id = ?1 ORDER BY action LIMIT 1", [.blob(id.bytes)]
        ) { row in
            let bytes = try? key.sealing.open(row.blob(0), context: Self.context("reservation", id))
            reference = bytes.map { String(decoding: $0, as: UTF8.self) }
        }
        return reference
    }
}
