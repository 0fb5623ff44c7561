// swift-tools-version: 6.2
import PackageDescription

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
                "Registry", "RequestSigning", "Sodium", "Vocabulary",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        .target(
            name: "NodeService",
            dependencies: [
                "Exchange", "HTTPEdge", "Records", "Registry", "Sodium", "Store", "TransparencyLog", "Vocabulary",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .target(
            name: "CustodianService",
            dependencies: [
                "Exchange", "HTTPEdge", "OPRF", "Records", "Registry", "Sodium", "SQLite", "Vocabulary",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
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
                "RequestSigning", "Sodium", "SQLite", "TransparencyLog", "Vocabulary",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.embedInCode("Schema")]),
        .target(
            name: "Bench",
            dependencies: [
                "CustodianService", "Exchange", "ExchangeClient", "HTTPEdge", "NodeService", "OPRF", "Records",
                "Registry", "RequestSigning", "Sodium", "SQLite", "Store", "TransparencyLog", "Vocabulary",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .executableTarget(
            name: "counterfoil",
            dependencies: [
                "Bench", "CustodianService", "Exchange", "ExchangeClient", "Gateway", "HTTPEdge", "Identity",
                "NodeService", "OPRF", "Records", "Registry", "Sodium", "Store", "TransparencyLog", "Vocabulary",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .target(name: "TestSupport", dependencies: ["Vocabulary"], path: "Tests/TestSupport"),
    ]
)

let tests: [(room: String, needs: [String])] = [
    ("Vocabulary", []),
    ("Sodium", ["Vocabulary"]),
    ("OPRF", ["Sodium", "Vocabulary"]),
    ("Identity", ["Vocabulary"]),
    ("Records", ["Sodium", "Vocabulary"]),
    ("TransparencyLog", ["Sodium", "Vocabulary"]),
    ("RequestSigning", ["Sodium", "Vocabulary"]),
    ("Registry", ["OPRF", "Records", "Sodium", "Vocabulary"]),
    ("HTTPEdge", ["Records", "Registry", "RequestSigning", "Sodium", "Vocabulary"]),
    ("CustodianService",
        ["Exchange", "HTTPEdge", "OPRF", "Records", "Registry", "RequestSigning", "Sodium", "SQLite", "Vocabulary"]),
]

/// Products that tests of the edge need beside our rooms.
let edgeProducts: [Target.Dependency] = [
    .product(name: "Logging", package: "swift-log"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
]

for test in tests {
    let needs = Set(test.needs + [test.room, "TestSupport"]).sorted().map { Target.Dependency(stringLiteral: $0) }
    let products = test.needs.contains("HTTPEdge") || test.room == "HTTPEdge" ? edgeProducts : []
    package.targets.append(.testTarget(name: test.room + "Tests", dependencies: needs + products))
}

for target in package.targets where ![.system, .plugin].contains(target.type) {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
