/** Reads `flows/safety/` alone, for those who need the screen and nothing else of the script: the evaluation and its tests. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { compileSafety, type Safety, safetyFile } from "../script/flag.ts";

/** Loads all of `flows/safety/` under a folder. Throws an Error that names the file and what is wrong in it. */
export function loadSafety(flows: string): Safety {
  const root = join(flows, "safety");
  return compileSafety(
    [root, join(root, "flags")]
      .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
      .filter((file) => file.endsWith(".yaml"))
      .sort()
      .map((file) => {
        const read = safetyFile.safeParse(parse(readFileSync(file, "utf8")));
        if (!read.success) throw new Error(`${file}: ${read.error.message}`);
        return read.data;
      }),
  );
}
