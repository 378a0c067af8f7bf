import { readAttribute } from './attributes.ts';
import { DEEPEST, type FileNames, type PlaceForm, type Scope } from './scopes.ts';
import { isName, writtenLength, type Tokens } from './tokens.ts';
import { readUse } from './use-trees.ts';
import { EXPRESSION_MACROS, KEYWORDS, mayBeCrate, OWN_PATHS } from './words.ts';

/** Words whose next one is the name of an item that paths may begin with. */
const TYPE_ITEMS: ReadonlySet<string> = new Set(['struct', 'enum', 'trait', 'union']);
const VALUE_ITEMS: ReadonlySet<string> = new Set(['fn', 'const', 'static']);
const OPENING: ReadonlySet<string> = new Set(['{', '(', '[']);
const CLOSING: ReadonlySet<string> = new Set(['}', ')', ']']);

/** What a walk leaves out. */
export interface WalkOptions {
  readonly scope: Scope;
  /** All of the tokens stand in what a macro takes. */
  readonly isInMacro: boolean;
  /** Are the bodies of macros beside items read as if they were items? */
  readonly readsItemMacros: boolean;
}

/**
 * Walks over tokens, and adds the crates that they name, and the names that they bind.
 *
 * @returns Whether brackets are balanced, and no deeper than scopes are told apart.
 */
export function walk(tokens: Tokens, names: FileNames, options: WalkOptions): boolean {
  const walker = new Walker(tokens, names, options);
  return walker.run();
}

class Walker {
  readonly #tokens: Tokens;
  readonly #words: readonly string[];
  readonly #names: FileNames;
  readonly #readsItemMacros: boolean;
  #scope: Scope;
  readonly #outer: Scope[] = [];
  /** Tokens before this one stand in what a macro takes. */
  #macroEnd: number;
  /** The next bracket opens a module. */
  #opensModule = false;

  constructor(tokens: Tokens, names: FileNames, { scope, isInMacro, readsItemMacros }: WalkOptions) {
    this.#tokens = tokens;
    this.#words = tokens.words;
    this.#names = names;
    this.#scope = scope;
    this.#readsItemMacros = readsItemMacros;
    this.#macroEnd = isInMacro ? Infinity : 0;
  }

  run(): boolean {
    let isBalanced = true;
    for (let at = 0; at < this.#words.length;) {
      const word = this.#words[at] ?? '';
      if (OPENING.has(word)) this.#open();
      isBalanced &&= this.#outer.length < DEEPEST;
      if (CLOSING.has(word)) isBalanced = this.#close() && isBalanced;
      at = this.#read(word, at);
    }
    return isBalanced && this.#outer.length === 0;
  }

  #open(): void {
    this.#outer.push(this.#scope);
    this.#scope = this.#scope.inner(this.#opensModule ? 'module' : 'block');
    this.#opensModule = false;
  }

  #close(): boolean {
    const outer = this.#outer.pop();
    if (outer === undefined) return false;
    this.#scope = outer;
    return true;
  }

  /** @returns Where reading goes on. */
  #read(word: string, at: number): number {
    const next = this.#words[at + 1] ?? '';
    switch (word) {
      case '::':
        return this.#rooted(at);
      case '#':
        return this.#attribute(at);
      case '$':
        return isName(next) ? at + 2 : at + 1;
      case 'use':
        return next === '<'
          ? at + 1
          : readUse(this.#tokens, at + 1, {
              names: this.#names,
              scope: this.#scope,
              isInMacro: at < this.#macroEnd,
            });
      case 'pub':
        return next === '(' ? this.#skip(at + 1) : at + 1;
      case 'extern':
        return next === 'crate' ? this.#externCrate(at + 2) : at + 1;
      case 'mod':
        return this.#module(at + 1);
    }
    if (!isName(word)) return at + 1;
    if (next === '!') return this.#macro(at);
    if (next === '::') return this.#path(at);
    return this.#item(word, at);
  }

  #item(word: string, at: number): number {
    const name = this.#words[at + 1] ?? '';
    if (!isName(name) || KEYWORDS.has(name)) return at + 1;
    if (TYPE_ITEMS.has(word)) this.#scope.bindItem(name);
    else if (VALUE_ITEMS.has(word) && this.#isDeclared(at)) this.#names.values.add(name);
    return at + 1;
  }

  /** `*const a::B` declares nothing. */
  #isDeclared(at: number): boolean {
    return this.#words[at - 1] !== '*' && this.#words[at + 2] !== '::';
  }

  #module(at: number): number {
    const [name = '', sign] = this.#words.slice(at, at + 2);
    if (sign !== ';' && sign !== '{') return at;
    this.#scope.bindItem(name);
    this.#opensModule = sign === '{';
    return at + 1;
  }

  #externCrate(at: number): number {
    const [name = '', as, alias = ''] = this.#words.slice(at, at + 3);
    if (!isName(name)) return at;
    if (name === 'self') this.#scope.bindItem(as === 'as' ? alias : name);
    else {
      this.#add(at, 'extern', null);
      if (as === 'as' && alias !== '_') this.#scope.bindUse(alias, name);
    }
    return at + 1;
  }

  /** `::a::b`, where nothing stands before it that it could belong to. */
  #rooted(at: number): number {
    const name = this.#words[at + 1] ?? '';
    if (!isName(name)) return at + 1;
    if (this.#continues(at)) return this.#endOfPath(at + 1);
    if (this.#words[at + 2] !== '::') return at + 1;
    if (!OWN_PATHS.has(name)) this.#add(at + 1, 'rooted', this.#words[at + 3] ?? null);
    return this.#endOfPath(at + 1);
  }

  /** Does `::` continue what stands before it? Behind `>` it does, unless that is an arrow or compares. */
  #continues(at: number): boolean {
    const previousWord = this.#words[at - 1] ?? '';
    if (previousWord !== '>') return isName(previousWord) && !KEYWORDS.has(previousWord);
    const { text, starts } = this.#tokens;
    const start = starts[at - 1] ?? 0;
    return start + 1 === starts[at] && text[start - 1] !== '-' && text[start - 1] !== '=';
  }

  #path(at: number): number {
    const name = this.#words[at] ?? '';
    const member = this.#words[at + 2] ?? '';
    // A crate takes no parameters, as `parse::<T>()` does.
    if (member !== '<' && mayBeCrate(name)) this.#add(at, 'path', member);
    return this.#endOfPath(at);
  }

  /** @returns Where the name behind the last `::` stands, for it may be that of a macro; behind parameters a path goes on. */
  #endOfPath(at: number): number {
    let end = at;
    while (this.#words[end + 1] === '::' && isName(this.#words[end + 2] ?? '')) end += 2;
    if (this.#words[end + 1] === '::') return end + 2;
    return this.#words[end + 1] === '!' ? this.#macro(end) : end + 1;
  }

  /** What a macro takes is whatever it makes of it; those of the standard library take expressions. */
  #macro(at: number): number {
    const name = this.#words[at] ?? '';
    if (KEYWORDS.has(name)) return at + 1;
    const isDefinition = name === 'macro_rules' && isName(this.#words[at + 2] ?? '');
    if (isDefinition) this.#names.values.add(this.#words[at + 2] ?? '');
    const body = isDefinition ? at + 3 : at + 2;
    if (!OPENING.has(this.#words[body] ?? '') || (EXPRESSION_MACROS.has(name) && !isDefinition)) return body;
    // What stands in another macro was looked at with that one.
    if (at < this.#macroEnd) return body;
    const isBesideItems = !isDefinition && this.#scope.isModule;
    if (isBesideItems && this.#readsItemMacros && mayBeginItem(this.#words[body + 1] ?? '')) return body;
    this.#macroEnd = this.#skip(body);
    if (isDefinition) return body;
    const words = this.#words.slice(body, this.#macroEnd);
    if (isBesideItems) bindItems(words, this.#scope);
    addMentions(words, this.#names);
    return body;
  }

  #attribute(at: number): number {
    const start = this.#words[at + 1] === '!' ? at + 2 : at + 1;
    if (this.#words[start] !== '[') return at + 1;
    const end = this.#skip(start);
    for (const each of readAttribute(this.#words, start + 1, end - 1))
      this.#add(each, 'attribute', this.#words[each + 2] ?? null);
    return end;
  }

  /** @returns What stands behind a bracket and its other half. */
  #skip(at: number): number {
    let depth = 0;
    for (let end = at; end < this.#words.length; end += 1) {
      const word = this.#words[end] ?? '';
      if (OPENING.has(word)) depth += 1;
      else if (CLOSING.has(word)) depth -= 1;
      if (depth === 0) return end + 1;
    }
    return this.#words.length;
  }

  #add(at: number, form: PlaceForm, member: string | null): void {
    const name = this.#words[at] ?? '';
    const start = this.#tokens.starts[at] ?? 0;
    const span = { start, end: start + writtenLength(this.#tokens.text, start, name) };
    this.#names.places.push({
      name,
      span,
      form,
      scope: this.#scope,
      isInMacro: at < this.#macroEnd,
      member,
    });
  }
}

/** Binds the modules that a macro may make of its body, whatever it does with the rest. */
export function bindItems(words: readonly string[], scope: Scope): void {
  for (const [at, word] of words.entries()) {
    const name = words[at + 1] ?? '';
    if (word === 'mod' && isName(name)) scope.bindItem(name);
  }
}

/** Adds the names that a macro takes, but for those that paths begin with. */
export function addMentions(words: readonly string[], names: FileNames): void {
  for (const [at, word] of words.entries())
    if (isName(word) && words[at + 1] !== '::') names.mentions.add(word);
}

/** @returns Whether a word may be the first one of an item, or of its attributes; a macro beside items may be any. */
function mayBeginItem(word: string): boolean {
  return word === '#' || word === '}' || KEYWORDS.has(word) || word === 'union' || word === 'macro_rules';
}
