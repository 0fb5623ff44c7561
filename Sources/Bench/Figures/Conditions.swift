internal import Glibc

/// What of the machine and the build a figure depends on.
enum Conditions {
    static var current: [(name: String, value: String)] {
        [
            ("build", isOptimised ? "release" : "debug: figures say nothing"),
            ("cores", String(sysconf(Int32(_SC_NPROCESSORS_ONLN)))),
            ("load of the machine before the run", loadAverage),
        ]
    }

    private static var isOptimised: Bool {
        var isDebug = false
        // Evaluated in debug builds alone.
        assert({ isDebug = true; return true }())
        return !isDebug
    }

    private static var loadAverage: String {
        var loads = [0.0]
        return getloadavg(&loads, 1) == 1 ? decimal(loads[0]) : "unknown"
    }
}
