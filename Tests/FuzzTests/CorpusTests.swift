// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("What parsers promise")
struct CorpusTests {
    @Test("every input that is kept is read as promised", arguments: FuzzTarget.all)
    func kept(_ target: FuzzTarget) throws {
        let inputs = try Corpus.inputs(of: target)
        #expect(!inputs.isEmpty)
        for input in inputs {
            #expect(throws: Never.self, "\(target.name)/\(input.name)") { try target.check(input.bytes) }
        }
    }

    @Test("and so are inputs that are made of them by chance, the same ones each time", arguments: FuzzTarget.all)
    func changed(_ target: FuzzTarget) throws {
        let inputs = try Corpus.inputs(of: target).map(\.bytes)
        var mutation = Mutation(seed: 20_261_130)
        for round in 0..<target.mutations {
            let bytes = mutation.next(of: inputs)
            #expect(throws: Never.self, "round \(round): \(String(decoding: bytes, as: UTF8.self).debugDescription)") {
                try target.check(bytes)
            }
        }
    }

    @Test("each target has its folder of inputs, and each folder its target")
    func folders() throws { #expect(try Corpus.folders() == FuzzTarget.all.map(\.name).sorted()) }

    @Test("a promise that is not kept is noticed")
    func broken() {
        let target = FuzzTarget(name: "broken") { try promise($0.isEmpty, "there is something") }
        #expect(throws: BrokenPromise.self) { try target.check([1]) }
        #expect(throws: Never.self) { try target.check([]) }
    }
}
