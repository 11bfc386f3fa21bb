/** The house keeps its own rules: who may import whom, what stays pure, where Dutch may stand. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = new URL("../src/", import.meta.url).pathname;

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .sort();
const sources = new Map(files.map((name) => [name, readFileSync(join(SRC, name), "utf8")]));

/** Files of ours that this file imports, types too, as paths below src/. */
const importsOf = (name: string): string[] =>
  [...(sources.get(name) ?? "").matchAll(/(?:from|import)\s+"(\.[^"]+)"/g)].map(([, path = ""]) =>
    normalize(join(dirname(name), path)),
  );

/** Packages and Node modules that this file imports. */
const packagesOf = (name: string): string[] =>
  [...(sources.get(name) ?? "").matchAll(/from\s+"([^."][^"]*)"/g)].map(([, path = ""]) => path);

/** The room a file belongs to: its folder, or its own name at the top. */
const roomOf = (name: string): string =>
  name.includes("/") ? (name.split("/")[0] ?? "") : name.slice(0, -3);

/** Which rooms each room may look into; `main`, `cli` and `content` may look everywhere. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  language: [],
  dialogue: ["language"],
  store: ["dialogue"],
  channels: ["dialogue"],
  script: ["dialogue", "language", "script"],
  assistant: ["dialogue", "store", "log", "metrics"],
  scheduler: ["dialogue", "store", "log"],
  outbox: ["dialogue", "store", "channels", "log", "metrics"],
  server: ["log", "channels"],
  pictures: ["channels", "dialogue"],
  config: [],
  log: [],
  metrics: ["dialogue"],
  listing: ["dialogue", "channels"],
};

/** The one file of `channels/` that outbox, pictures and server may know: the seam. */
const SEAM_ONLY = new Set(["outbox", "pictures", "server"]);

describe("the rooms", () => {
  it.each(files)("%s looks only where it may", (name) => {
    const room = roomOf(name);
    const may = MAY[room];
    if (!may) {
      expect(["main", "cli", "content"]).toContain(room);
      return;
    }
    for (const other of importsOf(name)) {
      const to = roomOf(other);
      if (to === room) continue;
      expect(may, `${name} imports ${other}`).toContain(to);
      if (to === "channels" && SEAM_ONLY.has(room)) expect(other).toBe("channels/channel.ts");
    }
  });

  it("import each other in no circle", () => {
    const state = new Map<string, "open" | "done">();
    const visit = (name: string, path: readonly string[]): void => {
      if (state.get(name) === "done") return;
      if (state.get(name) === "open") throw new Error(`A circle: ${[...path, name].join(" > ")}`);
      state.set(name, "open");
      for (const other of importsOf(name)) if (sources.has(other)) visit(other, [...path, name]);
      state.set(name, "done");
    };
    for (const name of files) visit(name, []);
  });

  it("import only files that exist, with their extension", () => {
    for (const name of files)
      for (const other of importsOf(name)) if (other.endsWith(".ts")) expect(files, name).toContain(other);
  });
});

describe("the pure rooms", () => {
  const pure = files.filter((name) => ["language", "dialogue"].includes(roomOf(name)));
  it.each(pure)("%s knows no clock, chance, environment, file, promise or platform", (name) => {
    const code = (sources.get(name) ?? "").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    expect(code).not.toMatch(
      /\bDate\.now|new Date\(\)|Math\.random|crypto|process\.|\bawait\b|\basync\b|\bPromise\b|setTimeout|\bfetch\(|Temporal\.Now/,
    );
    for (const used of packagesOf(name))
      expect(["temporal-polyfill"], `${name} uses ${used}`).toContain(used);
  });
});

describe("the files", () => {
  it("are ideas of at most 260 lines, none of them a dump", () => {
    for (const [name, text] of sources) {
      expect(text.split("\n").length, name).toBeLessThanOrEqual(260);
      expect(name).not.toMatch(/(?:utils?|helpers?|common|misc|constants|types)(?:\.ts|\/)/);
    }
  });

  it("say at their head what they are", () => {
    for (const [name, text] of sources) expect(text.trimStart(), name).toMatch(/^\/\*\*/);
  });

  it("hold no Dutch sentence: those live in flows/, and words to recognise in language/", () => {
    const dutch =
      /["'`][^"'`\n]*\b(?:je|jij|het|een|niet|wij|ik|naar|voor)\b [^"'`\n]*\b(?:de|het|een|je|niet|van|is|en)\b/;
    for (const [name, text] of sources) {
      if (roomOf(name) === "language") continue;
      const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
      expect(dutch.exec(code)?.[0], name).toBeUndefined();
    }
  });
});

describe("the repository", () => {
  const root = new URL("../", import.meta.url).pathname;

  it("has a README whose map is the tree", () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    for (const name of files.filter((f) => !f.includes("/"))) expect(readme, `src/${name}`).toContain(name);
    for (const room of new Set(files.filter((f) => f.includes("/")).map(roomOf)))
      expect(readme, `src/${room}/`).toContain(`${room}/`);
    for (const [, path = ""] of readme.matchAll(/^(?: {2})(\w+\.ts) /gm)) expect(files).toContain(path);
  });

  it("names every variable of the environment in .env.example and the README", () => {
    const config = sources.get("config.ts") ?? "";
    const names = [...config.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name = ""]) => name);
    expect(names.length).toBeGreaterThan(10);
    for (const file of [".env.example", "README.md"])
      for (const name of names) expect(readFileSync(join(root, file), "utf8"), file).toContain(name);
  });
});
