import Records
import Sodium
import Vocabulary

/// Invented people and what a lender posts about them. The values below must never be met outside the gateway.
enum Samples {
    static let phone = "13912345674"
    static let email = "wei.zhang@mail-example.org"
    static let name = "Zhang Weiming"
    static let street = "Yinxing"

    /// What of an applicant would tell who it is, in the forms in which it might leak.
    static let secrets = [
        phone, "+86\(phone)", email, "Weiming", "weiming", "zhangweiming", "weimingzhang", street, "yinxing",
        "19880412", "1988-04-12", "110105198804120011",
    ]

    static let applicant = JSON.object([
        "nationalIDs": [.object(["scheme": "opaque", "value": "110105198804120011"])],
        "phones": [.string(phone)], "emails": [.string(email)],
        "names": [.object(["full": .string(name)])], "birthDate": "1988-04-12",
        "addresses": [.object(["number": "7", "street": .string("\(street) Road"), "locality": "Haidian"])],
    ])

    static func person(_ number: Int) -> JSON {
        .object(["phones": [.string("139123\(10_000 + number)")]])
    }

    static func id(_ number: UInt64) -> RecordID {
        RecordID(high: 0x1111_2222_3333_4444, low: 0x8000_0000_0000_0000 | number)
    }

    static func loan(
        _ number: UInt64, stage: String = "applied", applicant: JSON? = applicant, time: String = "2026-05-01T09:00:00Z"
    ) -> JSON {
        let subjects = applicant.map { JSON.array([.object(["role": "borrower", "applicant": $0])]) }
        return .object([
            "recordID": .string(id(number).description), "kind": "loanEvent", "eventTime": .string(time),
            "loanRef": .string("loan-\(number)"), "stage": .string(stage), "subjects": subjects,
        ])
    }

    static func report(_ number: UInt64, code: String = "FRD-FIRST-PARTY", applicant: JSON = applicant) -> JSON {
        let digest = JSON.string(Bytes32().base64)
        return .object([
            "recordID": .string(id(number).description), "eventTime": "2026-05-01T09:00:00Z", "code": .string(code),
            "tier": "E3", "productDecision": "terminated", "grounds": ["forged-document"], "evidenceDigest": digest,
            "reviewers": ["rev-1", "rev-2"],
            "subjects": [.object(["role": "perpetrator", "applicant": applicant])],
        ])
    }

    static func check(_ number: UInt64, applicant: JSON = applicant, mode: String = "hard") -> JSON {
        .object([
            "check": .string(id(number).description), "purpose": "application", "mode": .string(mode),
            "applicationRef": "app-\(number)".json, "consent": .string(Bytes32().base64), "applicant": applicant,
        ])
    }
}

extension String {
    var json: JSON { .string(self) }
}
