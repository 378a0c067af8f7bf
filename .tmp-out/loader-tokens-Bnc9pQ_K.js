// src/languages/python/candidates.ts
/**
* A statement can start at the start of a line, after `;` or `:`, and, in templates of Jinja, after a tag.
* The keyword comes first, so that the engine can search for it; the look-behind is bounded by the blanks.
*/
const start = /(?:import|from)(?=[ \t\f\v.\\])(?<=(?:^|[;:]|[%}]\})[ \t\f\v\ufeff]*(?:import|from))/gm;
const module = /[ \t\f\v]*([\w\u0080-\uffff]+(?:[ \t\f\v]*\.[ \t\f\v]*[\w\u0080-\uffff]+)*)/y;
const afterModule = /(?:[ \t\f\v]+as[ \t\f\v]+[\w\u0080-\uffff]+)?[ \t\f\v]*(,?)/y;
/** What ends a statement: a line break, `;`, a comment, a tag of a template, the text's end. */
const statementEnd = /[ \t\f\v]*(?:[;#\r\n]|\{[%{#]|$(?![^]))/y;
const fromModule = /from(?:[ \t\f\v]+|(?=\.))((?:\.[ \t\f\v]*)*(?:[\w\u0080-\uffff]+(?:[ \t\f\v]*\.[ \t\f\v]*[\w\u0080-\uffff]+)*)?)[ \t\f\v]*import(?![\w\u0080-\uffff])/y;
const continued = /(?:import|from)[\w\u0080-\uffff \t\f\v.,]*\\(?:[\r\n]|$(?![^]))/y;
/**
* Finds everything that may be an import statement, in one pass over a text with `\n`, `\r\n` or `\r` line
* ends: all that Python's grammar takes for one, and lines of strings and comments that look the same.
* Linear: no match goes beyond the end of its line.
*/
function* candidatesOf(text) {
	for (const found of text.matchAll(start)) {
		const candidate = found[0] === "import" ? importStatement(text, found.index) : fromStatement(text, found.index);
		if (candidate !== void 0) yield candidate;
	}
}
/** @returns The candidate, or undefined where no statement can go on like this, as in prose. */
function importStatement(text, offset) {
	const modules = [];
	const unfinished = matchAt(continued, text, offset) !== null;
	let at = offset + 6;
	for (;;) {
		const name = matchAt(module, text, at);
		if (name === null) break;
		at += name[0].length;
		modules.push(moduleOf(name[1] ?? "", at));
		const after = matchAt(afterModule, text, at);
		at += after?.[0].length ?? 0;
		if (after?.[1] !== ",") break;
	}
	return modules.length > 0 && matchAt(statementEnd, text, at) !== null || unfinished ? {
		offset,
		keyword: "import",
		modules,
		unfinished,
		end: at
	} : void 0;
}
function fromStatement(text, offset) {
	const found = matchAt(fromModule, text, offset);
	if (found === null) {
		if (matchAt(continued, text, offset) === null) return void 0;
		return {
			offset,
			keyword: "from",
			modules: [],
			unfinished: true,
			end: offset
		};
	}
	const written = (found[1] ?? "").trimEnd();
	if (written === "") return void 0;
	const start = text.indexOf(written, offset + 4);
	return {
		offset,
		keyword: "from",
		modules: [{
			text: written,
			span: {
				start,
				end: start + written.length
			}
		}],
		unfinished: false,
		end: offset + found[0].length
	};
}
function matchAt(expression, text, at) {
	expression.lastIndex = at;
	return expression.exec(text);
}
function moduleOf(text, end) {
	return {
		text,
		span: {
			start: end - text.length,
			end
		}
	};
}
/** @returns A module's name without the blanks that Python allows around dots. */
function withoutBlanks(written) {
	return written.replace(/[ \t\f\v]+/g, "");
}
// src/languages/python/encoding.ts
/**
* Encodings in which every byte below 0x80 stands for its ASCII character, so that a file read as UTF-8
* shows the same program, but for non-ASCII letters. Written without `-` and `_`. In the others (`utf-7`,
* `unicode_escape`, EBCDIC, …) text that looks harmless may be an import.
*/
const asciiCompatible = /^(?:utf8(?:sig|unix|dos|mac)?|u8|ascii|usascii|646|iso646us|latin\d{0,2}|l\d|iso8859(?:\d{1,3})?|8859|cp(?:125\d|437|720|737|775|85\d|86\d|874|932|936|949|950|65001)|windows(?:125\d|31j|874|932)|win125\d|koi8[rtu]|kz1048|mac\w*|gbk|gb2312|euccn|gb18030|big5(?:hkscs)?|euc(?:jp|kr|tw)|eucjis\w*|ujis|shiftjis\w*|sjis|mskanji|johab|tis620|hproman8|ptcp154|cp154)$/;
/**
* @returns The name of the encoding that a file declares (PEP 263: a comment in line 1 or 2) if reading the
*   file as UTF-8 may show another program than CPython runs, else undefined.
*/
function foreignEncoding(text) {
	const name = /^\ufeff?(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n?|\n))?[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)/.exec(text)?.[1];
	if (name === void 0) return void 0;
	return asciiCompatible.test(name.toLowerCase().replace(/[-_.]/g, "")) ? void 0 : name;
}
// src/languages/python/requirement.ts
/**
* @returns The distribution that a dependency specifier names (PEP 508: the name stands first, before extras,
*   versions, `@ URL` and markers), as written, or undefined where none stands there.
*/
function distributionName(specifier) {
	return /^\s*([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?=\s*(?:[[(<>=!~@;,]|$))/i.exec(specifier)?.[1];
}
// src/languages/python/installs.ts
const installers = /^(?:pip(?:3(?:\.\d+)?)?|conda|mamba|micromamba|uv|poetry|pdm|pipenv|pixi)$/;
const actions = /^(?:install|add)$/;
/** Options of pip, uv and conda that take their value from the next word. */
const valued = /^(?:-[rciftCnpb]|--(?:requirement|requirements|constraint|index-url|extra-index-url|index|default-index|find-links|target|prefix|root|src|trusted-host|proxy|timeout|retries|python|upgrade-strategy|no-binary|only-binary|platform|python-version|python-platform|implementation|abi|progress-bar|log|cache-dir|global-option|config-settings?|config-setting|build-option|cert|client-cert|exists-action|report|channel|name|file|solver|group|extra|override|upgrade-package|reinstall-package|no-build-isolation-package|no-build-package|no-binary-package|only-binary-package|feature|environment|source|branch|tag|rev|marker))$/;
/**
* Reads what a shell command installs: `pip install x`, `python -m pip install x`, `uv pip install x`,
* `conda install x`, also behind `&&` and the escapes of IPython.
*
* @returns A package for each name, with the name's span; what is a URL or holds a variable is unclear; local
*   paths and files of requirements are left out. Empty where the command installs nothing.
*/
function installsOf(text, span) {
	const installs = [];
	let tool;
	let installing = false;
	let skip = false;
	for (const { kind, text: word, start } of words(text, span)) if (kind === "end") {
		tool = void 0;
		installing = false;
	} else if (kind === "redirection") skip = true;
	else if (skip) skip = false;
	else if (installing) {
		if (word.startsWith("-")) skip = valued.test(word);
		else installs.push(...requirement(text, word, start));
	} else if (installers.test(word.replace(/^[!%]+|^.*[\\/]/g, ""))) tool = word;
	else if (tool !== void 0 && actions.test(word)) installing = true;
	return installs;
}
/** Splits a command as a shell does, for as much as names of packages need. A comment ends it. */
function* words(text, { start, end }) {
	const expression = /([;|&\r\n]+|#.*)|(\d*[<>]+&?)|"([^"\r\n]*)"?|'([^'\r\n]*)'?|([^\s"';|&<>]+)/g;
	const command = text.slice(start, end).replace(/\\(\r\n?|\n)/g, (joined) => " ".repeat(joined.length));
	for (const { index, 1: stop, 2: redirection, 3: double, 4: single, 5: bare } of command.matchAll(expression)) {
		const quoted = double ?? single;
		if (stop !== void 0) yield {
			kind: "end",
			text: stop,
			start: start + index
		};
		else if (redirection !== void 0) yield {
			kind: "redirection",
			text: redirection,
			start: start + index
		};
		else if (quoted !== void 0) yield {
			kind: "word",
			text: quoted,
			start: start + index + 1
		};
		else if (bare !== void 0) yield {
			kind: "word",
			text: bare,
			start: start + index
		};
	}
}
function requirement(source, word, start) {
	const target = targetOf(word);
	if (target === void 0) return [];
	const length = target.kind === "package" ? target.name.length : word.length;
	const from = target.kind === "package" ? source.indexOf(target.name, start) : start;
	return [{
		kind: "static",
		target,
		span: {
			start: from,
			end: from + length
		},
		optional: false
	}];
}
/** @returns What a word of `pip install` names, or undefined for a local path. */
function targetOf(word) {
	if (/[${}]/.test(word)) return {
		kind: "unclear",
		expression: word
	};
	if (/^(?:[\w+.-]+:\/\/|git\+)/.test(word)) {
		const name = /[#&]egg=([\w.-]+)/.exec(word)?.[1];
		return name === void 0 ? {
			kind: "unclear",
			expression: word
		} : {
			kind: "package",
			name
		};
	}
	if (/^(?:\.|\/|~|[\w.-]+[\\/])|\.(?:whl|zip|tar\.gz)$/.test(word)) return void 0;
	const name = distributionName(word.replace(/^[\w.-]+::/, ""));
	return name === void 0 ? void 0 : {
		kind: "package",
		name
	};
}
// src/languages/python/logical-lines.ts
/**
* @returns The offset of the line break that ends the line at an offset, or the text's length. A backslash
*   at its end joins the next line.
*/
function lineEnd(text, from) {
	const breaks = /\r\n?|\n/g;
	breaks.lastIndex = from;
	for (let found = breaks.exec(text); found !== null; found = breaks.exec(text)) if (text.charAt(found.index - 1) !== "\\" || found.index === from) return found.index;
	return text.length;
}
/**
* @returns The offset behind Python's logical line that starts at an offset: behind the first line break
*   outside strings and brackets that no backslash joins
*   (https://docs.python.org/3/reference/lexical_analysis.html#logical-lines).
*/
function logicalLineEnd(text, from) {
	const pieces = /"""|'''|["'#([{)\]}]|\\(?:\r\n|[^])|\r\n?|\n/g;
	let depth = 0;
	pieces.lastIndex = from;
	for (let found = pieces.exec(text); found !== null; found = pieces.exec(text)) {
		const piece = found[0];
		if (/^["']/.test(piece)) pieces.lastIndex = stringEnd(text, pieces.lastIndex, piece);
		else if (piece === "#") pieces.lastIndex = commentEnd(text, pieces.lastIndex);
		else if (/^[([{]/.test(piece)) depth += 1;
		else if (/^[)\]}]/.test(piece)) depth = Math.max(0, depth - 1);
		else if (/^[\r\n]/.test(piece) && depth === 0) return pieces.lastIndex;
	}
	return text.length;
}
/** @returns The offset behind a string; one in single quotes also ends at the line's end. */
function stringEnd(text, from, quote) {
	const stops = quote.length === 3 ? /\\[^]|"""|'''/g : /\\(?:\r\n|[^])|["']|(?=[\r\n])/g;
	stops.lastIndex = from;
	for (let found = stops.exec(text); found !== null; found = stops.exec(text)) if (found[0] === quote || found[0] === "") return found.index + found[0].length;
	return text.length;
}
function commentEnd(text, from) {
	const line = /[\r\n]/g;
	line.lastIndex = from;
	return line.exec(text)?.index ?? text.length;
}
// src/languages/python/ipython.ts
/** Cell magics of IPython and of well-known extensions whose body is Python. */
const pythonMagics = /^(?:time|timeit|capture|prun|debug|memit|mprun|lprun|snakeviz|scalene|heat|skip|ipytest|pypy|python[23]?|px|local|wandb|script|writefile|file)$/;
/** Cell magics whose body is another language, markup, or text for a file. */
const foreignMagics = /^(?:!|bash|sh|zsh|cmd|powershell|pwsh|system|sx|html|HTML|svg|SVG|latex|markdown|javascript|js|css|perl|ruby|R|julia|octave|matlab|java|scala|cpp|cu|cuda|cython|fortran|rust|sql|sparksql|bigquery|bq|duckdb|kql|cypher|sparql|mermaid|graphviz|dot|configure|writetemplate|ai|chat)$/;
const shellMagics = /^(?:!|bash|sh|zsh|cmd|powershell|pwsh|system|sx|script)$/;
/** Line magics that run the Python behind them. */
const runsPython = /[ \t]*%(?:time|timeit|prun|memit|mprun|lprun|debug)(?=[ \t])(?:[ \t]+-\w+(?:[ \t]+\d+)?)*/y;
/** Help, a shell command, a line magic, or autocall (`/f`, `,f`, `;f`). */
const escape = /[ \t]*(?=[!%?,;/])/y;
const assignedEscape = /[ \t]*[\w.,*[\]'" \t]*=[ \t]*(?=[!%])/y;
const helpEscape = /[ \t]*(?=%{0,2}[\w.*[\]'"]+\?\??[ \t]*(?:[\r\n]|$(?![^])))/y;
/**
* Masks what IPython does not read as Python by text of the same length, so that offsets stay true, and reads
* what the masked commands install. Sources of other dialects come back as they are.
* Rules: https://ipython.readthedocs.io/en/stable/interactive/reference.html
*/
function pythonOf({ text, dialect }) {
	if (dialect !== "ipynb") return {
		text,
		installs: [],
		doubtful: false
	};
	const cell = /^\s*%%(!|[\w.]+)([^\r\n]*)/.exec(text);
	if (cell === null) return {
		...maskLines(text, 0),
		doubtful: false
	};
	const [{ length }, name = "", words = ""] = cell;
	if (isForeign(name, words)) {
		const installs = shellMagics.test(name) ? shellInstalls(text, length) : [];
		return {
			text: blanks(text.length),
			installs,
			doubtful: false
		};
	}
	return {
		...maskLines(text, length),
		doubtful: !pythonMagics.test(name)
	};
}
function isForeign(magic, words) {
	if (magic === "script") return !/\bpython/.test(words);
	if (magic === "writefile" || magic === "file") return !/\.py["']?[ \t]*$/.test(words);
	return foreignMagics.test(magic);
}
function shellInstalls(text, from) {
	const installs = [];
	for (let at = from; at < text.length;) {
		const end = Math.max(lineEnd(text, at), at + 1);
		installs.push(...installsOf(text, {
			start: at,
			end
		}));
		at = end;
	}
	return installs;
}
/** Masks everything before `from`, and behind it each logical line that starts with an escape. */
function maskLines(text, from) {
	const pieces = [blanks(from)];
	const installs = [];
	let kept = from;
	for (let at = from; at < text.length;) {
		const span = escapeAt(text, at);
		if (span === void 0) {
			at = logicalLineEnd(text, at);
			continue;
		}
		installs.push(...installsOf(text, span));
		pieces.push(text.slice(kept, span.start), mask(text, span));
		kept = span.end;
		at = text.charAt(span.start) === "%" && isPythonMagic(text, at) ? logicalLineEnd(text, kept) : kept;
	}
	pieces.push(text.slice(kept));
	return {
		text: pieces.join(""),
		installs
	};
}
/** @returns What of the logical line at an offset is an escape, or undefined where it is Python. */
function escapeAt(text, at) {
	const timed = prefixLength(runsPython, text, at);
	if (timed !== void 0) return {
		start: text.indexOf("%", at),
		end: at + timed
	};
	const prefix = prefixLength(escape, text, at) ?? prefixLength(assignedEscape, text, at) ?? prefixLength(helpEscape, text, at);
	if (prefix === void 0) return void 0;
	return {
		start: at + prefix,
		end: lineEnd(text, at + prefix)
	};
}
function isPythonMagic(text, at) {
	return prefixLength(runsPython, text, at) !== void 0;
}
function prefixLength(expression, text, at) {
	expression.lastIndex = at;
	return expression.exec(text)?.[0].length;
}
/** A command leaves an expression behind, because it may be all that a block or an assignment holds. */
function mask(text, { start, end }) {
	return isPythonMagic(text, start) ? blanks(end - start) : "0".padEnd(end - start);
}
function blanks(length) {
	return " ".repeat(length);
}
// src/languages/python/loader-tokens.ts
/** Names of loaders as whole words, but for those that a `def` gives to another function. */
const token = /(?:import_module|__import__|importorskip)(?!\w)(?<!(?:\w|\bdef[ \t\f]+)(?:import_module|__import__|importorskip))/g;
/** `__import__` has a fifth argument that makes the first one relative, so it may have only one here. */
const oneLiteral = /[ \t\f]*\([ \t\f\r\n]*(["'])([ !#-&(-[\]-~]+)\1[ \t\f\r\n]*([,)])/y;
/** `from importlib import import_module`, with other names or in brackets. */
const takenNames = /^[ \t\f]*from[ \t\f]+[\w.]+[ \t\f]+import[ \t\f]*(?:\([\s\w,]*\)|[ \t\f\w,]*)/gm;
const nextInBrackets = /\s*[,)]/y;
const nextInLine = /[ \t\f]*(?:[,;#\r\n]|$(?![^]))/y;
/**
* Characters that NFKC turns into small ASCII letters or `_`: to Python, `ｉmport_module` is `import_module`
* (https://docs.python.org/3/reference/lexical_analysis.html#identifiers).
*/
const disguise = /[\u00aa\u00ba\u0133\u0140\u0149\u017f\u01c6-\u01cc\u01f2\u01f3\u02b0-\u02e3\u1d43-\u1dbb\u1e9a\u2071-\u209c\u20a8\u2100-\u217f\u249c-\u24e9\u2c7c\u32cc-\u33ff\ufb00-\ufb06\ufe33-\ufe4f\uff3f-\uff5a\ud801\ud835]/;
/**
* Finds what may call, hand on or rename `importlib.import_module`, `__import__` or `pytest.importorskip`.
* Names that a `from` import takes without renaming them are left out.
*/
function loaderTokens(text) {
	const hidden = disguisedToken(text);
	if (!mentionsLoader(text)) return hidden;
	const lists = text.matchAll(takenNames);
	const tokens = [...hidden];
	let list = lists.next().value;
	for (const { index, 0: name } of text.matchAll(token)) {
		const end = index + name.length;
		while (list !== void 0 && list.index + list[0].length <= index) list = lists.next().value;
		if (!(list !== void 0 && list.index <= index && keepsItsName(list[0], text, end))) tokens.push(literalCall(text, name, end));
	}
	return tokens;
}
/** @returns Whether a text holds a loader's name at all. */
function mentionsLoader(text) {
	return text.includes("import_module") || text.includes("__import__") || text.includes("importorskip");
}
/** @returns Whether a character of the text may be part of a loader's name after NFKC. */
function mayDisguise(text) {
	return disguise.test(text);
}
/** @returns One token without a literal if a loader's name shows up only after NFKC. */
function disguisedToken(text) {
	if (!mayDisguise(text)) return [];
	const count = (of) => of.match(/import_module|__import__|importorskip/g)?.length ?? 0;
	return count(text.normalize("NFKC")) > count(text) ? [{
		specifier: null,
		start: 0
	}] : [];
}
/** @returns Whether the list of a `from` import goes on with another name or ends behind one that it holds. */
function keepsItsName(list, text, end) {
	const next = list.endsWith(")") ? nextInBrackets : nextInLine;
	next.lastIndex = end;
	return next.test(text);
}
function literalCall(text, name, end) {
	oneLiteral.lastIndex = end;
	const call = oneLiteral.exec(text);
	if (call === null || name === "__import__" && call[3] === ",") return {
		specifier: null,
		start: end
	};
	return {
		specifier: call[2] ?? "",
		start: end + call[0].indexOf(call[1] ?? "") + 1
	};
}
export { distributionName as a, withoutBlanks as c, pythonOf as i, mayDisguise as n, foreignEncoding as o, mentionsLoader as r, candidatesOf as s, loaderTokens as t };
