import { fileEnding, fileName } from './file-names.ts';

/**
 * Tells by its name which files are left out when lists are looked for whose names say nothing: what is no text, what tools
 * write, programs, and what people write for people. A manifest that takes lines from such a file is told of.
 *
 * @param path Relative to the repository's root, with `/`.
 */
export function mayHoldAnything(path: string): boolean {
  return mayHoldText(path) && !DATA.has(fileEnding(path));
}

/**
 * Leaves out less where a command names a list: what ends like data may be one that says so (`requirements.lock`).
 *
 * @param path Relative to the repository's root, with `/`.
 * @returns Whether it may be one, as whatever {@link mayHoldAnything} may.
 */
export function mayBeNamedAsList(path: string): boolean {
  if (!mayHoldText(path)) return false;
  return !DATA.has(fileEnding(path)) || /req|dep|pip|pack|constraint/i.test(fileName(path));
}

function mayHoldText(path: string): boolean {
  const ending = fileEnding(path);
  return !BINARY.has(ending) && !PROGRAM.has(ending) && !PROSE.test(path);
}

/** After https://github.com/sindresorhus/binary-extensions (2026-11). */
const BINARY = new Set(
  'png jpeg jpg gif webp avif ico icns bmp tiff tif svg psd pdf woff2 woff ttf otf eot mp3 mp4 m4a m4v wav ogg flac webm mov avi zip gz tgz bz2 xz zst 7z rar tar jar war whl egg so dll dylib exe bin wasm pyc class o a pkl pickle npy npz parquet h5 onnx pt sqlite3 sqlite db mo docx doc xlsx xls pptx ppt'.split(
    ' ',
  ),
);

/** Lockfiles, and what else programs write or read. */
const DATA = new Set('lock map snap geojson csv tsv po pot css scss less'.split(' '));

/** Programs of other languages, after https://github.com/github-linguist/linguist/blob/main/lib/linguist/languages.yml (2026-11). */
const PROGRAM = new Set(
  'sh bash zsh fish ps1 bat cmd rb go rs java kts kt scala groovy c h cc cpp cxx hh hpp hxx m mm cs fs vb php swift dart lua pl pm r jl hs erl exs ex eex clj cljs elm ml mli nim zig sql proto graphql gql tf hcl sol vhdl vhd sv asm s cu cuh f90 pas coffee erb haml pug hbs twig j2 jinja2 jinja xml xsd xsl'.split(
    ' ',
  ),
);

/** After https://github.com/github-linguist/linguist/blob/main/lib/linguist/documentation.yml (2026-11). */
const PROSE =
  /(?:^|\/)(?:readme|changes|changelog|contributing|copying|install|licen[cs]e|notice|security|code_of_conduct)(?:\.(?:md|rst|adoc))?$|(?:^|\/)docs?\/(?:[^/]+\/)*[^/]+\.(?:md|rst|adoc)$/i;
