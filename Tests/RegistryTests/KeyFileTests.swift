import Foundation
import Registry
import Sodium
import Testing
import Vocabulary

@Suite("Secret keys in files are sealed or guarded, and never lost by accident")
struct KeyFileTests {
    private let key = SigningKey.generate()

    private func code(_ body: () throws -> Void) -> ErrorCode? {
        do { try body(); return nil } catch { return (error as? Problem)?.code }
    }

    @Test("a raw key file opens to the same key and is its owner's alone")
    func raw() throws {
        try Fixture.withFolder { folder in
            let path = "\(folder)/a.key"
            try KeyFile(key, kind: .log, name: "log").write(to: path)
            #expect(try Fixture.permissions(of: path) == 0o600)
            let read = try KeyFile.read(path)
            #expect(read.kind == .log && !read.isSealed)
            #expect(try read.openUnattended().publicKey == key.publicKey)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.key"])
        }
    }

    @Test("a sealed key file opens with its passphrase alone")
    func sealed() throws {
        let file = try KeyFile(
            key, kind: .admin, name: "admin-1", passphrase: Fixture.passphrase(), cost: .interactive)
        let read = try KeyFile(JSON(parsing: file.json.bytes))
        #expect(read.isSealed)
        #expect(!file.json.text.contains("seed"))
        #expect(try read.open { () throws(Problem) in Fixture.passphrase() }.publicKey == key.publicKey)
        #expect(code { _ = try read.open { () throws(Problem) in Fixture.passphrase("wrong") } } == .wrongPassphrase)
        #expect(code { _ = try read.openUnattended() } == .configurationInvalid)
    }

    @Test("what is printed of a key file says nothing of the secret")
    func redaction() {
        let file = KeyFile(key, kind: .member, name: "x")
        let seed = key.withSeed { [UInt8]($0) }
        for text in ["\(file)", String(reflecting: file), "\(file.secret)"] {
            #expect(!text.contains(Base64.encode(seed)) && !text.contains("\(seed[0]), \(seed[1])"))
        }
        #expect("\(file.secret)" == "raw secret")
    }

    @Test("a secret file that others may touch is refused", arguments: [0o640, 0o604, 0o620, 0o601, 0o644, 0o777])
    func exposed(_ mode: Int) throws {
        try Fixture.withFolder { folder in
            let path = "\(folder)/a.key"
            try KeyFile(key, kind: .member, name: "north-bank").write(to: path)
            try Fixture.setPermissions(mode, of: path)
            #expect(code { _ = try KeyFile.read(path) } == .secretFileExposed)
            #expect(code { _ = try PublicKeyFile.read(path) } == .secretFileExposed)
        }
    }

    @Test("an existing file is never overwritten")
    func overwriting() throws {
        try Fixture.withFolder { folder in
            let path = "\(folder)/a.key"
            try KeyFile(key, kind: .member, name: "first").write(to: path)
            let second = KeyFile(.generate(), kind: .member, name: "second")
            #expect(code { try second.write(to: path) } == .configurationInvalid)
            #expect(try KeyFile.read(path).name == "first")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.key"])
        }
    }

    @Test("a file whose public and secret parts differ is refused")
    func mismatch() throws {
        let other = KeyFile(.generate(), kind: .member, name: "x")
        let swapped = changed(KeyFile(key, kind: .member, name: "x").json) { members in
            members["publicKey"] = other.json["publicKey"]
            members["keyID"] = other.json["keyID"]
        }
        #expect(code { _ = try KeyFile(swapped).openUnattended() } == .configurationInvalid)
    }

    @Test("a sealed key does not open as a key of another kind")
    func kindIsSealed() throws {
        let file = try KeyFile(key, kind: .member, name: "x", passphrase: Fixture.passphrase(), cost: .interactive)
        let relabelled = try KeyFile(changed(file.json) { $0["kind"] = "admin" })
        #expect(code { _ = try relabelled.open { () throws(Problem) in Fixture.passphrase() } } == .wrongPassphrase)
    }

    @Test("documents that are no key files are refused", arguments: [
        #"{}"#, #"[]"#, #"{"format":"counterfoil-key-2"}"#,
    ])
    func notKeyFiles(_ text: String) throws {
        let json = try JSON(parsing: text)
        #expect(throws: FieldFailure.self) { try KeyFile(json) }
    }

    @Test("fields that do not fit are refused")
    func wrongFields() throws {
        let good = KeyFile(key, kind: .member, name: "x").json
        let changes: [(String, JSON)] = [
            ("seed", "AAAA"), ("seed", 7), ("keyID", "00000000000000000000000000000000"), ("kind", "root"),
            ("publicKey", .string(Base64.encode([UInt8](repeating: 0, count: 32)))), ("extra", true),
        ]
        for (name, value) in changes {
            #expect(throws: FieldFailure.self, "\(name)") { try KeyFile(changed(good) { $0[name] = value }) }
        }
    }

    @Test("a sealed file cannot ask for less work than is safe, nor for more than this machine should give")
    func cost() throws {
        let file = try KeyFile(key, kind: .member, name: "x", passphrase: Fixture.passphrase(), cost: .interactive)
        for (name, value) in [("passes", 1), ("memoryKiB", 8), ("memoryKiB", 1 << 30), ("passes", 1 << 20)] {
            let weakened = changed(file.json) { members in
                members["sealed"] = changed(members["sealed"] ?? .null) { $0[name] = .number(value) }
            }
            #expect(throws: FieldFailure.self, "\(name) \(value)") { try KeyFile(weakened) }
        }
    }

    @Test("the public part can be read by anybody and holds no secret")
    func publicPart() throws {
        try Fixture.withFolder { folder in
            let path = "\(folder)/a.pub"
            let file = KeyFile(key, kind: .member, name: "north-bank")
            try FileSystem.write(file.publicJSON.bytes, to: path, as: .open, replacing: false)
            try Fixture.setPermissions(0o644, of: path)
            #expect(try PublicKeyFile.read(path).publicKey == key.publicKey)
            #expect(throws: Problem.self) { try KeyFile.read(path) }
            #expect(file.publicJSON["seed"] == nil)
        }
    }

    @Test("folders, missing files and files too large are each refused in words")
    func oddFiles() throws {
        try Fixture.withFolder { folder in
            #expect(code { _ = try KeyFile.read(folder) } == .configurationInvalid)
            #expect(code { _ = try KeyFile.read("\(folder)/none") } == .notFound)
            let path = "\(folder)/large"
            try FileSystem.write([UInt8](repeating: 32, count: 70_000), to: path, as: .secret, replacing: false)
            #expect(code { _ = try KeyFile.read(path) } == .configurationInvalid)
        }
    }

    /// The document with some members set; `changes` sees them as a dictionary.
    private func changed(_ json: JSON, _ changes: (inout [String: JSON]) -> Void) -> JSON {
        var members: [String: JSON] = [:]
        for member in json.members ?? [] { members[member.name] = member.value }
        changes(&members)
        return .object(members.sorted { $0.key < $1.key }.map { JSON.Member($0.key, $0.value) })
    }
}

@Suite("Files are replaced whole or not at all")
struct FileSystemTests {
    @Test("a replaced file is the new one, with nothing left beside it")
    func replacing() throws {
        try Fixture.withFolder { folder in
            let path = "\(folder)/registry.json"
            try FileSystem.write([1], to: path, as: .open, replacing: false)
            let stamp = FileSystem.stamp(of: path)
            try FileSystem.write([2, 3], to: path, as: .open, replacing: true)
            #expect(try FileSystem.read(path, as: .open) == [2, 3])
            #expect(FileSystem.stamp(of: path) != stamp)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["registry.json"])
        }
    }

    @Test("a folder that is not there makes a write fail in words")
    func missingFolder() throws {
        let problem = #expect(throws: Problem.self) {
            try FileSystem.write([1], to: "/nonexistent-folder/x", as: .secret, replacing: false)
        }
        #expect(problem?.code == .storageFailed)
    }

    @Test("a file is locked by one holder at a time")
    func lock() throws {
        try Fixture.withFolder { folder in
            let path = "\(folder)/registry.json"
            do {
                let first = try FileLock(path)
                let problem = #expect(throws: Problem.self) { _ = try FileLock(path) }
                #expect(problem?.code == .storageBusy)
                withExtendedLifetime(first) {}
            }
            _ = try FileLock(path)
        }
    }
}
