import Sodium
import Vocabulary

/// Applicants that nobody is: the custom's placeholder names, birth dates of 1901 to 1905, and numbers of a range
/// that is not allotted. Their check digits are right, so that they pass for real ones.
struct DemoPerson: Sendable {
    let name: String
    let nationalID: String
    let phone: String
    let birthDate: String
    let device: String
    let city: String

    var applicant: JSON {
        .object([
            "nationalIDs": .array([.object(["scheme": "cn-rid", "value": .string(nationalID)])]),
            "phones": .strings([phone]), "names": .array([.object(["full": .string(name)])]),
            "birthDate": .string(birthDate),
            "devices": .array([.object(["type": "opaque", "value": .string(device)])]),
            "addresses": .array([.object(["line": .string(city)])]),
        ])
    }

    /// Everything that must be found nowhere but at the lenders.
    var identifiers: [String] { [name, nationalID, phone, birthDate, device, city] }

    static let clean = DemoPerson(
        name: "王五", nationalID: "11010119010204001X", phone: "15400000101", birthDate: "1901-02-04",
        device: "demo-device-0101", city: "演示市样例路一号")
    static let stacked = DemoPerson(
        name: "张三", nationalID: "110101190203150015", phone: "15400000202", birthDate: "1902-03-15",
        device: "demo-device-0202", city: "演示市样例路二号")
    static let reported = DemoPerson(
        name: "李四", nationalID: "110101190304280011", phone: "15400000303", birthDate: "1903-04-28",
        device: "demo-device-0303", city: "演示市样例路三号")
    static let victim = DemoPerson(
        name: "赵六", nationalID: "110101190405170014", phone: "15400000404", birthDate: "1904-05-17",
        device: "demo-device-0404", city: "演示市样例路四号")
    /// The last digit of this one's number is wrong.
    static let mistyped = DemoPerson(
        name: "钱七", nationalID: "110101190506210012", phone: "15400000505", birthDate: "1905-06-21",
        device: "demo-device-0505", city: "演示市样例路五号")

    /// Nobody asks about this one, who uses the reported applicant's device.
    static let accomplice = DemoPerson(
        name: "孙八", nationalID: "11010119050621002X", phone: "15400000606", birthDate: "1905-06-21",
        device: "demo-device-0303", city: "演示市样例路六号")

    /// Asks three lenders for money on one morning.
    static let hurried = DemoPerson(
        name: "周九", nationalID: "110101190407070017", phone: "15400000707", birthDate: "1904-07-07",
        device: "demo-device-0707", city: "演示市样例路七号")

    // A ring: one telephone under three names, and a device that leads out of it to an applicant.
    static let ringLeader = DemoPerson(
        name: "吴十", nationalID: "110101190608080019", phone: "15400000808", birthDate: "1906-08-08",
        device: "demo-device-0808", city: "演示市样例路八号")
    static let ringPartner = DemoPerson(
        name: "郑十一", nationalID: "110101190709090013", phone: "15400000808", birthDate: "1907-09-09",
        device: "demo-device-0909", city: "演示市样例路九号")
    static let ringHelper = DemoPerson(
        name: "冯十二", nationalID: "11010119081010001X", phone: "15400000808", birthDate: "1908-10-10",
        device: "demo-device-1010", city: "演示市样例路十号")
    /// Uses the partner's device, and has nothing in common with the leader.
    static let newcomer = DemoPerson(
        name: "陈十三", nationalID: "110101190911110014", phone: "15400001111", birthDate: "1909-11-11",
        device: "demo-device-0909", city: "演示市样例路十一号")

    static let all = [
        clean, stacked, reported, victim, mistyped, accomplice, hurried, ringLeader, ringPartner, ringHelper, newcomer,
    ]
}

/// What the five lenders know before anybody asks.
struct DemoRecords: Sendable {
    let now: Instant

    /// By the member that furnishes them.
    var byMember: [(member: String, records: [JSON])] {
        [
            ("north-bank", [loan("N-1", .stacked, "applied", hoursAgo: 1)]),
            (
                "east-finance",
                [
                    loan("E-1", .stacked, "applied", hoursAgo: 70), loan("E-1", nil, "signed", hoursAgo: 20),
                    report(.reported, "FRD-FIRST-PARTY", "first-payment-missed", daysAgo: 60),
                ]
            ),
            (
                "south-credit",
                [
                    loan("S-1", .stacked, "applied", hoursAgo: 26), loan("S-1", nil, "approved", hoursAgo: 5),
                    report(.reported, "FRD-FIRST-PARTY", "funds-diverted", daysAgo: 20),
                ]
            ),
            (
                "west-micro",
                [
                    loan("W-1", .stacked, "applied", hoursAgo: 10), loan("W-1", nil, "signed", hoursAgo: 3),
                    marker(.victim, daysAgo: 12),
                ]
            ),
            (
                "harbour-auto",
                [
                    loan("H-1", .stacked, "applied", hoursAgo: 2),
                    loan("H-2", .victim, "applied", hoursAgo: 24 * 200),
                    loan("H-2", nil, "disbursed", hoursAgo: 24 * 195),
                    loan("H-2", nil, "settled", hoursAgo: 24 * 15),
                    loan("H-3", .accomplice, "refused", hoursAgo: 24 * 8),
                ]
            ),
        ]
    }

    /// - Parameter person: `nil` for a later stage, which inherits its loan's subjects.
    func loan(_ reference: String, _ person: DemoPerson?, _ stage: String, hoursAgo: Int64) -> JSON {
        record(
            "loanEvent", hoursAgo: hoursAgo, subject: person.map { ("borrower", $0) },
            ["loanRef": .string(reference), "stage": .string(stage), "product": "cash-loan", "channel": "online"])
    }

    func report(_ person: DemoPerson, _ code: String, _ ground: String, daysAgo: Int64) -> JSON {
        record(
            "report", hoursAgo: daysAgo * 24, subject: ("perpetrator", person),
            [
                "code": .string(code), "tier": "E3", "productDecision": "benefitTaken",
                "grounds": .strings([ground]), "evidenceDigest": .string(Self.digest("evidence")),
                "reviewers": .strings(["reviewer-1", "reviewer-2"]),
            ])
    }

    func retraction(of record: String) -> JSON {
        self.record("retraction", hoursAgo: 0, subject: nil, ["retracts": .string(record), "reason": "wrongSubject"])
    }

    private func marker(_ person: DemoPerson, daysAgo: Int64) -> JSON {
        record(
            "marker", hoursAgo: daysAgo * 24, subject: ("victim", person),
            [
                "code": "VIC-IMPERSONATED", "tier": "E2", "identityProven": true,
                "evidenceDigest": .string(Self.digest("police report")),
            ])
    }

    private func record(
        _ kind: String, hoursAgo: Int64, subject: (role: String, person: DemoPerson)?, _ fields: [String: JSON]
    ) -> JSON {
        var members = [
            JSON.Member("recordID", .string(RecordID(random: SystemRandom.bytes(16)).description)),
            JSON.Member("kind", .string(kind)),
            JSON.Member("eventTime", .string(now.adding(seconds: -3600 * hoursAgo).description)),
        ]
        members += fields.sorted { $0.key < $1.key }.map { JSON.Member($0.key, $0.value) }
        if let subject {
            let json = JSON.object(["role": .string(subject.role), "applicant": subject.person.applicant])
            members.append(JSON.Member("subjects", .array([json])))
        }
        return .object(members)
    }

    static func digest(_ text: String) -> String { SHA256.hash(Array("counterfoil demo: \(text)".utf8)).value.base64 }
}
