// The rows in Node's wasm, in turns with the same rows run natively, and JavaScript beside them.
// node node.mjs FOLDER NATIVE-PROGRAM ROUNDS [--quick] [--only NAME]

import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import * as cidr from "fast-cidr-tools";
import { contests } from "./compare.mjs";
import init, * as program from "./twopath-bench.js";

const [folder, native, rounds, ...options] = process.argv.slice(2);
const quick = options.includes("--quick");
const only = options.includes("--only") ? options[options.indexOf("--only") + 1] : "";
const wanted = (name) => name.includes(only);

await init({ module_or_path: readFileSync(new URL("twopath-bench_bg.wasm", import.meta.url)) });
const text = readFileSync(`${folder}/table.txt`, "utf8");
const rows = new program.Rows(text, quick);

const child = spawn(native, ["rows", folder, ...(quick ? ["--quick"] : [])], { stdio: ["pipe", "pipe", "inherit"] });
const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
async function ask(line) {
  child.stdin.write(`${line}\n`);
  const answer = await answers.next();
  if (answer.done) throw new Error(`the native program ended at "${line}"`);
  return Number(answer.value);
}

const outcomes = [];
function done(name, unit, values) {
  outcomes.push({ name, unit, values });
  const said = values.map(([who, all]) => `  ${who} ${[...all].sort((a, b) => a - b)[all.length >> 1].toFixed(1)}`);
  console.log(`    ${name.padEnd(28)}${said.join("")}  (${unit})`);
}

const named = rows.names().trim().split("\n").map((line) => line.split("\t"));
for (const [at, [name, unit]] of named.entries()) {
  if (!wanted(name)) continue;
  const values = [["ours", []], ["native", []]];
  await ask(`warm ${name}`);
  for (let times = 0; times < 3; times++) {
    rows.warm(at);
    // Faster code is made beside us and taken at the next call.
    await pause(50);
  }
  for (let round = 0; round < rounds; round++) {
    values[0][1].push(rows.run(at));
    values[1][1].push(await ask(`run ${name}`));
  }
  done(name, unit, values);
}
child.stdin.end();

for (const contest of contests(program, rows, cidr, text, quick)) {
  if (!wanted(contest.name)) continue;
  const names = Object.keys(contest.work);
  const values = names.map((name) => [name, []]);
  for (let times = 0; times < 3; times++) {
    contest.warm();
    names.forEach((name) => contest.work[name]());
    await pause(50);
  }
  for (let round = 0; round < rounds; round++) {
    names.forEach((name, at) => values[at][1].push(contest.work[name]()));
  }
  done(contest.name, contest.unit, values);
}
const place = `Node ${process.version} (wasm by ${rows.compiler()})`;
writeFileSync(`${folder}/node.json`, JSON.stringify({ place, outcomes }, null, 1));
