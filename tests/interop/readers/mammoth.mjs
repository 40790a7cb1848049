// Reads Word documents on stdin (a JSON list of base64), prints what mammoth makes of each as JSON: HTML, and what it
// could not read or did not know.
import mammoth from "mammoth";
import { readFileSync } from "node:fs";

const styles = [
  "p[style-name='Title'] => h1.title:fresh",
  "p[style-name='Header Block'] => p:fresh",
  "p[style-name='Body Text'] => p:fresh",
  "p[style-name='caption'] => p.caption:fresh",
  "p[style-name='Table Head'] => p:fresh",
  "p[style-name='Table Text'] => p:fresh",
  "p[style-name='Table Note'] => p.note:fresh",
  "r[style-name='Source Reference'] => sup",
];

const read = async (document) => {
  const told = await mammoth.convertToHtml({ buffer: Buffer.from(document, "base64") }, { styleMap: styles });
  return { html: told.value, messages: told.messages.map((each) => each.message) };
};

process.stdout.write(JSON.stringify(await Promise.all(JSON.parse(readFileSync(0, "utf8")).map(read))));
