import Foundation
import HTTPEdge

/// A folder that is gone when the test is.
final class TemporaryFolder {
    let url: URL

    init() throws {
        // Short, because a Unix socket's path may be no longer than 107 bytes.
        url = URL(filePath: "/tmp/edge-\(UInt32.random(in: 0 ... .max))", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }
}

/// Certificates made with the `openssl` command, where there is one.
enum Certificates {
    static let note = "needs the openssl command"
    static let command = ["/usr/bin/openssl", "/usr/local/bin/openssl", "/opt/homebrew/bin/openssl"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }
    static let canBeMade = command != nil

    /// A self-signed certificate for `localhost` and its key, under a name of the folder.
    static func make(_ name: String, in folder: TemporaryFolder) throws -> TLSFiles {
        let files = TLSFiles(
            certificateChain: folder.path("\(name).pem"), privateKey: folder.path("\(name).key"))
        let process = Process()
        process.executableURL = URL(filePath: command ?? "")
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-keyout", files.privateKey, "-out", files.certificateChain,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: files.privateKey)
        return files
    }

    /// Puts one certificate and key in the place of another, as a renewal does.
    static func replace(_ files: TLSFiles, with newer: TLSFiles) throws {
        for (old, new) in [
            (files.certificateChain, newer.certificateChain), (files.privateKey, newer.privateKey),
        ] {
            try FileManager.default.removeItem(atPath: old)
            try FileManager.default.moveItem(atPath: new, toPath: old)
        }
    }
}
