import ConsortiumSupport
import Foundation
import NodeService
import Sodium
import Testing
import Vocabulary

@Suite("The node's key folder")
struct SecretsTests {
    @Test("is made once, and gives the same keys again")
    func keysAreKept() throws {
        let folder = try TemporaryFolder(), path = folder.path("keys")
        let first = try NodeSecrets(folder: path), second = try NodeSecrets(folder: path)
        #expect(first.pepper.hash([1]) == second.pepper.hash([1]))
        #expect(first.references.hash([1]) == second.references.hash([1]))
        #expect(first.pepper.hash([1]) != first.references.hash([1]))
        #expect(try second.tokenKey.open(first.tokenKey.seal([7], context: []), context: []) == [7])
        let sealed = try first.sealingKey(ofPeriod: 674, making: true).seal([8], context: [])
        #expect(try second.sealingKey(ofPeriod: 674, making: true).open(sealed, context: []) == [8])
        let another = try second.sealingKey(ofPeriod: 675, making: true)
        #expect(throws: SodiumFailure.self) { try another.open(sealed, context: []) }
    }

    @Test("keeps its files for their owner, and is refused when others may read one")
    func exposedKeysAreRefused() throws {
        let folder = try TemporaryFolder(), path = folder.path("keys")
        _ = try NodeSecrets(folder: path).sealingKey(ofPeriod: 1, making: true)
        let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        #expect(names == ["data-1.key", "pepper.key", "references.key", "rings.key", "token.key"])
        for name in names {
            let mode = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: "\(path)/pepper.key")
        let problem = #expect(throws: Problem.self) { try NodeSecrets(folder: path) }
        #expect(problem?.code == .secretFileExposed)
    }

    @Test("is refused when a key is missing or is none", arguments: ["pepper.key", "token.key", "references.key"])
    func brokenFoldersAreRefused(_ name: String) throws {
        let folder = try TemporaryFolder(), path = folder.path("keys")
        _ = try NodeSecrets(folder: path)
        let file = URL(filePath: "\(path)/\(name)")
        try Data("not a key\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        let garbled = #expect(throws: Problem.self) { try NodeSecrets(folder: path) }
        #expect(garbled?.code == .configurationInvalid)
        try FileManager.default.removeItem(at: file)
        let missing = #expect(throws: Problem.self) { try NodeSecrets(folder: path) }
        #expect(missing?.code == .configurationInvalid)
    }
}
