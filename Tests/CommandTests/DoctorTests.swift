import Foundation
import Registry
import Sodium
import Testing
import Vocabulary

@testable import counterfoil

@Suite("The doctor's looks at files")
struct DoctorTests {
    @Test("every finding is a line, with the way out below a bad one")
    func lines() {
        var diagnosis = Diagnosis()
        diagnosis.look("clock") { "0 s apart" }
        #expect(diagnosis.isWell)
        diagnosis.look("data key") { () throws(Problem) in
            throw Problem(.secretFileExposed, "Others may read it.", hint: "chmod 600 it")
        }
        #expect(!diagnosis.isWell && diagnosis.json["well"] == false)
        #expect(
            diagnosis.text == "✓ clock     0 s apart\n✗ data key  Others may read it.\n            → chmod 600 it\n")
    }

    @Test("a key file is looked at for permissions, kind and place in the registry")
    func keys() throws {
        let sample = try Fixture.sample()
        try Fixture.withFolder { folder in
            let files = try sample.write(to: "\(folder)/sample")
            func look(_ path: String, _ kind: KeyKind) throws(Problem) -> String {
                try Examination.key(path, kind: kind) { $0 == sample.logKey.publicKey }
            }
            #expect(try look(files.logKey, .log).contains("as the registry has it"))
            #expect(throws: Problem.self) { try look(files.logKey, .answer) }
            #expect(throws: Problem.self) { try look(files.answerKey, .answer) }
            #expect(throws: Problem.self) { try look("\(folder)/none", .log) }
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: files.logKey)
            let problem = try #require(throws: Problem.self) { try look(files.logKey, .log) }
            #expect(problem.code == .secretFileExposed)
        }
    }

    @Test("keys beside the database are for a demo only")
    func keyFolder() throws {
        try Fixture.withFolder { folder in
            try FileSystem.makeFolder("\(folder)/node/keys")
            try FileSystem.makeFolder("\(folder)/apart")
            let database = "\(folder)/node/node.db"
            try Fixture.write("", to: database)
            let beside = KeyFolder("\(folder)/node/keys")
            #expect(throws: Never.self) { try beside.examined(database: database, mode: .demo) }
            let problem = try #require(throws: Problem.self) {
                try beside.examined(database: database, mode: .production)
            }
            #expect(problem.code == .keysBesideDatabase)
            #expect(throws: Never.self) {
                try KeyFolder("\(folder)/apart").examined(database: database, mode: .production)
            }
            try Fixture.write("00", to: "\(folder)/apart/pepper.key", mode: 0o640)
            #expect(throws: Problem.self) {
                try KeyFolder("\(folder)/apart").examined(database: database, mode: .production)
            }
            #expect(throws: Problem.self) { try KeyFolder("\(folder)/gone").examined(database: database, mode: .demo) }
        }
    }

    @Test("what is no database of ours is told apart from one that is not made yet")
    func database() throws {
        try Fixture.withFolder { folder in
            #expect(try Examination.database("\(folder)/none.db").contains("not made yet"))
            try Fixture.write("this is no database, whatever its name says", to: "\(folder)/text.db")
            try Fixture.write("", to: "\(folder)/empty.db")
            for name in ["text.db", "empty.db"] {
                let problem = try #require(throws: Problem.self) { try Examination.database("\(folder)/\(name)") }
                #expect(problem.code == .storageFailed)
            }
        }
    }
}
