import ArgumentParser
import Vocabulary

extension Instant: ExpressibleByArgument {
    init?(argument: String) { try? self.init(argument) }
}

extension RecordID: ExpressibleByArgument {
    init?(argument: String) { try? self.init(argument) }
}

extension Purpose: ExpressibleByArgument {}
