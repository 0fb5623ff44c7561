import Dispatch
import Glibc
import ServiceLifecycle

/// Ends when standard input does: the pipe from a process closes with it, however it ended.
struct StandardInputWatch: Service {
    func run() async {
        let (closed, continuation) = AsyncStream<Void>.makeStream()
        // A thread of its own that blocks, until the process ends at the latest. A dispatch source would do too, but
        // libdispatch on Linux can crash where one is cancelled just as its pipe is hung up.
        DispatchQueue(label: "counterfoil.standard-input").async {
            Self.readToEnd()
            continuation.finish()
        }
        await cancelWhenGracefulShutdown { for await _ in closed {} }
    }

    private static func readToEnd() {
        var bytes = [UInt8](repeating: 0, count: 256)
        while true {
            let count = read(STDIN_FILENO, &bytes, bytes.count)
            guard count > 0 || (count < 0 && errno == EINTR) else { return }
        }
    }
}
