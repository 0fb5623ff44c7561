import Vocabulary

extension SearchScratch {
    /// Reads the marks of a complete hop: its reports, and who is protected.
    mutating func readMarks(of level: Range<Int>, in graph: Graph, _ standing: (Mark) -> MarkStanding) {
        marked.removeAll(keepingCapacity: true)
        for place in level {
            if let subject = reached[place].subject, graph.hasMarks(subject) { marked.append(place) }
        }
        // By number: which of them the budget leaves out must not depend on the order of arrival.
        marked.sort { reached[$0].number < reached[$1].number }
        for place in marked { readMarks(at: place, in: graph, standing) }
    }

    private mutating func readMarks(at place: Int, in graph: Graph, _ standing: (Mark) -> MarkStanding) {
        guard let subject = reached[place].subject else { return }
        let marks = graph.marks(of: subject)
        guard marks.count <= readsLeft else {
            (isTruncated, reached[place].isUnread) = (true, true)
            return
        }
        readsLeft -= marks.count
        let first = reports.count
        for mark in marks {
            switch standing(mark) {
            case .protective: reached[place].isProtected = true
            case .gone: break
            case let told:
                let report = ReachedReport(
                    mark: mark, subject: subject, hops: reached[place].hops, standing: told, isProtected: false)
                reports.append((report, place))
            }
        }
        guard reached[place].isProtected else { return }
        for index in first..<reports.count { reports[index].report.isProtected = true }
    }
}
