extension Catalogue {
    /// The catalogue as a page for people: `schemas/statistics.md` is this text.
    package var markdown: String {
        ([head] + chapters + dimensions + measures + lists).joined(separator: "\n\n") + "\n"
    }

    private var head: String {
        """
        # Statistics

        Catalogue version \(version). Made from `statistics.json`, which the node reads too; \
        `counterfoil statistics explain NAME` says what one name means, in English and Chinese.

        A cell is named `<stage>.<split>.<kind>.<segment>.<window>.<statistic>`, such as \
        `application.others.subject.all.30d.members`; `exposure.<split>.<measure>`; `stacking.<split>.<measure>`; or \
        `identity.<measure>`.
        """
    }

    private var chapters: [String] {
        text.chapters.map { chapter in (["## \(chapter.title)"] + chapter.paragraphs).joined(separator: "\n\n") }
    }

    private var dimensions: [String] {
        [
            section("Stages", text.stages), section("Splits", text.splits), section("Kinds", text.kinds),
            section("Segments", text.segments), section("Windows", text.windows, column: "seconds") {
                $0.seconds.map { String($0) } ?? "no bound"
            },
            section("Statistics", text.statistics, column: "told as") { $0.form?.rawValue ?? "" },
            section("Words for classes", text.classes), section("Words for products", text.products),
        ]
    }

    private var measures: [String] {
        [
            section("Exposure now", text.exposure, column: "told as") { $0.told },
            section("Stacking", text.stacking, column: "told as") { $0.told },
            section("Identity consistency", text.identity, column: "told as") { $0.form?.rawValue ?? "" },
        ]
    }

    private var lists: [String] {
        let introduction = """
            ## Profiles

            Each profile begins with the cells of the one it includes, in the same order; `summary` begins with all \
            measures. After them come the families below, each multiplied out in the order of its columns, the last \
            running fastest. Combinations without meaning are left out, and so is a cell that stands already.
            """
        return [introduction] + zip(text.profiles, profiles).map { entry, profile in
            let included = entry.includes.map { " Includes `\($0)`." } ?? ""
            let words = "\(entry.english) \(entry.chinese)\(included)"
            let title = "### \(entry.name): \(profile.cells.count) cells\n\n\(words)"
            let rows = entry.families.map { family in
                row(family.dimensions.map { $0.map { "`\($0)`" }.joined(separator: " ") })
            }
            let columns = ["stages", "splits", "kinds", "segments", "windows", "statistics"]
            return title + "\n\n" + table(columns, rows)
        }
    }

    /// A table of words; a column in between for what this dimension has beside them.
    private func section(
        _ title: String, _ wordings: [Wording], column: String? = nil, _ entry: (Wording) -> String = { _ in "" }
    ) -> String {
        let hasDefinitions = wordings.contains { !$0.definition.isEmpty }
        let columns = ["token", column, "English", "中文", hasDefinitions ? "definition" : nil].compactMap { $0 }
        let rows = wordings.map { wording in
            let between = column == nil ? [] : [entry(wording)]
            let definition = hasDefinitions ? [wording.definition] : []
            return row(["`\(wording.token)`"] + between + [wording.english, wording.chinese] + definition)
        }
        return "## \(title)\n\n" + table(columns, rows)
    }

    private func table(_ columns: [String], _ rows: [String]) -> String {
        ([row(columns), row(columns.map { _ in "---" })] + rows).joined(separator: "\n")
    }

    private func row(_ entries: [String]) -> String { "| \(entries.joined(separator: " | ")) |" }
}

extension Wording {
    fileprivate var told: String { "\(form?.rawValue ?? ""), \(splits.map(\.rawValue).joined(separator: " and "))" }
}
