internal import Sodium
internal import SQLite
internal import Vocabulary

extension StoreFailure {
    /// Runs a piece of work on the database and gives its errors our names.
    static func translating<Result>(_ body: () throws -> Result) throws(StoreFailure) -> Result {
        do { return try body() } catch { throw StoreFailure(error) }
    }

    init(_ error: any Error) {
        switch error {
        case let failure as StoreFailure: self = failure
        case let failure as SQLiteFailure: self.init(failure)
        case is SodiumFailure: self = .damaged("A sealed row does not open under its key.")
        case is DecodingFailure: self = .damaged("A stored row does not decode.")
        default: self = .programming("An unexpected \(type(of: error)).")
        }
    }

    private init(_ failure: SQLiteFailure) {
        switch failure {
        case .busy: self = .busy
        case .full: self = .full
        case .io, .cannotOpen: self = .io
        case .notADatabase: self = .damaged("The file is not a database.")
        case .constraint: self = .programming("A constraint of the schema was violated.")
        case .statement(let words): self = .programming(words)
        }
    }
}
