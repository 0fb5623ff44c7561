import ArgumentParser
import Glibc
import Registry
import Vocabulary

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Run a five-lender consortium on this machine and ask it five questions.",
        discussion: """
            Starts three custodians (any two make a token), one node and five gateways, each its own process on the \
            loopback interface, in a temporary folder. The lenders furnish what they know about invented persons; one \
            asks about five applicants; a stacker is caught in the gap between signature and payment; an applicant is \
            found two hops from a reported ring, which is drawn; the receipts are verified offline; and the node's \
            files are searched for every identifier used. Then all of it is ended and removed; with --keep the files \
            stay, ring.svg among them.

            Exit code 0 means that every answer was the expected one and nothing was found where it must not be.

            Example:
              counterfoil demo
            """)

    @Option(help: ArgumentHelp("Run in this new folder and leave its files.", valueName: "folder"))
    var keep: String?

    @Option(
        help: ArgumentHelp(
            "The policy's folder; a checkout's schemas/policy is found by itself.", valueName: "folder"))
    var policy: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        // Output that nobody reads any more does not keep the demo from cleaning up.
        signal(SIGPIPE, SIG_IGN)
        let folder = try makeFolder()
        defer { if keep == nil { FolderListing.remove(folder) } }
        let (policy, asJSON) = (policy, output.asJSON)
        do {
            let report = try await Interruption.guarding {
                var demo = Demo(isSilent: asJSON)
                return try await demo.run(in: folder, policyPath: policy)
            }
            if asJSON { Terminal.write(report.prettyText) }
            if let keep { Terminal.note("Everything it wrote is in \(keep).") }
        } catch is CancellationError {
            Terminal.note("Interrupted; every process is ended.")
            throw ExitCode(130)
        }
    }

    private func makeFolder() throws(Problem) -> String {
        if let keep {
            guard !FileSystem.exists(keep) else {
                throw Problem(
                    .configurationInvalid, "\(keep) exists already.", hint: "Name a folder that is to be made.")
            }
            try FileSystem.makeFolder(keep)
            // It will hold private keys, and may lie in a checkout.
            try FileSystem.write(Array("*\n".utf8), to: "\(keep)/.gitignore", as: .open, replacing: false)
            // Whole, as paths in a configuration are relative to its file.
            guard let path = realpath(keep, nil) else { throw Problem(.storageFailed, "\(keep) cannot be made.") }
            defer { free(path) }
            return String(cString: path)
        }
        var template = Array("\(environment("TMPDIR") ?? "/tmp")/counterfoil-demo-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Problem(.storageFailed, "No temporary folder can be made.", hint: "Name another place in TMPDIR.")
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
