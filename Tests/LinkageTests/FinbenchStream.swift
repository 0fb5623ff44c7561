import Linkage
import TestSupport
import Testing
import Vocabulary

/// The inserts and deletes of the LDBC FinBench data set in the order of their times, as graph facts.
///
/// Subjects are accounts, persons and companies. Identifiers are loans (as cards: several subjects hold a part of one),
/// media that sign in (as devices), and every person's and company's own number (as national IDs). So a person who
/// applies for a loan is linked with the accounts that are paid from it, and these with all that sign in over the same
/// medium. A guarantee is the guarantor's edge to the other's own number, in the guarantor's role. Media that are
/// only added, without an edge, are left out. Every line is a case of its own, of one of seven members.
struct FinbenchStream {
    static let folder = "data/finbench-incremental"
    static let memberCount = 7

    /// One fact of a line: an edge with the line's word for it.
    struct Fact: Hashable {
        let edge: Edge
        let evidence: Evidence
    }

    enum Step {
        case insert([Fact])
        /// Everything that an account takes part in goes.
        case delete(account: SubjectNumber)
    }

    struct Line {
        let day: GraphDay
        let step: Step
        /// How many are known after it; they are numbered as they come.
        let subjectCount: Int
        let identifierCount: Int
    }

    private(set) var lines: [Line] = []
    private(set) var kinds: [IdentifierKind] = []
    private var subjectCount = 0
    private var subjects: [String: SubjectNumber] = [:]
    private var identifiers: [String: IdentifierNumber] = [:]

    init() throws {
        var lines: [(time: Int64, file: File, fields: [Substring])] = []
        for file in File.allCases {
            let text = String(decoding: try Vectors.bytes("\(Self.folder)/\(file.rawValue).csv"), as: UTF8.self)
            for line in text.split(separator: "\n").dropFirst() {
                let fields = line.split(separator: "|", omittingEmptySubsequences: false)
                lines.append((try #require(Int64(fields[0])), file, fields))
            }
        }
        // Of two lines at the same millisecond the order is the files', deletes last: one order for every run.
        let order = lines.indices.sorted { (lines[$0].time, $0) < (lines[$1].time, $1) }
        for (number, line) in order.lazy.map({ lines[$0] }).enumerated() {
            let day = GraphDay(Instant(milliseconds: line.time))
            let evidence = Evidence(
                caseNumber: UInt32(number), member: UInt16(number * 31 % Self.memberCount), day: day)
            let step = step(line.file, line.fields, evidence)
            self.lines.append(
                Line(day: day, step: step, subjectCount: subjectCount, identifierCount: kinds.count))
        }
    }

    private enum File: String, CaseIterable {
        case personLoan = "AddPersonApplyLoanWrite6", companyLoan = "AddCompanyApplyLoanWrite7"
        case personGuarantee = "AddPersonGuaranteePersonWrite10"
        case companyGuarantee = "AddCompanyGuaranteeCompanyWrite11"
        case repayment = "AddAccountRepayLoanWrite14", deposit = "AddLoanDepositAccountWrite15"
        case signIn = "AddMediumSigninAccountWrite16"
        case deletion = "DeleteAccountWrite17"
    }

    private mutating func step(_ file: File, _ fields: [Substring], _ evidence: Evidence) -> Step {
        func facts(_ edges: [Edge]) -> Step { .insert(edges.map { Fact(edge: $0, evidence: evidence) }) }
        return switch file {
        case .personLoan: facts(party("person", fields[2]) + [Edge(subject("person", fields[2]), loan(fields[3]))])
        case .companyLoan: facts(party("company", fields[2]) + [Edge(subject("company", fields[2]), loan(fields[3]))])
        case .personGuarantee: facts(guarantee("person", fields))
        case .companyGuarantee: facts(guarantee("company", fields))
        case .repayment, .deposit: facts([Edge(subject("account", fields[2]), loan(fields[3]))])
        case .signIn:
            facts([Edge(subject("account", fields[3]), identifier("medium", fields[2], .device))])
        case .deletion: .delete(account: subject("account", fields[2]))
        }
    }

    private mutating func guarantee(_ sort: String, _ fields: [Substring]) -> [Edge] {
        let other = party(sort, fields[3])
        return party(sort, fields[2]) + other
            + [Edge(subject(sort, fields[2]), other[0].identifier, .guarantor)]
    }

    /// A person or company with its own number.
    private mutating func party(_ sort: String, _ name: Substring) -> [Edge] {
        [Edge(subject(sort, name), identifier(sort, name, .nationalID))]
    }

    private mutating func loan(_ name: Substring) -> IdentifierNumber { identifier("loan", name, .card) }

    private mutating func subject(_ sort: String, _ name: Substring) -> SubjectNumber {
        if let known = subjects["\(sort)/\(name)"] { return known }
        let number = SubjectNumber(UInt32(subjectCount))
        subjects["\(sort)/\(name)"] = number
        subjectCount += 1
        return number
    }

    private mutating func identifier(_ sort: String, _ name: Substring, _ kind: IdentifierKind) -> IdentifierNumber {
        if let known = identifiers["\(sort)/\(name)"] { return known }
        let number = IdentifierNumber(UInt32(kinds.count))
        identifiers["\(sort)/\(name)"] = number
        kinds.append(kind)
        return number
    }
}
