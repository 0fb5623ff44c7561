internal import Glibc

/// Times work on one thread, or of the whole process.
enum Stopwatch {
    /// Which time is counted.
    enum Clock {
        /// What this thread was given of a core: unmoved by whoever else uses the machine.
        case threadCPU
        /// All threads of this process.
        case processCPU
        case wall

        var seconds: Double {
            var time = timespec()
            let id =
                switch self {
                case .threadCPU: CLOCK_THREAD_CPUTIME_ID
                case .processCPU: CLOCK_PROCESS_CPUTIME_ID
                case .wall: CLOCK_MONOTONIC
                }
            clock_gettime(id, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
    }

    private static let slices = 9

    /// Seconds a call: the median over slices of the time given, so that a disturbance does not count.
    static func secondsPerCall(
        for seconds: Double, clock: Clock = .threadCPU, _ body: (Int) throws -> Void
    ) rethrows -> Double {
        var calls = 1
        var perCall: [Double] = []
        var counter = 0
        while perCall.count < slices {
            let start = clock.seconds
            for _ in 0..<calls {
                try body(counter)
                counter += 1
            }
            let spent = clock.seconds - start
            // Grow until a slice lasts its share; slices that were much too short do not count.
            let share = seconds / Double(slices)
            if spent < share, calls < 1 << 24 {
                let growth = spent <= 0 ? 4 : min(4, share / spent * 1.1)
                calls = max(calls + 1, Int(Double(calls) * growth))
                if spent < share / 2 { continue }
            }
            perCall.append(spent / Double(calls))
        }
        return median(perCall)
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
    }
}

/// Keeps a result from being optimised away.
@inline(never)
func keep<Value>(_ value: Value) { withExtendedLifetime(value) {} }
