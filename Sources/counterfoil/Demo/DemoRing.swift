import Exchange
import ExchangeClient
import HTTPEdge
import Registry
import Vocabulary

/// The demo's third chapter: an applicant whom nobody reported, two hops from a ring in which somebody is.
struct DemoRing {
    let bank: GatewayConnection
    /// Two lenders that met the ring's persons, and one that reported their leader.
    let east: GatewayConnection
    let harbour: GatewayConnection
    let south: GatewayConnection
    private(set) var answer = JSON.null
    private(set) var picture: RingPicture?
    private(set) var records: [Demo.Furnished] = []

    init(bank: GatewayConnection, east: GatewayConnection, harbour: GatewayConnection, south: GatewayConnection) {
        (self.bank, self.east, self.harbour, self.south) = (bank, east, harbour, south)
    }

    /// The same three persons borrow at two lenders: what links them rests on more than one lender's word.
    mutating func furnish() async throws {
        let demo = DemoRecords(now: .now)
        let people: [DemoPerson] = [.ringLeader, .ringPartner, .ringHelper]
        for (member, gateway) in [("east-finance", east), ("harbour-auto", harbour)] {
            let loans = people.enumerated().map { number, person in
                demo.loan("R-\(number)", person, "disbursed", hoursAgo: 24 * 40)
            }
            records += try await Demo.furnish(loans, of: member, through: gateway)
        }
        let report = demo.report(.ringLeader, "FRD-FIRST-PARTY", "funds-diverted", daysAgo: 35)
        records += try await Demo.furnish([report], of: "south-credit", through: south)
    }

    /// The applicant shares a device with one who shares a telephone with the reported one.
    mutating func ask() async throws {
        answer = try await bank.post("/v1/checks", DemoQuestion.document(asking: .newcomer), isIdempotent: true)
        let nearest = answer["network"]?["nearestReport"]
        let path = (nearest?["path"]?.array ?? []).compactMap { $0["kind"]?.string }.joined(separator: " – ")
        try expect(nearest?["hops"]?.integer.map { String($0) }, "2", "the distance to the report")
        try expect(path, "device – phone", "the path")
        try expect(answer["network"]?["ring"]?["status"]?.string, "reported", "the ring")
        try expect(answer["decision"]?["outcome"]?.string, "review", "the decision")
    }

    /// What an admin of the consortium sees of it: no names, no tokens, no lender. The picture is drawn into a file.
    mutating func look(at sample: SampleConsortium, drawing path: String) async throws {
        guard let admin = sample.admins.first else { throw Problem(.notFound, "The demo has no admin.") }
        let office = RingClient(
            try Origin(sample.chain.current.node.url.description), http: try HTTPClient(HTTPClient.Configuration()),
            key: admin.key, now: { Instant.now })
        let rings = try await office.rings(after: nil, limit: 100).rings
        guard let ring = rings.first(where: { $0.status == .reported }) else {
            throw Problem(.verificationFailed, "The node lists no reported ring.")
        }
        let picture = try await office.picture(of: ring.ring)
        try expect(String(picture.subjects.count), "3", "the ring's size")
        try FileSystem.write(Array(RingSVG(picture).text.utf8), to: path, as: .open, replacing: true)
        self.picture = picture
    }

    /// The applicant's answer and the ring, for people.
    var lines: String {
        let connections = AnswerText(answer).network ?? ""
        return connections + "\n" + (picture.map { RingText($0).text } ?? "")
    }

    private func expect(_ given: String?, _ expected: String, _ what: String) throws(Problem) {
        guard given == expected else {
            throw Problem(.verificationFailed, "At the ring: \(what) is \(given ?? "missing") and not \(expected).")
        }
    }
}
