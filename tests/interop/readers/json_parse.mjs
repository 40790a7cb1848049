// Reads documents on stdin (a JSON list of base64), prints what JavaScript's own JSON.parse makes of each.
import { readFileSync } from "node:fs";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const read = (document) => JSON.parse(utf8.decode(Buffer.from(document, "base64")));

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
