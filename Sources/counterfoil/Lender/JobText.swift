import Vocabulary

/// A job for people.
enum JobText {
    /// Rows that are settled, and how many there will be, guessed from the bytes that the read ones took.
    static func rows(_ job: JSON) -> (settled: Int, expected: Int) {
        let count = { (name: String) in Int(job[name]?.integer ?? 0) }
        let settled = count("rowsDone") + count("failed")
        guard count("bytesRead") > 0 else { return (settled, max(settled, count("rowsRead"))) }
        let expected = Int(Double(count("rowsRead")) * Double(count("bytes")) / Double(count("bytesRead")))
        return (settled, max(settled, expected))
    }

    static func outcome(_ job: JSON, place: JobPlace) -> String {
        let tokens = job["tokens"]
        let errors = job["failed"]?.integer ?? 0 > 0 ? ", why in \(place.errors)" : ""
        return "\(job.text("rowsDone")) rows \(place.kind.done), \(job.text("failed")) refused\(errors); "
            + "results in \(place.results). Tokens: \(tokens?.text("bought") ?? "-") bought, "
            + "\(tokens?.text("reused") ?? "-") reused."
    }

    static func status(_ job: JSON) -> String {
        let rows = rows(job)
        let rate = job["rate"].map { "\($0.shown) rows a second" }
        let left = job["secondsLeft"].map { "\($0.shown) s left" }
        return paragraph([
            "Job": job["job"]?.string, "Name": job["name"]?.string, "Kind": job["kind"]?.string,
            "State": job["state"]?.string,
            "Rows": "\(rows.settled) of about \(rows.expected), \(job.text("failed")) refused",
            "Rate": [rate, left].compactMap { $0 }.joined(separator: ", "),
            "Tokens": job["tokens"].map { "\($0.text("bought")) bought, \($0.text("reused")) reused" },
            "Started": job["startedAt"]?.string, "Ended": job["endedAt"]?.string,
            "Waits for": job["obstacle"]?["detail"]?.string, "Problem": job["problem"]?["detail"]?.string,
        ])
    }
}
