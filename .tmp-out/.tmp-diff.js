import { c as withoutBlanks, i as pythonOf, o as foreignEncoding, s as candidatesOf, t as loaderTokens } from "./loader-tokens-Bnc9pQ_K.js";
import fs from "node:fs";
// src/languages/python/scan.ts
/**
* Reads a text for the modules that it may import, without parsing it.
*
* @returns A superset of the specifiers that the parser would find, or `unsure` where the text holds
*   something that takes a parser: a loader whose argument is not a literal, a name outside ASCII near an
*   import, a continued line, script metadata.
*/
function scan(source) {
	const { text, installs } = pythonOf(source);
	const reason = installs.length > 0 ? "it installs packages" : whyUnsure(text);
	if (reason !== void 0) return {
		kind: "unsure",
		reason
	};
	const specifiers = /* @__PURE__ */ new Set();
	for (const { modules, unfinished } of candidatesOf(text)) {
		if (unfinished) return {
			kind: "unsure",
			reason: "an import goes on in another line"
		};
		for (const module of modules) {
			if (/[^\0-\x7f]/.test(module.text)) return {
				kind: "unsure",
				reason: "an import names a module outside ASCII"
			};
			specifiers.add(withoutBlanks(module.text));
		}
	}
	for (const token of loaderTokens(text)) {
		if (token.specifier === null) return {
			kind: "unsure",
			reason: "it may import what is no literal"
		};
		specifiers.add(token.specifier);
	}
	return {
		kind: "superset",
		specifiers
	};
}
/** @returns Why a text can't be scanned, or undefined where it can. */
function whyUnsure(text) {
	if (text.includes("\0")) return "it holds null bytes";
	if (text.includes("# /// script")) return "it holds script metadata";
	if (/[\u200b\u2060]|(?!^)\ufeff/.test(text)) return "it holds characters without width";
	const encoding = foreignEncoding(text);
	if (encoding !== void 0) return `it declares the encoding ${encoding}`;
}
// src/languages/python/index.ts
/** Python without the resolution of its imports. */
const python = {
	id: "python",
	ecosystem: "pypi",
	extensions: [
		"py",
		"pyi",
		"pyw"
	],
	interpreter: /(?:^|[\s/])(?:python|pypy)[\d.]*(?:\s|$)|(?:^|[\s/])uv\s+run(?:\s|$)/,
	scan,
	parser: async () => (await import("./parse-CZEFH_Le.js")).loadParser()
};
// src/text/lines.ts
/** Turns offsets into lines and columns. A line ends after `\n`, `\r\n` or a lone `\r`, as in editors. */
var LineIndex = class {
	#starts;
	constructor(text) {
		const starts = [0];
		for (const end of text.matchAll(/\r\n?|\n/g)) starts.push(end.index + end[0].length);
		this.#starts = starts;
	}
	/** @returns The 1-based line and column (in UTF-16 code units) of an offset. */
	locate(offset) {
		let low = 0;
		let high = this.#starts.length - 1;
		while (low < high) {
			const middle = low + high + 1 >> 1;
			if ((this.#starts[middle] ?? 0) <= offset) low = middle;
			else high = middle - 1;
		}
		return {
			line: low + 1,
			column: offset - (this.#starts[low] ?? 0) + 1
		};
	}
	/** @returns The span as a place in a file, or in the notebook cell that this text is. */
	place(span, cell = null) {
		const start = this.locate(span.start);
		const end = this.locate(span.end);
		return {
			...start,
			endLine: end.line,
			endColumn: end.column,
			cell
		};
	}
};
// .tmp-diff.ts
const parser = await python.parser();
const every = Number(process.argv[3] || 1);
let i = 0;
const S = {
	files: 0,
	bytes: 0,
	unsure: 0,
	scanMs: 0,
	parseMs: 0,
	missing: 0,
	extra: 0,
	notsup: 0,
	extras: 0,
	extraFiles: 0,
	broken: 0,
	astbad: 0,
	cmp: 0
};
const reasons = /* @__PURE__ */ new Map();
const td = new TextDecoder();
let shown = 0;
const show = (...a) => {
	if (shown++ < 60) console.log(...a);
};
for (const line of fs.readFileSync(process.argv[2], "utf8").split("\n")) {
	if (!line) continue;
	if (i++ % every) continue;
	const o = JSON.parse(line);
	const b = fs.readFileSync(o.path);
	if (b.length > 2e6) continue;
	const text = td.decode(b);
	S.files++;
	S.bytes += b.length;
	const src = {
		text,
		dialect: "py"
	};
	let t = performance.now();
	const sc = python.scan(src);
	S.scanMs += performance.now() - t;
	t = performance.now();
	const pr = parser.parse(src);
	S.parseMs += performance.now() - t;
	const specs = /* @__PURE__ */ new Set();
	for (const im of pr.imports) if (im.target.kind === "literal") specs.add(im.target.specifier);
	if (sc.kind === "unsure") {
		S.unsure++;
		reasons.set(sc.reason, (reasons.get(sc.reason) ?? 0) + 1);
	} else {
		for (const s of specs) if (!sc.specifiers.has(s)) {
			S.notsup++;
			show("NOTSUP", o.path, s);
		}
		let ex = 0;
		for (const s of sc.specifiers) if (!specs.has(s)) ex++;
		if (ex) {
			S.extraFiles++;
			S.extras += ex;
		}
	}
	if (pr.broken) S.broken++;
	for (const im of pr.imports) if (im.target.kind === "literal") {
		const w = text.slice(im.span.start, im.span.end).replace(/[\s\\]+|#.*/g, "").normalize("NFKC");
		if (w !== im.target.specifier && im.kind !== "dynamic") show("SPAN", o.path, w, im.target.specifier);
		for (const n of im.target.names) if (text.slice(n.span.start, n.span.end).normalize("NFKC") !== n.name) show("NAMESPAN", o.path, n);
	}
	if (o.error || !o.imports) {
		S.astbad++;
		continue;
	}
	if (pr.broken) show("BROKEN", o.path, pr.broken);
	S.cmp++;
	new LineIndex(text);
	const key = (k, s, n, op) => `${k} ${s} ${n.join(",")} ${op}`;
	const want = o.imports.map((x) => key(x[1], x[2], x[3], x[4])).sort();
	const g = [...pr.imports.filter((x) => x.target.kind !== "package").map((x) => key(x.kind, x.target.kind === "literal" ? x.target.specifier : null, x.target.kind === "literal" ? x.target.names.map((n) => n.name) : [], x.optional)).sort()];
	for (const w of want) {
		const k = g.indexOf(w);
		if (k < 0) {
			S.missing++;
			show("MISSING", o.path, w);
		} else g.splice(k, 1);
	}
	for (const x of g) {
		S.extra++;
		show("EXTRA", o.path, x);
	}
}
console.log(S, reasons, "scan MB/s", S.bytes / 1e3 / S.scanMs, "parse MB/s", S.bytes / 1e3 / S.parseMs);
export {};
