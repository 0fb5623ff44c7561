import ConsortiumSupport
import Exchange
import Records
import Vocabulary

extension CoreConsortium {
    /// People who share a device and a phone, each at a lender of its own.
    mutating func furnishRing(_ name: String, people: Int = 4, daysAgo: Int = 40) throws {
        for number in 0..<people {
            try furnish(
                .loan(
                    "\(name)-\(number)", .applied, of: Self.ringMember(name, number),
                    at: ago(days: daysAgo - number)),
                by: number % 5)
        }
    }

    static func ringMember(_ name: String, _ number: Int) -> Person {
        Person("\(name)-\(number)", .nationalID).with(
            Invented(.device, "\(name)-device"), Invented(.phone, "\(name)-phone"))
    }

    /// A finding about the subjects with these numbers.
    static func found(_ subjects: Range<UInt32>...) -> DiscoveryFindings {
        DiscoveryFindings(
            groups: subjects.enumerated().map { place, range in
                DiscoveryFindings.Group(
                    subjects: Array(range), score: 5 - Double(place),
                    reasons: [.init(code: 1, values: [UInt32(range.count), 2]), .init(code: 2, values: [2, 4])])
            })
    }
}
