// seeds: a first corpus for each fuzz target, mostly from the conformance data: node tests/fuzz/seeds.mjs FOLDER
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const data = join(dirname(fileURLToPath(import.meta.url)), '..', 'conformance', 'data')
const folder = process.argv[2]
if (folder === undefined) {
  console.error('usage: node tests/fuzz/seeds.mjs FOLDER')
  process.exit(2)
}

const lines = (path) => readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line))
const cases = readdirSync(join(data, 'execute')).filter((name) => name.endsWith('.cases.jsonl'))

// Packets as a server counts them, from 1; before them the length of the pieces and the limit of rows.
const stream = (piece, limit, ...packets) =>
  Buffer.concat([
    Buffer.from([piece, limit]),
    ...packets.flatMap((text, index) => [Buffer.from([text.length, 0, 0, index + 1]), Buffer.from(text, 'latin1')]),
  ])
const end = '\xfe\0\0\x02\0'
const column = (type) => `\x01a\x01b\x01c\x01d\x01e\x01f\x0c\x2d\0\x50\0\0\0${type}\0\0\0\0\0`
const columns = [column('\x03'), column('\xfd'), column('\x0c'), column('\x0b')]
const row = '\0\0\x07\0\0\0\x03abc\x07\xea\x07\x0a\x01\x0c\x1e\0\x08\0\0\0\0\0\x01\x02\x03'

const seeds = {
  parse: lines(join(data, 'parse.jsonl')).map((entry) => entry.source),
  validate: lines(join(data, 'validate.jsonl')).map((entry) => entry.query),
  validate_schema: lines(join(data, 'sdl.jsonl')).map((entry) => entry.source),
  variables: [
    '{}',
    '{"i":1,"l":1,"m":[["A"],null],"e":"B","f":1.5,"b":true,"id":5,"s":"x"}',
    '{"in":{"s":"x","in":{"s":"y","l":[[1,2],[3]]}},"o":{"a":1},"ins":[{"s":"z"}]}',
    '{"dt":"2026-10-01T12:30:00Z","d":"2026-10-01","big":"123","dec":"1.5","tel":"+4930123456","json":{"a":[1,null]}}',
  ],
  answer: [
    stream(255, 0, '\x04\x01', ...columns, end, row, row, row, end),
    stream(7, 2, '\x04\x01', ...columns, end, row, row, '\xff\x25\x05#70100killed'),
    stream(255, 0, '\0\0\0\x02\0\0\0'),
    stream(1, 0, '\x01\x01', column('\x01'), end, '\0\x04', '\0\0\xff', '\xfe\0\0\x0a\0', '\0\0\0\x02\0\0\0'),
  ],
  // How each is compared, then what was typed, a mark between.
  search: ['\x01%m\u00fcll%\x01\x03+49 30 123%', '\x00Anna B\u00f6hm', "\x01%o'brien", '\x01%555!_%\x05%x@y%', '\x07%0123%', '\x05\u4e2d\u6751%'],
  plan: [
    '{a q{a b(x:1,y:2)} ... @include(if:true){id}}',
    'query($i:Int,$t:Boolean!=true){a @skip(if:$t) b(x:$i) n{id ...on T{s}} l{id} us{__typename}}',
    'mutation{a q{a} u{...on S{s u{...on T{n{id}}}}}}',
    'fragment F on Query{a ...G} fragment G on Query{b} {...F __schema{types{name}} __type(name:"T"){name}}',
    ...cases.slice(0, 20).flatMap((name) => lines(join(data, 'execute', name)).slice(0, 3).map((entry) => entry.query)),
  ],
}

for (const [target, texts] of Object.entries(seeds)) {
  mkdirSync(join(folder, target), { recursive: true })
  for (const text of texts.filter((each) => typeof each === 'string' || Buffer.isBuffer(each)))
    writeFileSync(join(folder, target, createHash('sha1').update(text).digest('hex').slice(0, 16)), text)
}
