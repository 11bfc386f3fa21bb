/**
 * `npm run pictures -- [FILE]`: all drawings of `flows/pictures` on one sheet with their names, so that an
 * author sees at a glance whether they are one family; of each rhythm to breathe in and each count, how its
 * picture stands still and a few of its moments. Writes a PNG, `pictures.png` by default.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Picture } from "../channels/channel.ts";
import { FLOWS, readContent } from "../content.ts";
import { breathOf } from "../dialogue/breath.ts";
import { COUNT_READY, countOf } from "../dialogue/count.ts";
import type { Script } from "../dialogue/script.ts";
import { countersOf, drawCounting } from "../pictures/counter.ts";
import { drawMoment, pacersOf } from "../pictures/pacer.ts";
import { loadPictures, PICTURE_SIZE, renderPicture } from "../pictures.ts";

const COLUMNS = 4;
const GAP = 24;
const LABEL = 40;
/** What the sheet needs of a picture. */
type Shown = Pick<Picture, "png">;
const cell = { width: PICTURE_SIZE.width / 2, height: PICTURE_SIZE.height / 2 };

/** The sheet as PNG bytes: `COLUMNS` pictures in a row at half their size, each above its id. */
export function contactSheet(pictures: ReadonlyMap<string, Shown>): Uint8Array {
  const rows = Math.ceil(pictures.size / COLUMNS);
  const width = COLUMNS * (cell.width + GAP) + GAP;
  const height = rows * (cell.height + LABEL + GAP) + GAP;
  const cells = [...pictures].map(([id, { png }], index) => {
    const x = GAP + (index % COLUMNS) * (cell.width + GAP);
    const y = GAP + Math.floor(index / COLUMNS) * (cell.height + LABEL + GAP);
    const bytes = Buffer.from(png).toString("base64");
    return `<image x="${x}" y="${y}" width="${cell.width}" height="${cell.height}" href="data:image/png;base64,${bytes}"/>
<text x="${x + cell.width / 2}" y="${y + cell.height + 28}" text-anchor="middle">${asText(id)}</text>`;
  });
  return renderPicture(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<rect width="100%" height="100%" fill="#FFFFFF"/>
<g font-family="DejaVu Sans" font-size="20" fill="#222222">${cells.join("\n")}</g>
</svg>`);
}

/** Each flower that breathes: as it stands still, and halfway in, at its widest and halfway out. */
export function breaths(script: Script): Map<string, Shown> {
  const shown = new Map<string, Shown>();
  for (const [id, still] of pacersOf(script)) {
    const breath = breathOf(id);
    if (!breath) continue;
    shown.set(id, still);
    const out = breath.in + breath.hold;
    for (const at of [breath.in / 2, (breath.in + out) / 2, out + breath.out / 2])
      shown.set(`${id}, ${at} s`, { png: renderPicture(drawMoment(breath, script.bot.breathing, at)) });
  }
  return shown;
}

/** Each drawing with a figure below it: as it stands still, while somebody reads, and in the midst of two counts. */
export function counts(script: Script, drawings: ReadonlyMap<string, Picture>): Map<string, Shown> {
  const shown = new Map<string, Shown>();
  for (const [id, still] of countersOf(script, drawings)) {
    const { count, drawing = "" } = countOf(id) ?? {};
    const drawn = drawings.get(drawing);
    if (!count || !drawn) continue;
    shown.set(id, still);
    const { to, every, hold } = count;
    const last = COUNT_READY + (to - 1) * every;
    for (const at of [COUNT_READY / 2, COUNT_READY + (hold || every) / 2, last + (hold + every) / 2])
      shown.set(`${id}, ${at} s`, {
        png: renderPicture(drawCounting(count, script.bot.counting, drawn, at)),
      });
  }
  return shown;
}

function asText(id: string): string {
  return id.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { pictures, faults } = loadPictures(join(FLOWS, "pictures"));
  const script = readContent().content?.script;
  const all = new Map<string, Shown>([
    ...pictures,
    ...(script ? [...breaths(script), ...counts(script, pictures)] : []),
  ]);
  for (const { file, line, rule, remedy } of faults) console.error(`${file}:${line}: ${rule} ${remedy}`);
  const target = process.argv[2] ?? "pictures.png";
  writeFileSync(target, contactSheet(all));
  console.log(`${target}: ${all.size} pictures`);
  if (faults.length > 0) process.exitCode = 1;
}
