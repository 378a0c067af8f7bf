import { a as distributionName, c as withoutBlanks, i as pythonOf, n as mayDisguise, o as foreignEncoding, r as mentionsLoader, s as candidatesOf, t as loaderTokens } from "./loader-tokens-Bnc9pQ_K.js";
import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { Language, Parser } from "web-tree-sitter";
import { fileURLToPath } from "node:url";
// src/languages/python/contexts.ts
const topLevel = {
	typing: false,
	optional: false
};
/** What a handler must catch so that an absent module does no harm. */
const absence = /^(?:ImportError|ModuleNotFoundError|Exception|BaseException)$/;
/** @returns How a compound statement changes the context for each of its children. */
function contextWithin(parent, context) {
	switch (parent.type) {
		case "if_statement": return ifBranches(parent, context);
		case "elif_clause": {
			const typing = context.typing || isTypeChecking(parent.childForFieldName("condition"));
			return (child) => child.type === "block" ? {
				...context,
				typing
			} : context;
		}
		case "try_statement": {
			const handled = parent.namedChildren.some((clause) => clause.type === "except_clause" && handlesAbsence(clause));
			return (child) => child.type === "block" && handled ? {
				...context,
				optional: true
			} : context;
		}
		case "except_clause": return handlesAbsence(parent) ? () => ({
			...context,
			optional: true
		}) : () => context;
		case "with_statement": {
			const handled = suppressesAbsence(parent);
			return (child) => child.type === "block" && handled ? {
				...context,
				optional: true
			} : context;
		}
		case "function_definition":
		case "lambda": return () => ({
			...context,
			optional: false
		});
		default: return () => context;
	}
}
/** Folds the contexts of all ancestors, outermost first. */
function contextOf(node) {
	const path = [node];
	for (let parent = node.parent; parent !== null; parent = parent.parent) path.push(parent);
	let context = topLevel;
	for (let index = path.length - 1; index > 0; index -= 1) {
		const [parent, child] = [path[index], path[index - 1]];
		if (parent !== void 0 && child !== void 0) context = contextWithin(parent, context)(child);
	}
	return context;
}
/** The branches behind `if not TYPE_CHECKING` are what the type checker reads. */
function ifBranches(statement, context) {
	const condition = statement.childForFieldName("condition");
	const typing = context.typing || isTypeChecking(condition);
	const negated = [statement, ...statement.namedChildren.filter((child) => child.type === "elif_clause")].find((clause) => isNotTypeChecking(clause.childForFieldName("condition")));
	return (child) => {
		if (child.type === "block") return {
			...context,
			typing
		};
		return negated !== void 0 && child.startIndex > negated.startIndex && child.type.startsWith("el") ? {
			...context,
			typing: true
		} : context;
	};
}
function isTypeChecking(condition) {
	if (condition === null) return false;
	if (condition.type === "parenthesized_expression") return isTypeChecking(condition.namedChild(0));
	if (condition.type === "boolean_operator" && condition.childForFieldName("operator")?.type === "and") return ["left", "right"].some((side) => isTypeChecking(condition.childForFieldName(side)));
	return lastName(condition) === "TYPE_CHECKING";
}
function isNotTypeChecking(condition) {
	if (condition === null) return false;
	if (condition.type === "parenthesized_expression") return isNotTypeChecking(condition.namedChild(0));
	return condition.type === "not_operator" && isTypeChecking(condition.childForFieldName("argument"));
}
/** A bare `except:` handles everything. */
function handlesAbsence(clause) {
	const caught = clause.namedChildren.filter((child) => child.type !== "block" && child.type !== "comment");
	return caught.length === 0 || caught.some(namesAbsence);
}
/** `contextlib.suppress(ImportError)`. */
function suppressesAbsence(statement) {
	return (statement.namedChildren.find((child) => child.type === "with_clause")?.namedChildren ?? []).some((item) => {
		const value = item.childForFieldName("value");
		const call = value?.type === "as_pattern" ? value.namedChild(0) : value;
		if (call?.type !== "call" || lastName(call.childForFieldName("function")) !== "suppress") return false;
		return (call.childForFieldName("arguments")?.namedChildren ?? []).some(namesAbsence);
	});
}
function namesAbsence(types) {
	if (types.type === "tuple" || types.type === "parenthesized_expression") return types.namedChildren.some(namesAbsence);
	const type = types.type === "as_pattern" ? types.namedChild(0) : types;
	if (type === null) return false;
	return type.equals(types) ? absence.test(lastName(type) ?? "") : namesAbsence(type);
}
/** @returns `c` of `a.b.c`. */
function lastName(expression) {
	if (expression?.type === "identifier") return expression.text.normalize("NFKC");
	if (expression?.type !== "attribute") return void 0;
	return expression.childForFieldName("attribute")?.text.normalize("NFKC");
}
// src/languages/python/grammar.ts
/**
* @returns The path of the Python grammar's WebAssembly: beside the bundle (`dist/`, seen from
*   `dist/chunks/`) where the tool is built, else in the package `tree-sitter-python`.
*/
function grammarPath() {
	const bundled = fileURLToPath(new URL("../tree-sitter-python.wasm", import.meta.url));
	if (existsSync(bundled)) return bundled;
	return createRequire(import.meta.url).resolve("tree-sitter-python/tree-sitter-python.wasm");
}
// src/languages/python/import-nodes.ts
/**
* Reads an `import` or `from … import` statement: one import for each module, `*` among the names for a
* wildcard. Names compare after NFKC (PEP 3131), spans cover what is written.
*/
function importsOf$1({ node: statement, context }) {
	const { optional } = context;
	const kind = context.typing ? "type" : "static";
	const names = statement.childrenForFieldName("name").filter((child) => !child.isMissing && child.text !== "");
	if (statement.type === "import_statement") return names.map(nameOf).map((module) => {
		const specifier = dotted(module);
		return {
			kind,
			target: {
				kind: "literal",
				specifier,
				names: []
			},
			span: spanOf(module),
			optional
		};
	});
	const module = moduleOf(statement);
	if (module === void 0) return [];
	const imported = statement.namedChildren.some((child) => child.type === "wildcard_import") ? statement.namedChildren.filter((child) => child.type === "wildcard_import") : names.map(nameOf);
	return [{
		kind,
		target: {
			kind: "literal",
			specifier: module.specifier,
			names: imported.map(importedName)
		},
		span: module.span,
		optional
	}];
}
/** What a `from` import takes its names from; dots of a relative import stay in front. */
function moduleOf(statement) {
	if (statement.type === "future_import_statement") {
		const module = statement.children.find((child) => child.type === "__future__");
		return module === void 0 ? void 0 : {
			specifier: "__future__",
			span: spanOf(module)
		};
	}
	const module = statement.childForFieldName("module_name");
	if (module === null) return void 0;
	if (module.type !== "relative_import") return {
		specifier: dotted(module),
		span: spanOf(module)
	};
	const [prefix, path] = module.namedChildren.filter((child) => child.type !== "comment");
	return {
		specifier: (prefix?.text ?? "").replace(/[^.]/g, "") + (path === void 0 ? "" : dotted(path)),
		span: spanOf(module)
	};
}
/** @returns The name itself of `name as alias`. */
function nameOf(name) {
	return name.type === "aliased_import" ? name.childForFieldName("name") ?? name : name;
}
function importedName(name) {
	return {
		name: name.type === "wildcard_import" ? "*" : dotted(name),
		span: spanOf(name)
	};
}
function dotted(name) {
	return name.namedChildren.filter((child) => child.type === "identifier").map((child) => child.text.normalize("NFKC")).join(".");
}
function spanOf({ startIndex, endIndex }) {
	return {
		start: startIndex,
		end: endIndex
	};
}
// src/languages/python/lenient.ts
/**
* Reads everything in a text that looks like an import, without regard to what surrounds it. This is how
* imports are found where the grammar gives up. The text's line ends are `\n` or `\r\n`.
*/
function possibleImports(text) {
	const possible = [];
	const joined = text.replace(/\\\r?\n/g, (line) => " ".repeat(line.length));
	let read = 0;
	for (const candidate of candidatesOf(joined)) {
		const names = candidate.keyword === "from" ? namesRegion(joined, candidate.end, candidate.offset < read) : "";
		read = Math.max(read, candidate.end + names.length);
		possible.push(...importsOf(candidate, names));
	}
	for (const { specifier, start } of loaderTokens(text)) {
		if (specifier === null) continue;
		const target = {
			kind: "literal",
			specifier,
			names: []
		};
		const span = {
			start,
			end: start + specifier.length
		};
		possible.push({
			kind: "dynamic",
			target,
			span,
			optional: false
		});
	}
	return possible;
}
const bracketed = /[ \t\f\v]*\((?:[^()#;]+|#[^\r\n]*)*/y;
const inLine = /[^\r\n#;()]*/y;
/**
* The text that holds the names of a `from` import. Within another statement's region it ends with the line,
* so that no part of the text is read more than twice.
*/
function namesRegion(text, from, within) {
	for (const region of within ? [inLine] : [bracketed, inLine]) {
		region.lastIndex = from;
		const found = region.exec(text);
		if (found !== null) return found[0];
	}
	return "";
}
function importsOf(candidate, region) {
	const names = namesIn(region, candidate.end);
	return candidate.modules.map((module) => {
		return {
			kind: "static",
			target: {
				kind: "literal",
				specifier: withoutBlanks(module.text).normalize("NFKC"),
				names
			},
			span: module.span,
			optional: false
		};
	});
}
/** `a as b` gives the name `a`. */
function namesIn(region, start) {
	return [...region.replace(/#[^\r\n]*/g, (skipped) => " ".repeat(skipped.length)).matchAll(/([^\s,()]+)(?:\s+as\s+[^\s,()]+)?/g)].map(({ index, 1: name = "" }) => ({
		name: name.normalize("NFKC"),
		span: {
			start: start + index,
			end: start + index + name.length
		}
	}));
}
// src/languages/python/strings.ts
/**
* Evaluates a string literal as CPython does: prefixes, escapes, adjacent literals, brackets around them
* (https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals).
*
* @returns undefined where the expression is no string literal, or one whose value takes more than the text:
*   an interpolation, `\N{…}`, bytes.
*/
function literalOf(expression) {
	if (expression.type === "parenthesized_expression") {
		const inner = expression.namedChildren.filter((child) => child.type !== "comment");
		return inner.length === 1 && inner[0] !== void 0 ? literalOf(inner[0]) : void 0;
	}
	if (expression.type === "string") return stringLiteral(expression);
	if (expression.type !== "concatenated_string") return void 0;
	const parts = expression.namedChildren.filter((child) => child.type === "string").map(stringLiteral);
	const values = parts.flatMap((part) => part?.value ?? []);
	const [first, last] = [parts[0], parts.at(-1)];
	if (first === void 0 || last === void 0 || values.length < parts.length) return void 0;
	return {
		value: values.join(""),
		span: {
			start: first.span.start,
			end: last.span.end
		}
	};
}
function stringLiteral(string) {
	const written = /^([a-z]*)("""|'''|"|')([^]*)\2$/i.exec(string.text);
	if (written === null || string.namedChildren.some((child) => child.type === "interpolation")) return;
	const [, prefix = "", quote = "", body = ""] = written;
	const start = string.startIndex + prefix.length + quote.length;
	const value = valueOf(body.replace(/\r\n?/g, "\n"), prefix.toLowerCase());
	return value === void 0 ? void 0 : {
		value,
		span: {
			start,
			end: start + body.length
		}
	};
}
function valueOf(body, prefix) {
	if (/[bt]/.test(prefix)) return void 0;
	const text = prefix.includes("f") ? body.replace(/\{\{|\}\}/g, (brace) => brace.charAt(0)) : body;
	return prefix.includes("r") ? text : unescape(text);
}
const simpleEscapes = /* @__PURE__ */ new Map([
	["\n", ""],
	["\\", "\\"],
	["'", "'"],
	["\"", "\""],
	["a", "\x07"],
	["b", "\b"],
	["f", "\f"],
	["n", "\n"],
	["r", "\r"],
	["t", "	"],
	["v", "\v"]
]);
/** @returns undefined for `\N{…}`, whose names this tool does not know, and for escapes that Python refuses. */
function unescape(text) {
	const unknown = [];
	const value = text.replace(/\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([^]))/g, (whole, octal, ...rest) => {
		const [hex2, hex4, hex8, other = ""] = rest;
		const hex = hex2 ?? hex4 ?? hex8 ?? "";
		const code = octal === void 0 ? Number.parseInt(hex, 16) : Number.parseInt(octal, 8);
		if (!Number.isNaN(code) && code <= 1114111) return String.fromCodePoint(code);
		if (other === "" || /[NxuU]/.test(other)) unknown.push(whole);
		return simpleEscapes.get(other) ?? whole;
	});
	return unknown.length === 0 ? value : void 0;
}
// src/languages/python/loaders.ts
/** The functions that import what their first argument names, by the modules that provide them. */
const loaders = /* @__PURE__ */ new Map([
	["importlib", /* @__PURE__ */ new Set(["import_module", "__import__"])],
	["builtins", /* @__PURE__ */ new Set(["__import__"])],
	["__builtin__", /* @__PURE__ */ new Set(["__import__"])],
	["__builtins__", /* @__PURE__ */ new Set(["__import__"])],
	["pytest", /* @__PURE__ */ new Set(["importorskip"])]
]);
/**
* Reads the calls of `importlib.import_module`, `__import__` and `pytest.importorskip` in a tree, under any
* name that the file's imports and assignments give them. `importlib`, `builtins` and `pytest` mean
* themselves even where the file does not import them; in a notebook so do the bare functions, which another
* cell may have imported.
*/
function loaderCalls(root, dialect) {
	const bindings = bindingsOf(root, dialect);
	return root.descendantsOfType("call").flatMap((call) => {
		const loader = loaderOf(call.childForFieldName("function"), bindings);
		return loader === void 0 ? [] : loaded(call, loader);
	});
}
function bindingsOf(root, dialect) {
	const bindings = {
		modules: new Map([...loaders.keys()].map((name) => [name, name])),
		functions: new Map(["__import__", ...dialect === "ipynb" ? ["import_module", "importorskip"] : []].map((name) => [name, name]))
	};
	for (const statement of root.descendantsOfType(["import_statement", "import_from_statement"])) if (statement.type === "import_statement") bindModules(statement, bindings);
	else bindFunctions(statement, bindings);
	for (const assignment of root.descendantsOfType("assignment")) bindAssigned(assignment, bindings);
	return bindings;
}
/** `import importlib as il`. */
function bindModules(statement, { modules }) {
	for (const name of statement.childrenForFieldName("name")) {
		const module = plain(name.childForFieldName("name"));
		const alias = plain(name.childForFieldName("alias"));
		if (loaders.has(module) && alias !== "") modules.set(alias, module);
	}
}
/** `from importlib import import_module as im`, `from importlib import *`. */
function bindFunctions(statement, { functions }) {
	const provided = loaders.get(plain(statement.childForFieldName("module_name")));
	if (provided === void 0) return;
	if (statement.namedChildren.some((child) => child.type === "wildcard_import")) for (const name of provided) functions.set(name, name);
	for (const child of statement.childrenForFieldName("name")) {
		const name = plain(child.childForFieldName("name") ?? child);
		if (provided.has(name)) functions.set(plain(child.childForFieldName("alias") ?? child), name);
	}
}
/** `load = importlib.import_module`. */
function bindAssigned(assignment, bindings) {
	const left = assignment.childForFieldName("left");
	let value = assignment.childForFieldName("right");
	while (value?.type === "assignment") value = value.childForFieldName("right");
	const loader = loaderOf(value, bindings);
	if (loader !== void 0 && left?.type === "identifier") bindings.functions.set(plain(left), loader);
}
function loaderOf(expression, { modules, functions }) {
	if (expression?.type === "identifier") return functions.get(plain(expression));
	if (expression?.type !== "attribute") return void 0;
	const object = expression.childForFieldName("object");
	const module = object?.type === "identifier" ? modules.get(plain(object)) : void 0;
	const name = plain(expression.childForFieldName("attribute"));
	return module !== void 0 && loaders.get(module)?.has(name) === true ? name : void 0;
}
function plain(name) {
	return (name?.text ?? "").replace(/\s+/g, "").normalize("NFKC");
}
/** @returns The import of one call; none where it has no argument, or an empty one, which Python refuses. */
function loaded(call, loader) {
	const list = call.childForFieldName("arguments");
	if (list === null) return [];
	const given = list.type === "argument_list" ? list.namedChildren.filter(isArgument) : [list];
	const named = (name) => given.find((argument) => plain(argument.childForFieldName("name")) === name)?.childForFieldName("value");
	const positional = given.filter((argument) => !/^(?:keyword_argument|dictionary_splat)$/.test(argument.type));
	const first = positional[0] ?? named(loader === "importorskip" ? "modname" : "name") ?? given.find((argument) => argument.type === "dictionary_splat");
	if (first === void 0) return [];
	const optional = contextOf(call).optional || loader === "importorskip";
	const literal = literalOf(first);
	if (literal === void 0) {
		const span = {
			start: first.startIndex,
			end: first.endIndex
		};
		return [{
			kind: "dynamic",
			target: {
				kind: "unclear",
				expression: first.text
			},
			span,
			optional
		}];
	}
	if (literal.value === "") return [];
	const dots = loader === "__import__" ? levelOf(positional[4] ?? named("level")) : 0;
	return [{
		kind: "dynamic",
		target: {
			kind: "literal",
			specifier: ".".repeat(dots) + literal.value,
			names: []
		},
		span: literal.span,
		optional
	}];
}
function isArgument(child) {
	return child.type !== "comment" && child.type !== "line_continuation" && !child.isError;
}
/** The fifth argument of `__import__`: how many dots a relative import would have. */
function levelOf(argument) {
	const level = argument?.type === "integer" ? Number(argument.text) : 0;
	return Number.isSafeInteger(level) && level > 0 && level < 100 ? level : 0;
}
// src/languages/python/repairs.ts
/**
* Ways to read a text that the grammar rejects, most specific first. Each is a text of the same length in
* which something that is no Python 3 stands masked; the caller takes the first one that parses.
*/
function repairsOf(text) {
	const dialect = lazyImports(execStatements(text));
	return [dialect, templateTags(dialect)].filter((repaired, index, all) => repaired !== (all[index - 1] ?? text));
}
/**
* Python 2's `exec code in scope` (https://docs.python.org/2/reference/simple_stmts.html#exec): the grammar
* knows it with a string or a name only. As `not  code in scope` it is an expression.
*/
function execStatements(text) {
	return text.replace(/(^[ \t]*|[;:][ \t]+)exec(?=[ \t]+[\w"'])/gm, (_, before) => `${before}not `);
}
/** `lazy import x` (PEP 810): the statement stays where it is, behind an empty one. */
function lazyImports(text) {
	return text.replace(/(^[ \t\f]*|[;:][ \t]+)lazy(?=[ \t]+(?:import|from)[ \t])/gm, (_, before) => `${before}0;  `);
}
/** Templates of Jinja (cookiecutter, ansible, copier): a value stands for a name, a tag for nothing. */
function templateTags(text) {
	if (!/\{[{%#]/.test(text)) return text;
	return text.replace(/\{\{[^{}\r\n]*\}\}/g, (tag) => "_".repeat(tag.length)).replace(/(^[ \t]*)(\{[%#][^{}\r\n]*[%#]\})(?=[ \t]*[^\s{])/gm, (_, before, tag) => {
		return before + "0;".padEnd(tag.length);
	}).replace(/\{[%#][^{}\r\n]*[%#]\}/g, (tag) => " ".repeat(tag.length));
}
// ../main/node_modules/smol-toml/dist/error.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function getLineColFromPtr(string, ptr) {
	let lines = string.slice(0, ptr).split(/\r?\n/);
	return [lines.length, lines.pop().length + 1];
}
function makeCodeBlock(string, line, column) {
	let lines = string.split(/\r?\n/);
	let codeblock = "";
	let numberLen = (Math.log10(line + 1) | 0) + 1;
	for (let i = line - 1; i <= line + 1; i++) {
		let l = lines[i - 1];
		if (!l) continue;
		codeblock += i.toString().padEnd(numberLen, " ");
		codeblock += ":  ";
		codeblock += l;
		codeblock += "\n";
		if (i === line) {
			codeblock += " ".repeat(numberLen + column + 2);
			codeblock += "^\n";
		}
	}
	return codeblock;
}
var TomlError = class TomlError extends Error {
	line;
	column;
	codeblock;
	constructor(message, options) {
		const [line, column] = getLineColFromPtr(options.toml, options.ptr);
		const codeblock = makeCodeBlock(options.toml, line, column);
		super(`Invalid TOML document: ${message}\n\n${codeblock}`, options);
		this.line = line;
		this.column = column;
		this.codeblock = codeblock;
	}
	/** @internal */
	static x(message, ctx, ptr) {
		throw new TomlError(message, {
			toml: ctx.s,
			ptr: ptr ?? ctx.p
		});
	}
};
// ../main/node_modules/smol-toml/dist/primitive.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
/** @internal */
function parseString(ctx) {
	let startPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p++);
	let first = c;
	let isLiteral = c === 39;
	let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
	if (isMultiline) {
		if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 10) ctx.p++;
		else if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) ctx.p += 2;
	}
	let parsed = "";
	let sliceStart = ctx.p;
	let state = 0;
	for (; ctx.p < ctx.s.length; ctx.p++) {
		c = ctx.s.charCodeAt(ctx.p);
		if (isMultiline && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)) state = state && 3;
		else if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in strings", ctx);
		else if ((!state || state === 3) && c === first && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first && ctx.s.charCodeAt(ctx.p + 2) === first)) {
			if (isMultiline) {
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
			}
			if (!state) {
				let s = ctx.s.slice(sliceStart, ctx.p);
				parsed = parsed ? parsed + s : s;
			}
			ctx.p += isMultiline ? 3 : 1;
			return parsed;
		} else if (!state) {
			if (!isLiteral && c === 92) {
				parsed += ctx.s.slice(sliceStart, sliceStart = ctx.p);
				state = 1;
			}
		} else if (state === 1) {
			if (c === 120 || c === 117 || c === 85) {
				let errPtr = ctx.p++ - 1;
				let value = 0;
				let len = c === 120 ? 2 : c === 117 ? 4 : 8;
				for (let j = 0; j < len; j++, ctx.p++) {
					let hex = ctx.s.charCodeAt(ctx.p);
					let digit = hex >= 48 && hex <= 57 ? hex - 48 : hex >= 65 && hex <= 70 ? hex - 65 + 10 : hex >= 97 && hex <= 102 ? hex - 97 + 10 : -1;
					if (digit < 0) TomlError.x("invalid non-hex character in unicode escape", ctx);
					value = value << 4 | digit;
				}
				if (value < 0 || value > 1114111 || value >= 55296 && value <= 57343) TomlError.x("invalid unicode escape", ctx, errPtr);
				parsed += String.fromCodePoint(value);
				sliceStart = ctx.p--;
				state = 0;
			} else if (isMultiline && (c === 32 || c === 9)) state = 2;
			else {
				if (c === 98) parsed += "\b";
				else if (c === 116) parsed += "	";
				else if (c === 110) parsed += "\n";
				else if (c === 102) parsed += "\f";
				else if (c === 114) parsed += "\r";
				else if (c === 101) parsed += "\x1B";
				else if (c === 34) parsed += "\"";
				else if (c === 92) parsed += "\\";
				else TomlError.x("unrecognised escape sequence", ctx);
				sliceStart = ctx.p + 1;
				state = 0;
			}
		} else if (c !== 32 && c !== 9) {
			if (state === 2) TomlError.x("invalid escape: only line-ending whitespace may be escaped", ctx, sliceStart);
			state = !isLiteral && c === 92 ? 1 : 0;
			sliceStart = ctx.p;
		}
	}
	TomlError.x("unfinished string", ctx, startPtr);
}
// ../main/node_modules/smol-toml/dist/date.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
let DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
var TomlDate = class TomlDate extends Date {
	#hasDate = false;
	#hasTime = false;
	#offset = null;
	constructor(date, fasttype, unsafeDelim) {
		let hasDate = true;
		let hasTime = true;
		let offset = "Z";
		let c;
		if (typeof date === "string") {
			if (fasttype) prep: {
				if (fasttype < 3) {
					if (+date.slice(11, 13) > 23) {
						date = "";
						break prep;
					}
					if (fasttype === 2) {
						offset = null;
						date += "Z";
					} else if ((c = date.charCodeAt(date.length - 1)) !== 90 && c !== 122) offset = date.slice(date.length - 6);
					if (unsafeDelim) date = date.slice(0, 10) + "T" + date.slice(11);
				} else if (fasttype === 4) date = +date.slice(0, 2) > 23 ? "" : `0000-01-01T${date}Z`;
				hasDate = fasttype !== 4;
				hasTime = fasttype !== 3;
			}
			else {
				let match = date.match(DATE_TIME_RE);
				if (match) {
					if (!match[1]) {
						hasDate = false;
						date = `0000-01-01T${date}`;
					}
					hasTime = !!match[2];
					hasTime && date[10] === " " && (date = date.replace(" ", "T"));
					if (match[2] && +match[2] > 23) date = "";
					else {
						offset = match[3] || null;
						if (!offset && hasTime) date += "Z";
					}
				} else date = "";
			}
		}
		super(date);
		if (!isNaN(this.getTime())) {
			this.#hasDate = hasDate;
			this.#hasTime = hasTime;
			this.#offset = offset;
		}
	}
	isDateTime() {
		return this.#hasDate && this.#hasTime;
	}
	isLocal() {
		return !this.#hasDate || !this.#hasTime || !this.#offset;
	}
	isDate() {
		return this.#hasDate && !this.#hasTime;
	}
	isTime() {
		return this.#hasTime && !this.#hasDate;
	}
	isValid() {
		return this.#hasDate || this.#hasTime;
	}
	toISOString() {
		let iso = super.toISOString();
		if (this.isDate()) return iso.slice(0, 10);
		if (this.isTime()) return iso.slice(11, 23);
		if (this.#offset === null) return iso.slice(0, -1);
		if (this.#offset === "Z" || this.#offset === "z") return iso;
		let offset = +this.#offset.slice(1, 3) * 60 + +this.#offset.slice(4, 6);
		offset = this.#offset[0] === "-" ? offset : -offset;
		return (/* @__PURE__ */ new Date(this.getTime() - offset * 6e4)).toISOString().slice(0, -1) + this.#offset;
	}
	static wrapAsOffsetDateTime(jsDate, offset = "Z") {
		let date = new TomlDate(jsDate);
		date.#offset = offset;
		return date;
	}
	static wrapAsLocalDateTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#offset = null;
		return date;
	}
	static wrapAsLocalDate(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasTime = false;
		date.#offset = null;
		return date;
	}
	static wrapAsLocalTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasDate = false;
		date.#offset = null;
		return date;
	}
};
// ../main/node_modules/smol-toml/dist/extract.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function isDigit(char, base = 10) {
	return base === 16 ? char > 47 && char < 58 || char > 64 && char < 71 || char > 96 && char < 103 : char > 47 && char < 48 + base;
}
function isEndOfValue(char, delim) {
	return char === 32 || char === 9 || char === 10 || char === 13 || delim && (char === delim || char === 44) || char === 35;
}
/** @internal */
function extractValue(ctx, end) {
	let errPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p);
	if (c === 91 || c === 123) {
		ctx.d-- || TomlError.x("document contains excessively nested structures. aborting.", ctx);
		let value = c === 91 ? parseArray(ctx) : parseInlineTable(ctx);
		ctx.d++;
		return value;
	}
	if (c === 34 || c === 39) return parseString(ctx);
	if (c === 116) {
		if (ctx.s.charCodeAt(++ctx.p) !== 114 || ctx.s.charCodeAt(++ctx.p) !== 117 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, true;
	}
	if (c === 102) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 108 || ctx.s.charCodeAt(++ctx.p) !== 115 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, false;
	}
	if (c === 43 || c === 45) return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 44 - c, end);
	if (ctx.s.charCodeAt(ctx.p + 4) === 45 && ctx.s.charCodeAt(ctx.p + 7) === 45) return parseDate(ctx, c, end);
	if (ctx.s.charCodeAt(ctx.p + 2) === 58) return parseTime(ctx, c, end);
	return parseNumber(ctx, ctx.p, c, 0, end);
}
function parseNumber(ctx, startPtr, startChr, sign, endChr) {
	let c = startChr;
	let state = 0;
	let hasUnderscores = false;
	if (c === 105) {
		if (ctx.s.charCodeAt(++ctx.p) !== 110 || ctx.s.charCodeAt(++ctx.p) !== 102) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, (sign || 1) / 0;
	}
	if (c === 110) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 110) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, NaN;
	}
	if (c === 48) {
		if (++ctx.p >= ctx.s.length || isEndOfValue(c = ctx.s.charCodeAt(ctx.p), endChr)) return ctx.bi === true ? 0n : 0;
		if (!sign) {
			if (c === 120) return parseIntegerBaseN(ctx, startPtr, 16, endChr);
			else if (c === 98) return parseIntegerBaseN(ctx, startPtr, 2, endChr);
			else if (c === 111) return parseIntegerBaseN(ctx, startPtr, 8, endChr);
		}
		if (c === 46) state = 2;
		else if (c === 101 || c === 69) state = 4;
		else TomlError.x("illegal leading zero", ctx, startPtr);
	} else if (!isDigit(c)) TomlError.x("invalid value", ctx, startPtr);
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
		if (!state) state = 1;
		if (c === 95) {
			if (!(state & 1)) TomlError.x("illegal underscore", ctx);
			state += 11;
			hasUnderscores = true;
		} else if (state === 1 && c === 46) state = 2;
		else if ((state === 1 || state === 3) && (c === 101 || c === 69)) state = 4;
		else if (state === 4 && (c === 43 || c === 45)) state = 6;
		else if (!isDigit(c)) TomlError.x(`illegal character in numeric literal`, ctx);
		else if (state > 9) state -= 11;
		else if (!(state & 1)) state++;
	}
	if (!state) {
		let val = (startChr - 48) * (sign || 1);
		return ctx.bi === true ? BigInt(val) : val;
	}
	if (!(state & 1)) TomlError.x("unfinished numeric value", ctx, startPtr);
	let str = ctx.s.slice(startPtr, ctx.p);
	if (hasUnderscores) str = str.replaceAll("_", "");
	return state > 1 ? parseFloat(str) : parseInteger(ctx, str, 10, startPtr);
}
function parseIntegerBaseN(ctx, startPtr, base, endChr) {
	let c, underscore = 1;
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) if (c === 95) {
		if (underscore & 1) TomlError.x("illegal underscore", ctx);
		underscore = 3;
	} else if (!isDigit(c, base)) TomlError.x(`illegal character in numeric literal`, ctx);
	else if (underscore & 1) underscore--;
	if (underscore & 1) TomlError.x("unfinished numeric value", ctx);
	let str = ctx.s.slice(startPtr + 2, ctx.p);
	if (underscore) str = str.replaceAll("_", "");
	return parseInteger(ctx, str, base, startPtr);
}
function parseInteger(ctx, str, base, startPtr) {
	if (ctx.bi !== true) int: {
		let val = parseInt(str, base);
		if (!Number.isSafeInteger(val)) {
			if (ctx.bi) break int;
			TomlError.x("integer value cannot be represented losslessly", ctx, startPtr);
		}
		return val;
	}
	return base === 10 ? BigInt(str) : BigInt((base === 2 ? "0b" : base === 8 ? "0o" : "0x") + str);
}
function parseDate(ctx, c, endChr) {
	let startPtr = ctx.p++, unsafeSeparator;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++))) return parseNumber(ctx, ctx.p = startPtr, c, 0, endChr);
	ctx.p += 5;
	if (!isDigit(ctx.s.charCodeAt(ctx.p++))) TomlError.x("invalid date-time: date part is malformed", ctx, startPtr);
	if (ctx.p >= ctx.s.length || ((c = ctx.s.charCodeAt(ctx.p)) !== 32 || (unsafeSeparator = true, !isDigit(ctx.s.charCodeAt(ctx.p + 1)))) && c !== 84 && c !== 116) return readDate(ctx, ctx.s.slice(startPtr, ctx.p), 3, false, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) !== 58) TomlError.x("invalid date-time: time part is malformed", ctx, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	if (c = ctx.s.charCodeAt(ctx.p)) {
		if (c === 90 || c === 122) return readDate(ctx, ctx.s.slice(startPtr, ++ctx.p), 1, unsafeSeparator, startPtr, "[+00:00]");
		if (c === 43 || c === 45) return readDate(ctx, ctx.s.slice(startPtr, ctx.p += 6), 1, unsafeSeparator, startPtr, !ctx.ld && "[" + ctx.s.slice(ctx.p - 6, ctx.p) + "]");
	}
	return readDate(ctx, ctx.s.slice(startPtr, ctx.p), 2, unsafeSeparator, startPtr);
}
function parseTime(ctx, c, endChr) {
	let start = ctx.p;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(++ctx.p))) return parseNumber(ctx, --ctx.p, c, 0, endChr);
	if (ctx.s.charCodeAt(ctx.p += 4) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	return readDate(ctx, ctx.s.slice(start, ctx.p), 4, false, start);
}
function readDate(ctx, str, type, unsafeDelim, errPtr, temporalSuffix) {
	if (ctx.ld) {
		let date = new TomlDate(str, type, unsafeDelim);
		if (!date.isValid()) TomlError.x("invalid date", ctx, errPtr);
		return date;
	}
	try {
		if (temporalSuffix) str += temporalSuffix;
		switch (type) {
			case 1: return Temporal.ZonedDateTime.from(str);
			case 2: return Temporal.PlainDateTime.from(str);
			case 3: return Temporal.PlainDate.from(str);
			case 4: return Temporal.PlainTime.from(str);
		}
	} catch (e) {
		TomlError.x(e instanceof Error ? e.message : "" + e, ctx, errPtr);
	}
}
// ../main/node_modules/smol-toml/dist/util.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
/** @internal */
function skipComment(ctx) {
	for (; ctx.p < ctx.s.length; ctx.p++) {
		let c = ctx.s.charCodeAt(ctx.p);
		if (c === 10) break;
		if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) {
			ctx.p++;
			break;
		}
		if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in comments", ctx);
	}
}
/** @internal */
function skipVoid(ctx, banNewLines, banComments) {
	let c;
	while (ctx.p < ctx.s.length) {
		while (ctx.p < ctx.s.length && ((c = ctx.s.charCodeAt(ctx.p)) === 32 || c === 9 || !banNewLines && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10))) ctx.p++;
		if (banComments || c !== 35) break;
		skipComment(ctx);
	}
}
// ../main/node_modules/smol-toml/dist/struct.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
/** @internal */
function parseKey(ctx, end = 61) {
	let startPtr;
	let state = 0;
	let parsed = [];
	let sliceStart;
	let c = ctx.s.charCodeAt(startPtr = ctx.p);
	do
		if (c === end) {
			if (!state) TomlError.x("unexpected end of key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			return ctx.p++, parsed;
		} else if (c === 46) {
			if (!state) TomlError.x("illegal empty bare key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			state = 0;
		} else if (!state && (c === 34 || c === 39)) {
			if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2)) TomlError.x("illegal quoted key: multiline strings are not allowed", ctx);
			parsed.push(parseString(ctx));
			state = 2;
			ctx.p--;
		} else if (c === 32 || c === 9) {
			if (state === 1) {
				parsed.push(ctx.s.slice(sliceStart, ctx.p));
				state = 2;
			}
		} else if (state === 2 || c < 48 && c !== 45 || c > 57 && c < 65 || c > 90 && c < 97 && c !== 95 || c > 122) TomlError.x("illegal character in key", ctx);
		else if (!state) {
			state = 1;
			sliceStart = ctx.p;
		}
	while (c = ctx.s.charCodeAt(++ctx.p));
	TomlError.x("incomplete key-value: cannot find end of key", ctx, startPtr);
}
/** @internal */
function parseInlineTable(ctx) {
	let startPtr = ctx.p++;
	let res = Object.create(null);
	let seen = /* @__PURE__ */ new Set();
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 125) {
			ctx.p++;
			return res;
		}
		let k;
		let t = res;
		let hasOwn = false;
		let errPtr = ctx.p;
		let key = parseKey(ctx);
		for (let i = 0; i < key.length; i++) {
			if (i) t = hasOwn ? t[k] : t[k] = Object.create(null);
			k = key[i];
			if ((hasOwn = Object.hasOwn(t, k)) && (typeof t[k] !== "object" || seen.has(t[k]))) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) {
				t = ctx.uk !== 1 && TomlError.x("document contains an unsafe property", ctx, errPtr);
				break;
			}
			if (!hasOwn && unsafe) Object.defineProperty(t, k, {
				enumerable: true,
				configurable: true,
				writable: true
			});
		}
		if (hasOwn) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
		skipVoid(ctx, true, true);
		let value = extractValue(ctx, 125);
		if (t && typeof (t[k] = value) === "object") seen.add(value);
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 125) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished table", ctx, startPtr);
}
/** @internal */
function parseArray(ctx) {
	let startPtr = ctx.p++;
	let res = [];
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 93) {
			ctx.p++;
			return res;
		}
		res.push(extractValue(ctx, 93));
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 93) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished array", ctx, startPtr);
}
// ../main/node_modules/smol-toml/dist/parse.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function peekTable(ctx, key, table, meta, type) {
	let t = table;
	let m = meta;
	let k;
	let hasOwn = false;
	let state;
	for (let i = 0; i < key.length; i++) {
		if (i) {
			t = hasOwn ? t[k] : t[k] = Object.create(null);
			m = (state = m[k]).c;
			if (type === 0 && (state.t === 1 || state.t === 2)) return null;
			if (state.t === 2) {
				let l = t.length - 1;
				t = t[l];
				m = m[l].c;
			}
		}
		k = key[i];
		if ((hasOwn = Object.hasOwn(t, k)) && m[k]?.t === 0 && m[k]?.d) return null;
		if (!hasOwn) {
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) return false;
			if (unsafe) {
				Object.defineProperty(t, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
				Object.defineProperty(m, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
			}
			m[k] = {
				t: i < key.length - 1 && type === 2 ? 3 : type,
				d: false,
				i: 0,
				c: Object.create(null)
			};
		}
	}
	state = m[k];
	if (state.t !== type && !(type === 1 && state.t === 3)) return null;
	if (type === 2) {
		if (!state.d) {
			state.d = true;
			t[k] = [];
		}
		t[k].push(t = Object.create(null));
		state.c[state.i++] = state = {
			t: 1,
			d: false,
			i: 0,
			c: Object.create(null)
		};
	}
	if (state.d) return null;
	state.d = true;
	if (type === 1) t = hasOwn ? t[k] : t[k] = Object.create(null);
	else if (type === 0 && hasOwn) return null;
	return [
		k,
		t,
		state.c
	];
}
function validateTablePeek(ctx, peek, ptr) {
	if (peek === null || ctx.uk === 2) TomlError.x(peek === null ? "trying to redefine an already defined table or value" : "document contains an unsafe property", ctx, ptr);
}
function parse$1(toml, options = {}) {
	let ctx = {
		s: toml,
		p: 0,
		d: options.maxDepth ?? 1e3,
		bi: options.integersAsBigInt ?? false,
		ld: options.useLegacyDate ?? true,
		uk: options.unsafeKeyBehaviour === "throw" ? 2 : options.unsafeKeyBehaviour === "drop" ? 1 : 0
	};
	let res = Object.create(null);
	let meta = Object.create(null);
	let tmp;
	let skipping = false;
	let tbl = res;
	let m = meta;
	if (toml.charCodeAt(0) === 65279) ctx.p++;
	skipVoid(ctx);
	while (ctx.p < toml.length) {
		if (toml.charCodeAt(ctx.p) === 91) {
			let isTableArray = toml.charCodeAt(++ctx.p) === 91;
			tmp = ctx.p += +isTableArray;
			skipping = false;
			let k = parseKey(ctx, 93);
			if (isTableArray) {
				if (toml.charCodeAt(ctx.p) !== 93) TomlError.x("expected end of table array declaration", ctx);
				ctx.p++;
			}
			let p = peekTable(ctx, k, res, meta, isTableArray ? 2 : 1);
			if (!p) {
				validateTablePeek(ctx, p, tmp);
				skipping = true;
			} else {
				m = p[2];
				tbl = p[1];
			}
		} else {
			tmp = ctx.p;
			let p = peekTable(ctx, parseKey(ctx), tbl, m, 0);
			if (!p && !skipping) validateTablePeek(ctx, p, tmp);
			skipVoid(ctx, true, true);
			let v = extractValue(ctx, void 0);
			if (p && !skipping) p[1][p[0]] = v;
		}
		skipVoid(ctx, true);
		if (ctx.p < toml.length && (tmp = toml.charCodeAt(ctx.p)) !== 10 && (tmp !== 13 || toml.charCodeAt(ctx.p + 1) !== 10)) TomlError.x("each key-value declaration must be followed by an end-of-line", ctx);
		skipVoid(ctx);
	}
	return res;
}
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
"".isWellFormed;
// ../main/node_modules/smol-toml/dist/index.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
// src/languages/python/script-metadata.ts
/**
* The expression of PEP 723 for a block of inline metadata, for `\n` and `\r\n` line ends
* (https://packaging.python.org/en/latest/specifications/inline-script-metadata/).
*/
const block = /^# \/\/\/ script[ \t]*\r?\n((?:#(?:| [^\r\n]*)\r?\n)+?)# \/\/\/[ \t]*(?=\r?\n|$(?![^]))/gm;
/** Reads the `dependencies` of a file's script metadata. `broken` says where the block is no TOML. */
function scriptMetadata(text) {
	const imports = [];
	let broken = null;
	if (!text.includes("# /// script")) return {
		imports,
		broken
	};
	for (const found of text.matchAll(block)) {
		const content = found[1] ?? "";
		const start = found.index + found[0].indexOf("\n") + 1;
		const read = dependenciesOf(content);
		if (read.kind === "broken") broken ??= {
			message: read.message,
			offset: found.index
		};
		else imports.push(...located(read.dependencies, content, start));
	}
	return {
		imports,
		broken
	};
}
function dependenciesOf(content) {
	try {
		const { dependencies = [] } = parse$1(content.replace(/^# ?/gm, ""));
		if (!Array.isArray(dependencies)) return {
			kind: "broken",
			message: "script metadata: dependencies is no list"
		};
		return {
			kind: "read",
			dependencies: dependencies.filter((value) => typeof value === "string")
		};
	} catch (error) {
		return {
			kind: "broken",
			message: `script metadata: ${error instanceof Error ? error.message.split("\n", 1)[0] ?? "" : String(error)}`
		};
	}
}
/** TOML's reader gives no positions: each dependency stands where its text first follows the one before. */
function located(dependencies, content, start) {
	let from = Math.max(content.search(/^# ?[ \t]*dependencies\b/m), 0);
	return dependencies.map((dependency) => {
		const written = /^\s*/.exec(dependency)?.[0].length ?? 0;
		const at = content.indexOf(dependency, from);
		if (at >= 0) from = at + dependency.length;
		const name = distributionName(dependency);
		const target = name === void 0 ? {
			kind: "unclear",
			expression: dependency
		} : {
			kind: "package",
			name
		};
		const offset = at >= 0 ? start + at + written : start;
		return {
			kind: "static",
			target,
			span: {
				start: offset,
				end: offset + (at >= 0 ? (name ?? dependency.trim()).length : 0)
			},
			optional: false
		};
	});
}
// src/languages/python/parse.ts
/** Loads tree-sitter and the grammar of Python. Keep the result: each call loads them anew. */
async function loadParser() {
	await Parser.init();
	const grammar = await Language.load(grammarPath());
	return { parse: (source) => parse(source, grammar) };
}
/**
* Reads the imports of a text as CPython reads the text: a lone `\r` ends a line, names compare after NFKC.
* Where the grammar rejects the text, everything that looks like an import counts as well.
*/
function parse(source, grammar) {
	const python = pythonOf(source);
	const text = readable(python.text);
	const code = withTree(text, grammar, (tree, repaired) => read({
		tree,
		repaired,
		text,
		dialect: source.dialect
	}));
	const metadata = scriptMetadata(text);
	const broken = unreadable(python.text) ?? code.broken ?? brokenMetadata(metadata.broken);
	return {
		imports: [
			...code.imports,
			...metadata.imports,
			...python.installs
		].sort((one, other) => one.span.start - other.span.start),
		broken: python.doubtful ? null : broken
	};
}
/** Line breaks as the grammar knows them, and no null bytes, where it would stop. Offsets stay the same. */
function readable(text) {
	return text.replace(/\r(?!\n)/g, "\n").replaceAll("\0", " ");
}
/** Gives a tree to `use`, of a repaired text if the text itself has none without errors; deletes all trees. */
function withTree(text, grammar, use) {
	const parser = new Parser();
	const trees = [];
	const treeOf = (variant) => {
		const tree = parser.parse(variant);
		if (tree === null) throw new Error("tree-sitter gave no tree: the parser has no language");
		trees.push(tree);
		return tree;
	};
	try {
		parser.setLanguage(grammar);
		const tree = treeOf(text);
		if (!tree.rootNode.hasError) return use(tree, false);
		for (const variant of repairsOf(text)) {
			const repaired = treeOf(variant);
			if (!repaired.rootNode.hasError) return use(repaired, true);
		}
		return use(tree, false);
	} finally {
		for (const tree of trees) tree.delete();
		parser.delete();
	}
}
/** `import` is a reserved word: in a tree without errors it starts or continues an import statement. */
function read({ tree, repaired, text, dialect }) {
	const root = tree.rootNode;
	const calls = mentionsLoader(text) || mayDisguise(text) ? loaderCalls(root, dialect) : [];
	const found = statementsOf(root);
	if (!repaired && !root.hasError) return {
		imports: [...found.flatMap(importsOf$1), ...calls],
		broken: null
	};
	const starts = new Set([...candidatesOf(text)].map(({ offset }) => offset));
	const statements = found.filter(({ node }) => starts.has(node.startIndex)).flatMap(importsOf$1);
	if (!root.hasError) return {
		imports: [...statements, ...calls],
		broken: null
	};
	const seen = new Set([...statements, ...calls].map(({ span }) => span.start));
	const missed = possibleImports(text).filter(({ span }) => !seen.has(span.start));
	return {
		imports: [
			...statements,
			...calls,
			...missed
		],
		broken: errorOf(root, missed.length > 0)
	};
}
/** All import statements without errors, with what the blocks around them say. */
function statementsOf(root) {
	const statements = [];
	const open = [{
		node: root,
		context: topLevel
	}];
	for (let next = open.pop(); next !== void 0; next = open.pop()) {
		const { node, context } = next;
		const within = contextWithin(node, context);
		for (const child of node.namedChildren) if (compound.test(child.type)) open.push({
			node: child,
			context: within(child)
		});
		else if (importStatement.test(child.type) && !child.hasError) statements.push({
			node: child,
			context
		});
	}
	return statements;
}
const importStatement = /^(?:future_)?import_(?:from_)?statement$/;
/** Nodes that hold statements; no expression holds any. */
const compound = /^(?:module|block|ERROR|decorated_definition|(?:if|for|while|try|with|match)_statement|(?:elif|else|except|finally|case)_clause|(?:function|class)_definition)$/;
function errorOf(root, approximate) {
	let error = root;
	while (!error.isError && !error.isMissing) {
		const inner = error.children.find((child) => child.hasError || child.isMissing);
		if (inner === void 0) break;
		error = inner;
	}
	return {
		message: error.isMissing ? `invalid syntax: “${error.type}” is missing` : "invalid syntax",
		offset: error.startIndex,
		approximate
	};
}
/** What CPython refuses before it looks at the syntax, or this tool can't see through. */
function unreadable(text) {
	const encoding = foreignEncoding(text);
	if (encoding !== void 0) return {
		message: `the encoding ${encoding} is not read here: save the file as UTF-8`,
		offset: 0,
		approximate: true
	};
	const offset = text.indexOf("\0");
	return offset < 0 ? null : {
		message: "source code cannot contain null bytes",
		offset,
		approximate: true
	};
}
function brokenMetadata(broken) {
	return broken === null ? null : {
		...broken,
		approximate: false
	};
}
export { loadParser };
