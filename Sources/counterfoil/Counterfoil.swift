import ArgumentParser

/// The one executable: every command is thin, what it does lies in the rooms below.
@main
struct Counterfoil: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "counterfoil",
        abstract: "A blacklist and multi-lending exchange between lenders, over tokens that nobody can turn back.",
        discussion: """
            `counterfoil demo` shows the whole of it on this machine, with invented persons.

            Lenders use their gateway: `check`, `reserve`, `submit`, `report`, `batch`, `notices`, `portfolio`. \
            `statistics`, `model` and `decisions` are for those who work with the answers.

            Admins keep the registry: `registry`, `member`, `key`, `ceremony`. A consortium starts like this:

              counterfoil key generate --kind admin --name admin-1 --out admin-1.key
              counterfoil key generate --raw --kind log --name example.org/log --out log.key
              counterfoil key generate --raw --kind answer --name node --out answer.key
              counterfoil ceremony deal --consortium example --out shares --threshold 2 \\
                --custodian c1=https://c1.example --custodian c2=https://c2.example \\
                --custodian c3=https://c3.example
              counterfoil registry init --consortium example --policy schemas/policy \\
                --ceremony shares/ceremony.json --node node=https://node.example \\
                --log example.org/log=log.key --answer-key answer.key \\
                --admin admin-1=admin-1.key --admin-key admin-1.key

            Exit codes: 0 done; 1 refused or failed; 3 a signature, proof or hash does not verify; 4 a service, its \
            storage or a fresh registry is not available (try again later); 64 wrong usage; 130 interrupted. \
            Errors go to standard error as `counterfoil: error: …`, with the next step as `hint: …` where there is one.
            """,
        version: "0.1.0",
        subcommands: [
            DemoCommand.self, CheckCommand.self, ReserveCommand.self, SubmitCommand.self, ReportCommand.self,
            RetractCommand.self, BatchCommand.self, NoticesCommand.self, PortfolioCommand.self, RingCommand.self,
            FurnishingCommand.self, OutcomesCommand.self, StatisticsCommand.self, ModelCommand.self,
            DecisionsCommand.self, SimulateCommand.self, NodeCommand.self, CustodianCommand.self,
            GatewayCommand.self, LogCommand.self, DoctorCommand.self, BenchCommand.self, EvaluateCommand.self,
            RegistryCommand.self, MemberCommand.self, KeyCommand.self, CeremonyCommand.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            ExitStatus.exit(after: error)
        }
    }
}
