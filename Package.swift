// swift-tools-version: 6.2
import PackageDescription

let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let nio = ["NIOCore", "NIOHTTP1", "NIOPosix"].map { Target.Dependency.product(name: $0, package: "swift-nio") }
let tls = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")

/// Targets stand in the order of the rooms: imports point upwards only, and a target earns its place by forbidding
/// an import. `Identity`, the clear-text side, is reachable from the gateway and the lender's commands alone.
let package = Package(
    name: "counterfoil",
    products: [.executable(name: "counterfoil", targets: ["counterfoil"])],
    dependencies: [
        // NIO itself, for listeners and clients: deadlines on every phase of a connection, connection limits and
        // certificates read anew are ours to set there, and the first build is shorter without a framework on top.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        room("Vocabulary", ""),
        room("Sodium", "CSodium Vocabulary"),
        room("OPRF", "Sodium Vocabulary"),
        room("Identity", "Vocabulary"),
        room("Records", "Sodium Vocabulary"),
        room("TransparencyLog", "Sodium Vocabulary"),
        room("RequestSigning", "Sodium Vocabulary"),
        room("Registry", "OPRF Records Sodium TransparencyLog Vocabulary"),
        room("Lending", "Records Vocabulary", embeds: "Schema"),
        room("Linkage", "Vocabulary"),
        room("Modelling", "Vocabulary"),
        room("Decisions", "Vocabulary", embeds: "Schema/default.policy"),
        room("Simulation", "Records Vocabulary"),
        room("Exchange", "Lending Linkage Modelling OPRF Records Registry Sodium TransparencyLog Vocabulary"),
        room("SQLite", "CSQLite Vocabulary"),
        room("Store", "Exchange Records Sodium SQLite TransparencyLog Vocabulary", embeds: "Schema"),
        room("HTTPEdge", "Registry RequestSigning Sodium Vocabulary", [log, lifecycle, signals, tls] + nio),
        room(
            "NodeService", "Exchange HTTPEdge Lending Linkage Records Registry Sodium Store TransparencyLog Vocabulary",
            [log, lifecycle]),
        room(
            "CustodianService", "Exchange HTTPEdge OPRF Records Registry Sodium SQLite Vocabulary", [log, lifecycle],
            embeds: "Schema"),
        room(
            "ExchangeClient",
            "Exchange HTTPEdge OPRF Records Registry RequestSigning Sodium TransparencyLog Vocabulary"),
        room(
            "Gateway",
            """
            Decisions Exchange ExchangeClient HTTPEdge Identity Lending OPRF Records Registry RequestSigning Sodium \
            SQLite TransparencyLog Vocabulary
            """, [log, lifecycle], embeds: "Schema"),
        room(
            "Bench",
            """
            CustodianService Exchange ExchangeClient HTTPEdge Lending Linkage NodeService OPRF Records Registry \
            RequestSigning Sodium SQLite Store TransparencyLog Vocabulary
            """, [log]),
        .executableTarget(
            name: "counterfoil",
            dependencies: named(
                """
                Bench CustodianService Decisions Exchange ExchangeClient Gateway HTTPEdge Identity Lending Linkage \
                Modelling NodeService OPRF Records Registry Simulation Sodium SQLite Store TransparencyLog Vocabulary
                """) + [.product(name: "ArgumentParser", package: "swift-argument-parser"), log, lifecycle, signals]),
        .target(name: "TestSupport", dependencies: ["Vocabulary"], path: "Tests/TestSupport"),
        .target(
            name: "ConsortiumSupport", dependencies: named("Lending NodeService TestSupport"),
            path: "Tests/ConsortiumSupport"),
        .target(name: "ExchangeFakes", dependencies: ["Exchange", "TestSupport"], path: "Tests/ExchangeFakes"),
    ]
)

/// A target of ours: what it imports of ours, what else, and the folder of files that are compiled into it.
func room(
    _ name: String, _ ours: String, _ others: [Target.Dependency] = [], embeds folder: String? = nil
) -> Target {
    .target(
        name: name, dependencies: named(ours) + others, resources: folder.map { [.embedInCode($0)] } ?? [])
}

func named(_ rooms: String) -> [Target.Dependency] { rooms.split(separator: " ").map { .byName(name: String($0)) } }

/// Test targets by what they import.
let tests: KeyValuePairs<String, String> = [
    "Vocabulary": "Vocabulary", "Sodium": "Sodium Vocabulary",
    "OPRF": "OPRF Sodium Vocabulary",
    "Identity": "Identity Vocabulary",
    "Records": "Records Sodium Vocabulary",
    "TransparencyLog": "Sodium TransparencyLog Vocabulary",
    "RequestSigning": "RequestSigning Sodium Vocabulary",
    "Registry": "OPRF Records Registry Sodium Vocabulary",
    "SQLite": "SQLite", "Tidy": "", "Modelling": "Modelling Vocabulary", "Decisions": "Decisions Vocabulary",
    "Lending": "Lending Records Vocabulary", "Linkage": "Linkage Vocabulary",
    "Simulation": "Identity Records Simulation Sodium Vocabulary",
    "Exchange": "ConsortiumSupport Exchange Lending Linkage Records Registry Sodium Vocabulary",
    "Store": "ConsortiumSupport Exchange SQLite Sodium Store TransparencyLog Vocabulary",
    "HTTPEdge": "HTTPEdge Records Registry RequestSigning Sodium Vocabulary",
    "NodeService": """
        ConsortiumSupport Exchange HTTPEdge Linkage NodeService Records Registry Sodium SQLite Store TransparencyLog \
        Vocabulary
        """,
    "CustodianService": """
        CustodianService Exchange HTTPEdge OPRF Records Registry RequestSigning Sodium SQLite Vocabulary
        """,
    "ExchangeClient": """
        Exchange ExchangeClient ExchangeFakes HTTPEdge OPRF Records Registry RequestSigning Sodium TransparencyLog \
        Vocabulary
        """,
    "Gateway": """
        Exchange ExchangeClient ExchangeFakes Gateway HTTPEdge Identity Lending Records Registry Sodium SQLite \
        TransparencyLog Vocabulary
        """,
    "Schema": """
        CustodianService Exchange Gateway HTTPEdge NodeService OPRF Records Registry RequestSigning Sodium SQLite \
        Store TransparencyLog Vocabulary
        """,
    "Crash": "Bench Exchange Records Registry Sodium TransparencyLog Vocabulary counterfoil",
    "Command": """
        counterfoil CustodianService Decisions Exchange Gateway HTTPEdge Identity Lending Linkage Modelling \
        NodeService Records Registry Simulation Sodium TransparencyLog Vocabulary
        """,
]

for (name, needs) in tests {
    let rooms = ["TestSupport"] + needs.split(separator: " ").map(String.init)
    let products = rooms.contains("HTTPEdge") ? nio + [log, lifecycle] : []
    let dependencies = rooms.map { Target.Dependency(stringLiteral: $0) } + products
    package.targets.append(.testTarget(name: name + "Tests", dependencies: dependencies))
}

/// Pages for operators lie beside the code that they describe.
let pages = ["CustodianService": "", "Decisions": "Schema/", "Gateway": "", "Linkage": "", "NodeService": ""]
for target in package.targets { if let folder = pages[target.name] { target.exclude.append("\(folder)README.md") } }

for target in package.targets where ![.system, .plugin].contains(target.type) {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
