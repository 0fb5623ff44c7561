import ArgumentParser
import Exchange
import Vocabulary

struct RingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ring", abstract: "Look at rings, and decide about those that discovery found.",
        discussion: """
            A ring is a group of persons who share what persons do not share by chance. R-12 is one that the node \
            keeps, C-5 a candidate that discovery found and nobody has reported; a candidate is no report and changes \
            no answer until an admin confirms it. Pictures name persons s1, s2 … and identifiers i1, i2 … of that \
            picture alone.

            The node asks for an admin's key of the registry with every look.

            Examples:
              counterfoil ring list
              counterfoil ring show R-12 --svg ring.svg
              counterfoil ring candidates
              counterfoil ring confirm C-5 --note "same employer letter in 9 files" --admin-key admin-1.key
            """,
        subcommands: [
            RingShow.self, RingListing.self, RingCandidates.self, RingConfirm.self, RingDismiss.self,
            RingDiscover.self, RingHistory.self, RingSeed.self,
        ])
}

extension RingName: ExpressibleByArgument {
    init?(argument: String) { try? self.init(argument) }
}
