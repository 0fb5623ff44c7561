import Glibc
import Registry
import Sodium
import Vocabulary

/// Asks for a passphrase on the terminal, without echo, or takes it from an owner-only file.
enum Passphrase {
    static let fileVariable = "COUNTERFOIL_PASSPHRASE_FILE"
    static let minimumBytes = 12
    private static let maximumBytes = 1024

    /// For opening: asked once.
    static func ask(_ prompt: String) throws(Problem) -> SecretBytes {
        if let given = try fromFile() { return given }
        return try prompted(prompt)
    }

    /// For sealing: asked twice, and refused when short.
    static func askNew(_ prompt: String) throws(Problem) -> SecretBytes {
        if let given = try fromFile() { return try long(given) }
        let first = try long(try prompted(prompt))
        let second = try prompted("Once more: ")
        let isSame = first.withUnsafeBytes { first in
            second.withUnsafeBytes { equalInConstantTime([UInt8](first), [UInt8]($0)) }
        }
        guard isSame else { throw Problem(.wrongPassphrase, "The two passphrases differ; nothing was written.") }
        return first
    }

    private static func long(_ passphrase: consuming SecretBytes) throws(Problem) -> SecretBytes {
        guard passphrase.count >= minimumBytes else {
            throw Problem(
                .wrongPassphrase, "The passphrase is shorter than \(minimumBytes) bytes.",
                hint: "Five words chosen by dice are easy to remember and hard to guess.")
        }
        return passphrase
    }

    private static func fromFile() throws(Problem) -> SecretBytes? {
        guard let path = getenv(fileVariable).map({ String(cString: $0) }), !path.isEmpty else { return nil }
        var bytes = try FileSystem.read(path, as: .secret, limit: maximumBytes)
        while let last = bytes.last, last == 10 || last == 13 { bytes.removeLast() }
        guard !bytes.isEmpty else { throw Problem(.wrongPassphrase, "The passphrase file \(path) is empty.") }
        return SecretBytes(wiping: &bytes)
    }

    private static func prompted(_ prompt: String) throws(Problem) -> SecretBytes {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else {
            throw Problem(
                .wrongPassphrase, "A passphrase is needed and there is no terminal to ask at.",
                hint: "Name an owner-only file that holds it in \(fileVariable).")
        }
        defer { close(terminal) }
        var settings = termios()
        tcgetattr(terminal, &settings)
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(terminal, TCSAFLUSH, &silent)
        defer {
            tcsetattr(terminal, TCSAFLUSH, &settings)
            _ = Glibc.write(terminal, "\n", 1)
        }
        _ = Glibc.write(terminal, prompt, prompt.utf8.count)
        return try line(from: terminal)
    }

    private static func line(from terminal: Int32) throws(Problem) -> SecretBytes {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(maximumBytes)
        var byte: UInt8 = 0
        while read(terminal, &byte, 1) == 1, byte != 10, bytes.count < maximumBytes { bytes.append(byte) }
        guard !bytes.isEmpty else { throw Problem(.wrongPassphrase, "No passphrase was given.") }
        return SecretBytes(wiping: &bytes)
    }
}
