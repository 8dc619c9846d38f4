// The rows in a browser: a test drives them one at a time, in turns with the same rows run natively.

import * as cidr from "fast-cidr-tools";
import init, * as program from "./twopath-bench.js";
import { contests } from "./compare.mjs";

const quick = new URLSearchParams(location.search).has("quick");
await init();
const text = await (await fetch("table.txt")).text();
const rows = new program.Rows(text, quick);
let beside = [];

window.bench = {
  names: () => rows.names(),
  compiler: () => rows.compiler(),
  warm: (at) => rows.warm(at),
  run: (at) => rows.run(at),
  // What JavaScript does beside it: names and units first, then one contestant at a time.
  contests: () => {
    beside = contests(program, rows, cidr, text, quick);
    return beside.map(({ name, unit, work }) => [name, unit, Object.keys(work)]);
  },
  warmContest: (at) => beside[at].warm(),
  contest: (at, who) => beside[at].work[who](),
};
