import ArgumentParser
import Vocabulary

struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Furnish records: loan events, markers, reports, amendments, disputes.",
        discussion: """
            Takes one record or {"records":[…]}, each subject as a clear applicant, as schemas/gateway describes it. \
            All are accepted or none. Accepted records are durable in the gateway and delivered from then on; --wait \
            waits for that, --receipts also keeps the receipts for `counterfoil log verify-receipt`.

            Example:
              counterfoil submit records.json --receipts receipts

            with records.json such as
              {"kind": "loanEvent", "eventTime": "2026-01-31T09:30:00+08:00",
               "loanRef": "L-2026-17", "stage": "applied", "amountBand": "5000-10000",
               "subjects": [{"role": "borrower", "applicant": {
                 "nationalIDs": [{"scheme": "cn-rid", "value": "110101190203150015"}],
                 "phones": ["15400000202"]}}]}
            """)

    @Argument(help: ArgumentHelp("The records as JSON; - reads standard input.", valueName: "file"))
    var file: String

    @OptionGroup var delivery: DeliveryOptions
    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let connection = try gateway.connection()
        let document = try InputDocument.read(file)
        try await Furnishing(connection: connection, delivery: delivery, output: output)
            .send(document, to: "/v1/records")
    }
}

struct RetractCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retract", abstract: "Take an own record back: answers lose it at once.",
        discussion: """
            The original stays in the log's history. Whoever was told of it will be told of the correction.

            Example:
              counterfoil retract 3f0c7b1e-5d51-4a58-9a0e-2f6a1c9d8e44 --reason wrongSubject
            """)

    @Argument(help: ArgumentHelp("The record's id, as it was accepted.", valueName: "record"))
    var record: RecordID

    @Option(help: "error, wrongSubject, notProven, disputeUpheld, subjectRequest, courtOrder or other.")
    var reason: String

    @OptionGroup var delivery: DeliveryOptions
    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let connection = try gateway.connection()
        try await Furnishing(connection: connection, delivery: delivery, output: output).send(
            .object(["retracts": .string(record.description), "reason": .string(reason)]), to: "/v1/retractions")
    }
}
