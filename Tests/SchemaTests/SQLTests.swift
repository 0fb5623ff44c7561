import Foundation
import SQLite
import TestSupport
import Testing

@testable import CustodianService
@testable import Gateway
@testable import Store

/// The SQL that runs is the SQL that is published.
@Suite("Published SQL")
struct SQLTests {
    private static func scripts(_ folder: String) throws -> [String] {
        let path = Checkout.file("schemas/sql/\(folder)").path
        let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        return try names.map { String(decoding: try Checkout.bytes("schemas/sql/\(folder)/\($0)"), as: UTF8.self) }
    }

    @Test("the node's migrations are the files, in order, to the byte")
    func node() throws {
        #expect(SQLiteEntryStore.migrations.map(\.script) == (try Self.scripts("node")))
    }

    @Test("the custodian's migrations are the files, in order, to the byte")
    func custodian() throws {
        #expect(SQLiteBudgetStore.migrations.map(\.script) == (try Self.scripts("custodian")))
    }

    @Test("the gateway's migrations are the files, in order, to the byte")
    func gateway() throws {
        #expect(Outbox.migrations.map(\.script) == (try Self.scripts("gateway")))
    }

    @Test("migrations are numbered from 1, in their names too")
    func numbered() throws {
        #expect(SQLiteEntryStore.migrations.map(\.number) == Array(1...SQLiteEntryStore.migrations.count))
        #expect(SQLiteBudgetStore.migrations.map(\.number) == Array(1...SQLiteBudgetStore.migrations.count))
        #expect(Outbox.migrations.map(\.number) == Array(1...Outbox.migrations.count))
        let root = Checkout.file("schemas/sql").path
        for folder in try FileManager.default.contentsOfDirectory(atPath: root) {
            let names = try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").sorted()
            for (index, name) in names.enumerated() {
                let number = String(index + 1)
                let padded = String(repeating: "0", count: 4 - number.count) + number
                #expect(name.hasPrefix("\(folder)-\(padded)-") && name.hasSuffix(".sql"))
            }
        }
    }
}
