package import Vocabulary

/// How the search for rings that nobody has reported is doing, and how well its candidates have stood.
package struct DiscoveryStatus: Hashable, Sendable {
    package struct Progress: Hashable, Sendable {
        package let startedAt: Instant
        /// What it is at, such as `components`, for people.
        package let stage: String
        /// Thousandths of the whole that are done.
        package let done: Int

        package init(startedAt: Instant, stage: String, done: Int) {
            (self.startedAt, self.stage, self.done) = (startedAt, stage, done)
        }
    }

    /// A discovery that ended.
    package struct Run: Hashable, Sendable {
        package let finishedAt: Instant
        package let seconds: Int
        package let candidates: Int
        /// How many of its first twenty an analyst has decided, and how many of those were confirmed: its precision
        /// at 20 is confirmed over decided, and says nothing while few are decided.
        package let decidedOf20: Int
        package let confirmedOf20: Int

        package init(finishedAt: Instant, seconds: Int, candidates: Int, decidedOf20: Int, confirmedOf20: Int) {
            (self.finishedAt, self.seconds, self.candidates) = (finishedAt, seconds, candidates)
            (self.decidedOf20, self.confirmedOf20) = (decidedOf20, confirmedOf20)
        }
    }

    /// `nil` while none runs.
    package let running: Progress?
    /// The latest first.
    package let runs: [Run]

    package init(running: Progress?, runs: [Run]) { (self.running, self.runs) = (running, runs) }
}

extension DiscoveryStatus {
    package init(parsing body: [UInt8]) throws(Problem) {
        do throws(FieldFailure) {
            var fields = try ObjectReader(ringDocument: body)
            running = try fields.optionalObject("running").map(Progress.init(reading:))
            runs = try fields.each("runs", maximum: RingLimits.runs, Run.init(reading:))
        } catch { throw Problem(error) }
    }

    package var json: JSON {
        .object(["running": running.map(\.json), "runs": .array(runs.map(\.json))])
    }
}

extension DiscoveryStatus.Progress {
    init(reading fields: consuming ObjectReader) throws(FieldFailure) {
        startedAt = try fields.time("startedAt")
        stage = try fields.string("stage", maximumLength: 64)
        done = Int(try fields.integer("done", in: 0...1000))
    }

    var json: JSON {
        .object([
            "startedAt": .string(startedAt.description), "stage": .string(stage), "done": .number(done),
        ])
    }
}

extension DiscoveryStatus.Run {
    init(reading fields: consuming ObjectReader) throws(FieldFailure) {
        finishedAt = try fields.time("finishedAt")
        (seconds, candidates) = (try fields.count("seconds"), try fields.count("candidates"))
        decidedOf20 = Int(try fields.integer("decidedOf20", in: 0...20))
        confirmedOf20 = Int(try fields.integer("confirmedOf20", in: 0...Int64(decidedOf20)))
    }

    var json: JSON {
        .object([
            "finishedAt": .string(finishedAt.description), "seconds": .number(seconds),
            "candidates": .number(candidates), "decidedOf20": .number(decidedOf20),
            "confirmedOf20": .number(confirmedOf20),
        ])
    }
}
