/**
 * `npm run pictures -- [FILE]`: all drawings of `flows/pictures` on one sheet with their names, so that an
 * author sees at a glance whether they are one family. Writes a PNG, `pictures.png` by default.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Picture } from "../channels/channel.ts";
import { loadPictures, PICTURE_SIZE, renderPicture } from "../pictures.ts";

const COLUMNS = 4;
const GAP = 24;
const LABEL = 40;
const cell = { width: PICTURE_SIZE.width / 2, height: PICTURE_SIZE.height / 2 };

/** The sheet as PNG bytes: `COLUMNS` pictures in a row at half their size, each above its id. */
export function contactSheet(pictures: ReadonlyMap<string, Picture>): Uint8Array {
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

function asText(id: string): string {
  return id.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { pictures, faults } = loadPictures(fileURLToPath(new URL("../../flows/pictures", import.meta.url)));
  for (const { file, line, rule, remedy } of faults) console.error(`${file}:${line}: ${rule} ${remedy}`);
  const target = process.argv[2] ?? "pictures.png";
  writeFileSync(target, contactSheet(pictures));
  console.log(`${target}: ${pictures.size} pictures`);
  if (faults.length > 0) process.exitCode = 1;
}
