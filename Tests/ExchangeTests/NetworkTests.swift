import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

/// A ring of three, met by members 1 and 2, whose first person member 3 reports; an applicant on its edge.
struct RingStory {
    var consortium: CoreConsortium
    let device = Invented(.device, "shared device")
    let phone = Invented(.phone, "shared phone")
    var reported: Person { Person("one", .nationalID).with(phone) }
    var between: Person { Person("two", .nationalID).with(phone, device) }
    var third: Person { Person("three", .nationalID).with(phone) }
    /// Shares the device with the second person, and nothing with the first.
    var applicant: Person { Person("applicant").with(device) }

    init(members: [Int] = [1, 2]) throws {
        consortium = try CoreConsortium()
        let start = consortium.ago(days: 40)
        for member in members {
            for (name, person) in [("1", reported), ("2", between), ("3", third)] {
                try consortium.furnish(.loan("L\(name)", .disbursed, of: person, at: start), by: member)
            }
        }
        try consortium.furnish(
            .report("FRD-FIRST-PARTY", on: reported.as(.perpetrator), at: consortium.ago(days: 35), name: "report"),
            by: 3)
    }

    mutating func network(_ person: Person? = nil, by member: Int = 0, asOf: AsOf? = nil) throws -> JSON {
        try consortium.ask(about: person ?? applicant, by: member, asOf: asOf).json["network"] ?? .null
    }
}

extension JSON {
    var nearest: JSON? { self["nearestReport"].flatMap { $0 == .null ? nil : $0 } }
    var ring: JSON? { self["ring"].flatMap { $0 == .null ? nil : $0 } }
    /// `device phone`
    var path: String { (nearest?["path"]?.array ?? []).map { $0["kind"]?.string ?? "" }.joined(separator: " ") }
}

@Suite("Linkage in an answer")
struct NetworkTests {
    @Test("an applicant two hops from a report is told the path by kinds, and the ring")
    func twoHops() throws {
        var story = try RingStory()
        let network = try story.network()
        #expect(network.nearest?["hops"] == 2 && network.path == "device phone")
        #expect(network.nearest?["code"] == "FRD-FIRST-PARTY" && network.nearest?["evidence"] == "E3")
        #expect(network.nearest?["reporters"] == "1" && network.nearest?["own"] == false)
        #expect(network.ring?["status"] == "reported" && network.ring?["subjects"] == "3-4")
        #expect(network["truncated"] == false)
        // Nothing that tells one identifier, person or member from another.
        let text = try story.consortium.ask(about: story.applicant, by: 0).json.text
        #expect(!text.contains("member-1") && !text.contains("shared"))
    }

    @Test("the reported person is nought hops away, one who shares its phone one")
    func nearer() throws {
        var story = try RingStory()
        #expect(try story.network(story.reported).nearest?["hops"] == 0)
        #expect(try story.network(Person("three", .nationalID)).nearest?["hops"] == 1)
        #expect(try story.network(Person("stranger")).nearest == nil)
        // Somebody new with the reported person's telephone shares a thing with it, and is not it.
        let new = try story.network(Person("new", .nationalID).with(story.phone))
        #expect(new.nearest?["hops"] == 1 && new.path == "phone")
    }

    @Test("one lender's word links nobody, however often it says it")
    func oneMemberLinksNobody() throws {
        var story = try RingStory(members: [1])
        for time in 1...3 {
            try story.consortium.furnish(
                .loan("again-\(time)", .disbursed, of: story.between, at: story.consortium.ago(days: time)), by: 1)
        }
        let network = try story.network()
        #expect(network.nearest == nil && network.ring == nil)
        // A second lender's word does.
        for (name, person) in [("1", story.reported), ("2", story.between)] {
            try story.consortium.furnish(
                .loan("M\(name)", .disbursed, of: person, at: story.consortium.ago(days: 2)), by: 2)
        }
        #expect(try story.network().nearest?["hops"] == 2)
    }

    @Test("a lender that floods a victim's phone with reported persons glues it to none of them")
    func gluing() throws {
        var story = try RingStory()
        let victim = Person("victim")
        for member in [0, 1] {
            try story.consortium.furnish(
                .loan("V", .disbursed, of: victim, at: story.consortium.ago(days: 30)), by: member)
        }
        let poisoned = Person("one", .nationalID).with(Invented(.phone, "victim-phone"))
        for number in 1...12 {
            let other = Person("flood-\(number)", .nationalID).with(Invented(.phone, "victim-phone"))
            try story.consortium.furnish(
                .loan(
                    "F\(number)", .applied, of: number % 2 == 0 ? poisoned : other, at: story.consortium.ago(days: 3)),
                by: 4)
        }
        let network = try story.network(victim)
        #expect(network.nearest == nil && network.ring == nil)
    }

    @Test("what is taken back, disputed or under investigation confirms nothing")
    func changesOfMind() throws {
        var story = try RingStory()
        let signal = try story.consortium.ask(about: story.reported, by: 0).signal("FRD-FIRST-PARTY")
        let reference = try #require(signal?["reference"]?.string)
        try story.consortium.furnish(.dispute(of: reference, at: story.consortium.now), by: 0)
        let disputed = try story.network()
        #expect(disputed.nearest == nil && disputed["reports"]?.array?.first?["confirmed"] == false)
        #expect(disputed.ring?["status"] == "group")
        try story.consortium.furnish(.outcome(.rejected, of: "report", at: story.consortium.now), by: 3)
        #expect(try story.network().nearest?["hops"] == 2)
        try story.consortium.furnish(.retraction(of: "report", at: story.consortium.now), by: 3)
        let retracted = try story.network()
        #expect(retracted.nearest == nil && retracted["reports"]?.array?.isEmpty == true)
        #expect(retracted.ring?["status"] == "group")
    }

    @Test("a loan that is taken back takes its links with it")
    func retractedLinks() throws {
        var story = try RingStory()
        try story.consortium.furnish(.retraction(of: "L2/disbursed", at: story.consortium.now), by: 2)
        #expect(try story.network().nearest == nil)
    }

    @Test("risk does not pass through a victim", arguments: ["VIC-IMPERSONATED", "PRO-SELF"])
    func victims(_ code: String) throws {
        var story = try RingStory()
        let marker = Statement.marker(code, for: Person("two", .nationalID), at: story.consortium.now, name: "m")
        try story.consortium.furnish(marker, by: 1)
        #expect(try story.network().nearest == nil)
    }

    @Test("what a victim is reported for reaches nobody, and makes no ring a reported one")
    func reportedVictims() throws {
        var story = try RingStory()
        #expect(try story.network(story.third)["reports"]?.array?.count == 1)
        let marker = Statement.marker(
            "VIC-IMPERSONATED", for: Person("one", .nationalID), at: story.consortium.now, name: "m")
        try story.consortium.furnish(marker, by: 1)
        for person in [story.third, story.between, story.applicant] {
            let network = try story.network(person)
            #expect(network["reports"]?.array?.isEmpty == true && network.nearest == nil)
            #expect(network.ring.map { $0["status"] == "group" } ?? true)
        }
    }

    @Test("a report shields whom it calls a victim only while it confirms")
    func shielding() throws {
        var story = try RingStory()
        let between = Person("two", .nationalID)
        try story.consortium.furnish(
            .report(
                "SUS-REVIEW", on: Person("nobody").as(.perpetrator), between.as(.victim), at: story.consortium.now,
                name: "shield"
            ) { $0.tier = .e1 }, by: 4)
        #expect(try story.network().nearest?["hops"] == 2)
    }

    @Test("a suspicion links nobody")
    func suspicionsLinkNobody() throws {
        var story = try RingStory()
        let card = Invented(.card, "suspected card")
        for member in [1, 2] {
            for name in ["one", "stranger"] {
                let suspect = Person(name, .nationalID).with(card)
                try story.consortium.furnish(
                    .report(
                        "SUS-REVIEW", on: suspect.as(.perpetrator), at: story.consortium.now,
                        name: "suspicion of \(name)"
                    ) { $0.tier = .e1 }, by: member)
            }
        }
        #expect(try story.network(Person("stranger", .nationalID)).nearest == nil)
    }

    @Test("an asker's own records move no band of the ring")
    func ownRecords() throws {
        var story = try RingStory()
        let before = try story.network(story.third).ring
        for number in 1...6 {
            let person = Person("own-\(number)", .nationalID).with(story.phone, Invented(.address, "own address"))
            try story.consortium.furnish(
                .loan("O\(number)", .disbursed, of: person, at: story.consortium.ago(days: 1)), by: 0)
        }
        try story.consortium.furnish(
            .loan("O-third", .disbursed, of: story.third, at: story.consortium.ago(days: 1)), by: 0)
        let after = try story.network(story.third).ring
        #expect(before?["subjects"] == after?["subjects"] && before?["members"] == after?["members"])
        #expect(before?["kinds"] == after?["kinds"])
    }

    @Test("an expired phone links nobody any more")
    func expiry() throws {
        var story = try RingStory()
        story.consortium.now = story.consortium.now.adding(days: 700)
        // Some entry of that day moves the graph on.
        try story.consortium.furnish(.loan("other", .applied, of: Person("other"), at: story.consortium.now), by: 1)
        #expect(try story.network().nearest == nil)
    }

    @Test("each member has its own name for the ring, and keeps it through a merge")
    func names() throws {
        var story = try RingStory()
        let member = Person("three", .nationalID)
        let name = try #require(story.network(member).ring?["name"]?.string)
        #expect(try story.network(member).ring?["name"]?.string == name)
        #expect(try story.network(member, by: 4).ring?["name"]?.string != name)
        // A larger ring, and a phone that joins both.
        let bridge = Invented(.phone, "bridge"), card = Invented(.card, "card")
        let start = story.consortium.ago(days: 10)
        for lender in [1, 2] {
            for number in 1...5 {
                var person = Person("big-\(number)", .nationalID).with(card)
                if number == 1 { person = person.with(bridge) }
                try story.consortium.furnish(.loan("B\(number)", .disbursed, of: person, at: start), by: lender)
            }
        }
        let bigName = try #require(story.network(Person("big-2", .nationalID)).ring?["name"]?.string)
        #expect(bigName != name)
        for lender in [1, 2] {
            try story.consortium.furnish(
                .loan("bridge", .disbursed, of: member.with(bridge), at: story.consortium.ago(days: 1)), by: lender)
        }
        let joined = try story.network(member)
        #expect(joined.ring?["name"]?.string == bigName)
        #expect(joined.ring?["formerNames"]?.array?.contains(.string(name)) == true)
    }

    @Test("a core rebuilt from what is stored answers alike, ring names and all")
    func replay() throws {
        var story = try RingStory()
        try story.consortium.furnish(.retraction(of: "L2/disbursed", at: story.consortium.now), by: 2)
        try story.consortium.furnish(
            .loan("L2b", .disbursed, of: story.between, at: story.consortium.now), by: 2)
        let people = [story.applicant, story.reported, story.between, story.third]
        let before = try people.map { try story.network($0) }
        #expect(before.contains { $0.ring?["name"]?.string != nil })
        story.consortium.restart(with: try story.consortium.replayed())
        #expect(try people.map { try story.network($0) } == before)
    }

    @Test("a question about the past is answered from the links of that time")
    func past() throws {
        var story = try RingStory()
        story.consortium.now = story.consortium.now.adding(seconds: 60)
        let then = AsOf(instant: story.consortium.now, size: nil)
        let before = try story.network()
        story.consortium.now = story.consortium.now.adding(seconds: 60)
        try story.consortium.furnish(.retraction(of: "report", at: story.consortium.now), by: 3)
        #expect(try story.network().nearest == nil)
        let again = try story.network(asOf: then)
        #expect(again.nearest == before.nearest && again["reports"] == before["reports"])
        #expect(again.ring?["subjects"] == before.ring?["subjects"] && again.ring?["name"] == nil)
    }

    @Test("of a wide ring too, the past is told whole or as truncated")
    func widePast() throws {
        var consortium = try CoreConsortium()
        // A chain of twelve: each shares a device with the next.
        for member in [1, 2] {
            for number in 0..<12 {
                let person = Person("link-\(number)", .nationalID)
                    .with(Invented(.device, "d\(number)"), Invented(.device, "d\(number + 1)"))
                try consortium.furnish(
                    .loan("C\(number)", .disbursed, of: person, at: consortium.ago(days: 9)), by: member)
            }
        }
        let person = Person("link-0", .nationalID)
        consortium.now = consortium.now.adding(seconds: 60)
        let now = try consortium.ask(about: person, by: 0).json["network"]
        let past = try consortium.ask(about: person, by: 0, asOf: AsOf(instant: consortium.now)).json["network"]
        #expect(now?.ring?["subjects"] == "10+" && past?.ring?["subjects"] == "10+")
        #expect(past?["truncated"] == false)
    }

    @Test("where others are not told of, there is no network at all")
    func tooFewMembers() throws {
        var consortium = try CoreConsortium(members: 2)
        let phone = Invented(.phone, "shared")
        for member in [0, 1] {
            for name in ["a", "b", "c"] {
                try consortium.furnish(
                    .loan(name, .disbursed, of: Person(name, .nationalID).with(phone), at: consortium.ago(days: 3)),
                    by: member)
            }
        }
        #expect(try consortium.ask(about: Person("a", .nationalID), by: 0).json["network"] == .null)
    }

    @Test("a phone of many persons links none of them, and the answer says so")
    func demotion() throws {
        var story = try RingStory()
        for number in 1...25 {
            let person = Person("caller-\(number)", .nationalID).with(story.phone)
            try story.consortium.furnish(
                .loan("C\(number)", .disbursed, of: person, at: story.consortium.ago(days: 2)), by: 1 + number % 2)
        }
        let network = try story.network(story.applicant.with(story.phone))
        #expect(network["demoted"]?.array == ["phone"] && network.ring == nil)
        #expect(try story.network().nearest == nil)
    }
}
