/// What a target may import (DESIGN §8). Rooms stand in order: each sees only rooms above it.
struct Room {
    let name: String
    /// Rooms of ours.
    let ours: Set<String>
    /// Everything else: the system, the standard library's modules, packages.
    let others: Set<String>

    init(_ name: String, _ ours: Set<String> = [], others: Set<String> = []) {
        (self.name, self.ours, self.others) = (name, ours, others)
    }
}

extension Room {
    private static let primitives: Set<String> = ["Sodium", "Vocabulary"]
    private static let evidence: Set<String> = ["OPRF", "Records", "TransparencyLog"]
    private static let process: Set<String> = ["Dispatch", "Glibc", "Darwin", "Synchronization"]
    private static let service: Set<String> = process.union(["Logging", "ServiceLifecycle", "UnixSignals"])

    /// No room imports Foundation: it is the largest thing that a process would load, and its JSON, URLs and dates have
    /// rules of their own. `Identity`, the clear-text side, is for the gateway and the lender's commands alone.
    static let all: [Room] = [
        Room("Vocabulary"),
        Room("Sodium", ["Vocabulary"], others: ["CSodium"]),
        Room("OPRF", primitives),
        Room("Identity", ["Vocabulary"]),
        Room("Records", primitives),
        Room("TransparencyLog", primitives),
        Room("RequestSigning", primitives),
        Room("Registry", primitives.union(evidence), others: ["Glibc", "Darwin", "Synchronization"]),
        // Pure rooms: statistics over one subject's events; measures of scores; a lender's rules over an answer; people
        // who do not exist.
        Room("Lending", ["Records", "Vocabulary"]),
        Room("Linkage", ["Vocabulary"], others: ["Glibc", "Darwin"]),
        Room("Modelling", ["Vocabulary"], others: ["Glibc", "Darwin"]),
        Room("Decisions", ["Vocabulary"]),
        Room("Simulation", ["Records", "Vocabulary"]),
        // Neither clock nor lock nor file: a consortium can be run from a seed.
        Room("Exchange", primitives.union(evidence).union(["Lending", "Linkage", "Modelling", "Registry"])),
        Room("SQLite", ["Vocabulary"], others: ["CSQLite"]),
        Room("Store", primitives.union(["Exchange", "Records", "SQLite", "TransparencyLog"])),
        Room(
            "HTTPEdge", primitives.union(["Registry", "RequestSigning"]),
            others: service.union(["NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL"])),
        Room(
            "NodeService",
            primitives.union([
                "Exchange", "HTTPEdge", "Lending", "Linkage", "Records", "Registry", "Store", "TransparencyLog",
            ]), others: service),
        Room(
            "CustodianService",
            primitives.union(["Exchange", "HTTPEdge", "OPRF", "Records", "Registry", "SQLite"]), others: service),
        Room(
            "ExchangeClient",
            primitives.union(evidence).union(["Exchange", "HTTPEdge", "Registry", "RequestSigning"]),
            others: ["Synchronization"]),
        Room(
            "Gateway",
            primitives.union(evidence).union([
                "Decisions", "Exchange", "ExchangeClient", "HTTPEdge", "Identity", "Lending", "Registry",
                "RequestSigning", "SQLite",
            ]), others: service),
        // Measures with ready tokens, and looks into the database of a node that was killed; clear text it has none.
        Room(
            "Bench",
            primitives.union(evidence).union([
                "CustodianService", "Exchange", "ExchangeClient", "HTTPEdge", "Lending", "Linkage", "NodeService",
                "Registry",
                "RequestSigning", "SQLite", "Store",
            ]), others: service),
        Room(
            "counterfoil",
            primitives.union(evidence).union([
                "Bench", "CustodianService", "Decisions", "Exchange", "ExchangeClient", "Gateway", "HTTPEdge",
                "Identity", "Lending", "Linkage", "Modelling", "NodeService", "Registry", "RequestSigning",
                "Simulation",
                "SQLite", "Store",
            ]), others: service.union(["ArgumentParser"])),
    ]

    static func named(_ name: String) -> Room? { all.first { $0.name == name } }

    func mayImport(_ module: String) -> Bool { ours.contains(module) || others.contains(module) }
}
