// What is measured in JavaScript beside the wasm: the same in Node and in the browser.

/** The plain way: sorted starts in a typed array, a binary search for each address. */
function search(starts, values, queries, from, to) {
  let sum = 0;
  for (let at = from; at < to; at++) {
    const query = queries[at];
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (starts[middle] <= query) low = middle + 1;
      else high = middle;
    }
    sum = (sum + values[low - 1]) | 0;
  }
  return sum;
}

const CHUNK = 4096;

/** Nanoseconds a lookup. */
function timedSearch(starts, values, queries) {
  const start = performance.now();
  let sum = 0;
  for (let from = 0; from < queries.length; from += CHUNK) {
    sum ^= search(starts, values, queries, from, Math.min(from + CHUNK, queries.length));
  }
  const took = performance.now() - start;
  if (sum === 0.5) throw new Error("never: keeps the sum alive");
  return (took * 1e6) / queries.length;
}

function timed(count, work) {
  const start = performance.now();
  const result = work();
  const took = performance.now() - start;
  if (result.length === 0) throw new Error("no result");
  return (took * 1e6) / count;
}

/** Prefixes as the fewest intervals, first and last address each: what answers are compared by. */
function intervals(prefixes) {
  const all = prefixes.map((prefix) => {
    const [address, length] = prefix.split("/");
    const first = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
    return [first, first + 2 ** (32 - Number(length)) - 1];
  });
  all.sort((one, other) => one[0] - other[0]);
  const merged = [];
  for (const [first, last] of all) {
    const open = merged.at(-1);
    if (open && first <= open[1] + 1) open[1] = Math.max(open[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

/** The intervals of the first without those of the second. */
function without(one, other) {
  const left = [];
  for (let [first, last] of one) {
    for (const [from, to] of other) {
      if (to < first || from > last) continue;
      if (from > first) left.push([first, from - 1]);
      first = to + 1;
    }
    if (first <= last) left.push([first, last]);
  }
  return left;
}

/**
 * Contests: a name, a unit, and for each contestant a function that does the work once.
 * `cidr` is fast-cidr-tools; `program` the wasm with its `rows`.
 */
export function contests(program, rows, cidr, text, quick) {
  const all = [];
  const starts = rows.starts();
  const values = rows.values();
  for (const mix of ["uniform", "announced", "sorted"]) {
    const queries = rows.queries(mix);
    const at = rows.names().split("\n").findIndex((line) => line.startsWith(`lookup ${mix} IPv4\t`));
    all.push({
      name: `in wasm, lookup ${mix} IPv4`,
      unit: "ns a lookup",
      warm: () => rows.warm(at),
      work: { ours: () => rows.run(at), "typed-array search in JavaScript": () => timedSearch(starts, values, queries) },
    });
  }
  // Every third prefix against the others: lists that overlap, touch and cover.
  const lines = text.split("\n").filter((line) => line !== "" && !line.includes(":"));
  for (const size of quick ? [2_000] : [2_000, 100_000]) {
    const step = Math.max(1, Math.floor(lines.length / size));
    const part = lines.filter((_, at) => at % step === 0).slice(0, size);
    const one = part.filter((_, at) => at % 3 !== 0);
    const other = part.filter((_, at) => at % 3 === 0);
    const [oneText, otherText] = [one.join("\n"), other.join("\n")];
    const ours = {
      merge: () => program.merge(oneText, otherText),
      exclude: () => program.exclude(oneText, otherText),
    };
    const theirs = {
      merge: () => cidr.merge([...one, ...other]),
      exclude: () => cidr.exclude([...one], [...other]),
    };
    for (const task of ["merge", "exclude"]) {
      // fast-cidr-tools compares every prefix with every other there: hours on a full table.
      if (task === "exclude" && size > 2_000) continue;
      const lists = [intervals(one), intervals(other)];
      const right = task === "merge" ? intervals(part) : without(...lists);
      const said = (answer) => JSON.stringify(intervals(answer)) === JSON.stringify(right);
      if (!said(ours[task]().trim().split("\n"))) throw new Error(`our ${task} of ${size} prefixes is wrong`);
      if (!said(theirs[task]())) console.log(`    note: fast-cidr-tools gives a wrong answer: ${task}, ${size} prefixes`);
      all.push({
        name: `in wasm, ${task} of ${size.toLocaleString("en")} prefixes`,
        unit: "ns a prefix",
        warm: () => {},
        work: {
          ours: () => timed(part.length, ours[task]),
          "fast-cidr-tools": () => timed(part.length, theirs[task]),
        },
      });
    }
  }
  return all;
}
