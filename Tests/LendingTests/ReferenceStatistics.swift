import Lending
import Records
import Vocabulary

/// The statistics over one series' events.
struct ReferenceStatistics {
    let reference: Reference
    let series: [Reference.Event]

    func value(_ name: Reference.Name) -> Int64? {
        let statistic = name.parts[5]
        let events = series.filter { $0.age <= name.age }
        if statistic.hasPrefix("shareOf") {
            let longer = series.count { $0.age <= name.longerAge }
            guard longer > 0 else { return nil }
            return Int64((Double(100 * events.count) / Double(longer)).rounded(.toNearestOrAwayFromZero))
        }
        switch statistic {
        case "count": return Int64(events.count)
        case "members": return Int64(Set(events.map(\.event.member)).count)
        case "loans": return Int64(Set(events.map(\.event.loan)).count)
        case "amount": return band(events.compactMap { lowerBound($0.event.amountBand) }.reduce(0, +))
        case "maxAmount": return events.map(\.event.amountBand).filter { $0 != 255 }.max().map { Int64($0) }
        case "rise":
            let recent = events.filter { $0.age <= 180 * 86_400_000 }.count
            return Int64(recent - (events.count - recent))
        case "episodes": return Int64(Self.episodes(events, reference.policy).count)
        default: return statistic.contains("Month") ? months(events, statistic) : days(events, statistic)
        }
    }

    private func months(_ events: [Reference.Event], _ statistic: String) -> Int64? {
        let counts = Dictionary(grouping: events, by: \.month).values.map(\.count)
        if statistic == "activeMonths" { return Int64(counts.count) }
        guard let most = counts.max(), let least = counts.min() else { return nil }
        switch statistic {
        case "maxPerActiveMonth": return Int64(most)
        case "minPerActiveMonth": return Int64(least)
        default: return Int64((100 * events.count * 2 + counts.count) / (2 * counts.count))
        }
    }

    private func days(_ events: [Reference.Event], _ statistic: String) -> Int64? {
        guard let first = events.first, let last = events.last else { return nil }
        let today = reference.day(reference.view.now.milliseconds)
        let gaps = zip(events, events.dropFirst()).map { $1.day - $0.day }
        switch statistic {
        case "daysSinceFirst": return Int64(max(0, today - first.day))
        case "daysSinceLast": return Int64(max(0, today - last.day))
        case "maxGapDays": return gaps.max().map { Int64($0) }
        case "minGapDays": return gaps.min().map { Int64($0) }
        default: break
        }
        let broken = gaps.lastIndex { $0 > reference.policy.lending.runGapDays }
        let run = events[(broken.map { $0 + 1 } ?? 0)...]
        return statistic == "runEvents" ? Int64(run.count) : Int64(last.day - run[run.startIndex].day + 1)
    }

    private func lowerBound(_ band: UInt8) -> UInt64? { (try? AmountBand(index: band))?.lowerBound }
    private func band(_ sum: UInt64) -> Int64 { Int64(AmountBand(containing: sum).index) }

    static func episodes(_ events: [Reference.Event], _ policy: Policy) -> [[Reference.Event]] {
        let length = Int64(policy.lending.shoppingDays) * 86_400_000
        return Dictionary(grouping: events, by: \.product).values.flatMap { ofProduct in
            var episodes: [[Reference.Event]] = []
            for event in ofProduct {
                let since = episodes.last?.first.map { event.event.time.milliseconds - $0.event.time.milliseconds }
                if let since, since <= length {
                    episodes[episodes.count - 1].append(event)
                } else {
                    episodes.append([event])
                }
            }
            return episodes
        }
    }
}

/// The state of the loans, and the signs of stacking.
struct ReferenceMeasures {
    private let reference: Reference

    init(_ reference: Reference) { self.reference = reference }

    private func loans(_ isOwn: Bool) -> [[Reference.Event]] {
        let events = reference.events.filter { $0.event.isOwn == isOwn && !$0.stages.contains("inquiry") }
        return Array(Dictionary(grouping: events, by: \.event.loan).values)
    }

    private func stage(_ event: Reference.Event) -> String { Reference.stageNames[Int(event.event.stage) - 1] }

    private func latestStage(_ loan: [Reference.Event]) -> String { loan.last.map(stage) ?? "" }

    private func latest(_ loan: [Reference.Event], _ band: (LendingEvent) -> UInt8) -> UInt64? {
        loan.last { band($0.event) != 255 }.flatMap { try? AmountBand(index: band($0.event)) }?.lowerBound
    }

    func exposure(_ isOwn: Bool, _ measure: String) -> Int64? {
        let openStages: Set = ["disbursed", "paid", "debitFailed", "overdue", "cured", "restructured"]
        let open = loans(isOwn).filter { openStages.contains(latestStage($0)) }
        let live = loans(isOwn).filter { loan in
            ["applied", "approved", "signed"].contains(latestStage(loan))
                && loan.last.map { $0.age <= Int64(reference.policy.liveApplicationDays) * 86_400_000 } ?? false
        }
        let overdue = open.filter { loan in
            loan.last { ["overdue", "paid", "cured", "restructured"].contains(stage($0)) }.map(stage) == "overdue"
        }
        let members = { (loans: [[Reference.Event]]) in Int64(Set(loans.compactMap(\.first?.event.member)).count) }
        let reservations = reference.view.reservations
        switch measure {
        case "openLoans": return Int64(open.count)
        case "openLenders": return members(open)
        case "outstanding":
            return band(open.map { latest($0, \.balanceBand) ?? latest($0, \.amountBand) ?? 0 }.reduce(0, +))
        case "dueIn30Days": return band(open.map { latest($0, \.instalmentBand) ?? 0 }.reduce(0, +))
        case "overdueLoans": return Int64(overdue.count)
        case "worstBucket":
            return overdue.compactMap { loan in
                loan.last { stage($0) == "overdue" }.map { max(1, Int64($0.event.dueBucket)) }
            }.max() ?? 0
        case "failedDebits":
            return Int64(open.joined().filter { stage($0) == "debitFailed" && $0.age <= 30 * 86_400_000 }.count)
        case "liveApplications": return Int64(live.count)
        case "liveApplicationMembers": return members(live)
        case "signedNotFunded": return Int64(live.filter { latestStage($0) == "signed" }.count)
        case "reservations": return Int64(isOwn ? reservations.own : reservations.others)
        default: return Int64(reservations.otherMembers)
        }
    }

    private func band(_ sum: UInt64) -> Int64 { Int64(AmountBand(containing: sum).index) }

    func stacking(_ isOwn: Bool, _ measure: String) -> Int64? {
        guard measure == "rollovers" else {
            let applications = reference.events.filter { $0.stages.contains("application") && $0.event.isOwn == isOwn }
            let episodes = ReferenceStatistics.episodes(applications, reference.policy)
            return episodes.filter { $0[0].age <= 30 * 86_400_000 }.map { Int64($0.count) }.max() ?? 0
        }
        let loans = loans(isOwn)
        let disbursed = loans.joined().filter { stage($0) == "disbursed" && $0.age <= 90 * 86_400_000 }
        return Int64(disbursed.filter { event in
            loans.contains { loan in
                let distances = { (stages: Set<String>) in
                    loan.filter { stages.contains(stage($0)) }
                        .map { Double($0.event.time.milliseconds - event.event.time.milliseconds) / 86_400_000 }
                }
                return loan[0].event.loan != event.event.loan
                    && distances(["overdue", "debitFailed"]).contains { (-30...0).contains($0) }
                    && distances(["paid", "cured", "settled"]).contains { (0...7).contains($0) }
            }
        }.count)
    }
}
