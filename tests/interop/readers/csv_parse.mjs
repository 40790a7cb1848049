// Reads tables on stdin (a JSON list of base64), prints the rows that csv-parse finds in each, by column, as JSON.
import { parse } from "csv-parse/sync";
import { readFileSync } from "node:fs";

// Strict: a row that is not as long as the head, or a quotation mark in the midst of a cell, is an error.
const rows = (table) =>
  parse(Buffer.from(table, "base64"), { bom: true, columns: true, delimiter: ",", record_delimiter: "\r\n" });

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(rows)));
