import Foundation
import Lending
import TestSupport
import Testing
import Vocabulary

@Suite("The catalogue of statistics")
struct CatalogueTests {
    let catalogue = Catalogue.current

    @Test("the page for people is what the catalogue writes")
    func page() throws {
        #expect(String(decoding: try Checkout.bytes("schemas/statistics.md"), as: UTF8.self) == catalogue.markdown)
    }

    @Test("profiles keep their sizes, and each is the beginning of the next")
    func sizes() throws {
        let names = try ["summary", "standard", "full"].map { try #require(catalogue.profile(named: $0)).names }
        #expect(names[0].count <= 150 && names[1].count <= 400 && names[2].count <= 1500)
        #expect(Array(names[1].prefix(names[0].count)) == names[0])
        #expect(Array(names[2].prefix(names[1].count)) == names[1])
        #expect(names.map { Set($0).count } == names.map(\.count))
        #expect(catalogue.profile(named: "everything") == nil)
    }

    @Test("every profile has every measure", arguments: ["summary", "standard", "full"])
    func measures(_ profile: String) throws {
        let names = Set(try #require(catalogue.profile(named: profile)).names)
        for measure in ExposureMeasure.allCases {
            #expect(names.contains("exposure.others.\(measure.rawValue)"))
            let hasOwn = measure.rawValue != "openLenders" && !measure.rawValue.hasSuffix("Members")
            #expect(names.contains("exposure.own.\(measure.rawValue)") == hasOwn)
        }
        for measure in StackingMeasure.allCases { #expect(names.contains("stacking.own.\(measure.rawValue)")) }
        for measure in IdentityMeasure.allCases { #expect(names.contains("identity.\(measure.rawValue)")) }
    }

    @Test("every cell of full is found by its name and explained in English and in Chinese")
    func explanations() throws {
        let profile = try #require(catalogue.profile(named: "full"))
        var seen: Set<String> = []
        for cell in profile.cells {
            let found = try catalogue.cell(named: cell.name)
            #expect(found.body == cell.body && found.form == cell.form)
            let (english, chinese) = try catalogue.explain(cell.name)
            #expect(english.hasSuffix(".") && chinese.hasSuffix("。"))
            #expect(!(english + chinese).contains { "{}".contains($0) }, "\(cell.name)")
            #expect(english.utf8.allSatisfy { $0 < 128 }, "\(english)")
            #expect(chinese.unicodeScalars.filter { (0x4E00...0x9FFF).contains($0.value) }.count > 8, "\(chinese)")
            #expect(seen.insert(english).inserted && seen.insert(chinese).inserted, "\(cell.name)")
        }
    }

    @Test("an explanation is a sentence")
    func sentence() throws {
        let (english, chinese) = try catalogue.explain("application.others.phone.class-leasing.30d.shareOf180d")
        #expect(
            english == """
                Of the loans asked for at other members, under a phone number, at members of the class leasing, in the \
                last 30 days: their share of those in the last 180 days, in per cent.
                """)
        #expect(chinese == "近30天、其他机构、融资租赁类机构、按手机号的贷款申请：占近180天次数的百分比。")
        #expect(
            try catalogue.explain("exposure.others.openLoans").english
                == "Of what is known at other members: the number of open loans.")
    }

    @Test(
        "a name that says nothing is refused, with the reason",
        arguments: [
            ("", "a name is <stage>"), ("application", "a name is <stage>"),
            ("application.others.subject.all.30d", "a name is <stage>"),
            ("application.others.subject.all.30d.members.more", "a name is <stage>"),
            ("applications.others.subject.all.30d.members", "'applications' is no stage"),
            ("applied.others.subject.all.30d.members", "'applied' is no stage"),
            ("application.other.subject.all.30d.members", "'other' is no split"),
            ("application.others.staff.all.30d.members", "'staff' is no kind"),
            ("application.others.subject.banks.30d.members", "'banks' is no segment"),
            ("application.others.subject.class-.30d.members", "'class-' is no segment"),
            ("application.others.subject.class-Bank.30d.members", "'class-Bank' is no segment"),
            ("application.others.subject.all.31d.members", "'31d' is no window"),
            ("application.others.subject.all.30d.lenders", "'lenders' is no statistic"),
            ("application.own.subject.all.30d.members", "the asker is one member"),
            ("inquiry.others.subject.all.30d.loans", "an inquiry is no loan"),
            ("inquiry.others.subject.all.30d.amount", "an inquiry is no loan"),
            ("inquiry.others.subject.all.30d.maxAmount", "an inquiry is no loan"),
            ("signed.others.subject.all.30d.episodes", "episodes are formed"),
            ("application.others.subject.all.180d.rise", "the rise stands in"),
            ("application.others.subject.all.30d.shareOf30d", "the share is of a longer window"),
            ("application.others.subject.all.all.shareOf720d", "the share is of a longer window"),
            ("application.others.subject.all.30d.shareOf", "'' is no window"),
            ("application.others.subject.all.30d.shareOf31d", "'31d' is no window"),
            ("application.others.disagree.all.30d.activeMonths", "the kinds are compared"),
            ("application.others.subject.all.30d.Members", "'Members' is no statistic"),
            ("application.others.subject.all.30d. members", "a name is at most"),
            ("application.others.subject.all.30d.m\u{E9}mbers", "a name is at most"),
            ("exposure.others.loans", "'loans' is no measure"), ("exposure.own.openLenders", "the asker is one"),
            ("exposure.openLoans", "a name is <stage>"), ("stacking.own.episodes", "'episodes' is no measure"),
            ("identity.others.phonesPerID", "a name is <stage>"), ("identity.phones", "'phones' is no measure"),
        ])
    func refusals(_ name: String, _ reason: String) {
        #expect {
            try catalogue.cell(named: name)
        } throws: { error in
            (error as? CellNameFailure)?.reason.hasPrefix(reason) ?? false
        }
    }

    @Test("a refusal names what is written most alike")
    func nearest() {
        #expect {
            try catalogue.cell(named: "aplication.others.subject.all.30d.member")
        } throws: { error in
            (error as? CellNameFailure)?.nearest.first == "application.others.subject.all.30d.members"
        }
        #expect {
            try catalogue.cell(named: String(repeating: "x", count: 4096))
        } throws: { error in
            (error as? CellNameFailure)?.nearest == []
        }
    }

    @Test("a cell outside every profile can be named: classes and products are the policy's")
    func otherCells() throws {
        for name in [
            "application.others.subject.class-pawn-shop.1h.count", "cured.own.email.product-tractor.all.maxAmount",
            "committed.others.max.nonBank.15d.runDays", "application.others.subject.all.30d.shareOfall",
        ] {
            #expect(try catalogue.cell(named: name).name == name)
            #expect(catalogue.profile(named: "full")?.names.contains(name) == false)
        }
    }
}
