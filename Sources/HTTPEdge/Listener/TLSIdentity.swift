internal import Logging
internal import NIOSSL
internal import Synchronization
internal import UnixSignals
internal import Vocabulary

/// A listener's certificate in use. New connections get what the files last held; a change that cannot be used leaves
/// the old one in place.
final class TLSIdentity: Sendable {
    private struct State {
        var stamp: TLSFiles.Stamp
        var context: NIOSSLContext
    }

    private let files: TLSFiles
    private let state: Mutex<State>

    init(files: TLSFiles) throws(Problem) {
        self.files = files
        let stamp = try files.stamp()
        state = Mutex(State(stamp: stamp, context: try Self.load(files)))
    }

    var context: NIOSSLContext { state.withLock { $0.context } }

    /// Loads the files again if they changed. - Returns: whether they did.
    @discardableResult
    func reload() throws(Problem) -> Bool {
        let stamp = try files.stamp()
        guard state.withLock({ $0.stamp != stamp }) else { return false }
        let context = try Self.load(files)
        state.withLock { $0 = State(stamp: stamp, context: context) }
        return true
    }

    /// Looks at the files on a beat and on SIGHUP, until the task is cancelled.
    func follow(every beat: Duration, logger: Logger) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while (try? await Task.sleep(for: beat)) != nil { self.reload(logger) }
            }
            group.addTask {
                for await _ in await UnixSignalsSequence(trapping: .sighup) { self.reload(logger) }
            }
        }
    }

    private func reload(_ logger: Logger) {
        do throws(Problem) {
            if try reload() { logger.notice("certificate reloaded") }
        } catch {
            logger.warning("certificate not reloaded", metadata: ["reason": .string(error.detail)])
        }
    }

    private static func load(_ files: TLSFiles) throws(Problem) -> NIOSSLContext {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(files.certificateChain)
            let key = try NIOSSLPrivateKey(file: files.privateKey, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv13
            configuration.applicationProtocols = ["http/1.1"]
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw Problem(
                .configurationInvalid, "The certificate and its key cannot be used together.",
                hint: "Both are PEM files; the key must belong to the first certificate.")
        }
    }
}
