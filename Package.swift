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
        .target(name: "Vocabulary"),
        .target(name: "Sodium", dependencies: ["CSodium", "Vocabulary"]),
        .target(name: "OPRF", dependencies: ["Sodium", "Vocabulary"]),
        .target(name: "Identity", dependencies: ["Vocabulary"]),
        .target(name: "Records", dependencies: ["Sodium", "Vocabulary"]),
        .target(name: "TransparencyLog", dependencies: ["Sodium", "Vocabulary"]),
        .target(name: "RequestSigning", dependencies: ["Sodium", "Vocabulary"]),
        .target(name: "Registry", dependencies: ["OPRF", "Records", "Sodium", "TransparencyLog", "Vocabulary"]),
        .target(
            name: "Exchange", dependencies: ["OPRF", "Records", "Registry", "Sodium", "TransparencyLog", "Vocabulary"]),
        .target(name: "SQLite", dependencies: ["CSQLite", "Vocabulary"]),
        .target(
            name: "Store",
            dependencies: ["Exchange", "Records", "Sodium", "SQLite", "TransparencyLog", "Vocabulary"],
            resources: [.embedInCode("Schema")]),
        .target(
            name: "HTTPEdge",
            dependencies: [
                "Registry", "RequestSigning", "Sodium", "Vocabulary", log, lifecycle, signals, tls,
            ] + nio),
        .target(
            name: "NodeService",
            dependencies: [
                "Exchange", "HTTPEdge", "Records", "Registry", "Sodium", "Store", "TransparencyLog", "Vocabulary", log,
                lifecycle,
            ]),
        .target(
            name: "CustodianService",
            dependencies: [
                "Exchange", "HTTPEdge", "OPRF", "Records", "Registry", "Sodium", "SQLite", "Vocabulary", log, lifecycle,
            ],
            resources: [.embedInCode("Schema")]),
        .target(
            name: "ExchangeClient",
            dependencies: [
                "Exchange", "HTTPEdge", "OPRF", "Records", "Registry", "RequestSigning", "Sodium", "TransparencyLog",
                "Vocabulary",
            ]),
        .target(
            name: "Gateway",
            dependencies: [
                "Exchange", "ExchangeClient", "HTTPEdge", "Identity", "OPRF", "Records", "Registry",
                "RequestSigning", "Sodium", "SQLite", "TransparencyLog", "Vocabulary", log, lifecycle,
            ],
            resources: [.embedInCode("Schema")]),
        .target(
            name: "Bench",
            dependencies: [
                "CustodianService", "Exchange", "ExchangeClient", "HTTPEdge", "NodeService", "OPRF", "Records",
                "Registry", "RequestSigning", "Sodium", "SQLite", "Store", "TransparencyLog", "Vocabulary", log,
            ]),
        .executableTarget(
            name: "counterfoil",
            dependencies: [
                "Bench", "CustodianService", "Exchange", "ExchangeClient", "Gateway", "HTTPEdge", "Identity",
                "NodeService", "OPRF", "Records", "Registry", "Sodium", "SQLite", "Store", "TransparencyLog",
                "Vocabulary",
                .product(name: "ArgumentParser", package: "swift-argument-parser"), log, lifecycle, signals,
            ]),
        .target(name: "TestSupport", dependencies: ["Vocabulary"], path: "Tests/TestSupport"),
        .target(
            name: "ConsortiumSupport", dependencies: ["NodeService", "TestSupport"], path: "Tests/ConsortiumSupport"),
        .target(name: "ExchangeFakes", dependencies: ["Exchange", "TestSupport"], path: "Tests/ExchangeFakes"),
    ]
)

/// Test targets by what they import.
let tests: KeyValuePairs<String, String> = [
    "Vocabulary": "Vocabulary", "Sodium": "Sodium Vocabulary",
    "OPRF": "OPRF Sodium Vocabulary",
    "Identity": "Identity Vocabulary",
    "Records": "Records Sodium Vocabulary",
    "TransparencyLog": "Sodium TransparencyLog Vocabulary",
    "RequestSigning": "RequestSigning Sodium Vocabulary",
    "Registry": "OPRF Records Registry Sodium Vocabulary",
    "SQLite": "SQLite", "Tidy": "",
    "Exchange": "ConsortiumSupport Exchange Records Registry Sodium Vocabulary",
    "Store": "ConsortiumSupport Exchange SQLite Sodium Store TransparencyLog Vocabulary",
    "HTTPEdge": "HTTPEdge Records Registry RequestSigning Sodium Vocabulary",
    "NodeService": """
        ConsortiumSupport Exchange HTTPEdge NodeService Records Registry Sodium SQLite Store TransparencyLog Vocabulary
        """,
    "CustodianService": """
        CustodianService Exchange HTTPEdge OPRF Records Registry RequestSigning Sodium SQLite Vocabulary
        """,
    "ExchangeClient": """
        Exchange ExchangeClient ExchangeFakes HTTPEdge OPRF Records Registry RequestSigning Sodium TransparencyLog \
        Vocabulary
        """,
    "Gateway": """
        Exchange ExchangeClient ExchangeFakes Gateway HTTPEdge Identity Records Registry Sodium SQLite \
        TransparencyLog Vocabulary
        """,
    "Schema": """
        CustodianService Exchange Gateway HTTPEdge NodeService OPRF Records Registry RequestSigning Sodium SQLite \
        Store TransparencyLog Vocabulary
        """,
    "Crash": "Bench Exchange Records Registry Sodium TransparencyLog Vocabulary counterfoil",
    "Command": """
        counterfoil CustodianService Gateway HTTPEdge Identity NodeService Records Registry Sodium TransparencyLog \
        Vocabulary
        """,
]

for (name, needs) in tests {
    let rooms = ["TestSupport"] + needs.split(separator: " ").map(String.init)
    let products = rooms.contains("HTTPEdge") ? nio + [log, lifecycle] : []
    let dependencies = rooms.map { Target.Dependency(stringLiteral: $0) } + products
    package.targets.append(.testTarget(name: name + "Tests", dependencies: dependencies))
}

/// Pages for operators lie beside the code that they describe.
let documented = ["CustodianService", "Gateway", "NodeService"]
for target in package.targets where documented.contains(target.name) { target.exclude.append("README.md") }

for target in package.targets where ![.system, .plugin].contains(target.type) {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
